import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { git, isBinary, readHeads, readHistory, tryGit } from '../secrets-scan/git-history.ts';
import { type Finding, scanText } from '../secrets-scan/scan-text.ts';

/**
 * Plain secrets in any commit of any branch, in commit messages, and in files that are not committed yet; and what is
 * allowed though it is nowhere. Offline. What was found clean is remembered, so that the next run reads new commits
 * alone; any change of the rules forgets it.
 */
export interface ScanOptions {
  /** Fingerprints of invented values, with the reason why each may stay. */
  readonly allowed?: Readonly<Record<string, string>>;
  /** Where clean commits are remembered. */
  readonly memory?: string;
}

const OWN_FOLDER = join(import.meta.dirname, '../secrets-scan');
const Allowed = z.record(z.string().regex(/^[0-9a-f]{20}$/u), z.string().min(10));
const Memory = z.object({
  rules: z.string(),
  clean: z.array(z.string()),
  /** Fingerprints that were allowed somewhere in what is clean. */
  met: z.array(z.string()),
});
type Memory = z.infer<typeof Memory>;

/** A line for each finding, without the value, and for each fingerprint that is allowed for nothing. */
export async function findSecretsInHistory(root: string, options: ScanOptions = {}): Promise<string[]> {
  if ((await tryGit(root, 'rev-parse', '--is-shallow-repository'))?.trim() !== 'false') {
    return ['The history is not here, so nobody can look at it: fetch all of it (actions/checkout: fetch-depth: 0).'];
  }
  const allowed = options.allowed ?? readAllowed();
  const memory = options.memory ?? join(root, 'node_modules/.cache/innkeeper/secrets-scan.json');
  const rules = digestOfRules(allowed);
  const known = await recall(root, memory, rules);
  const heads = await readHeads(root);

  const inHistory = new Map<string, string>();
  const met = new Set(known.met);
  for await (const { id, path, text } of readHistory(root, known.clean)) {
    for (const found of await scanText(path, text)) {
      if (found.fingerprint in allowed) {
        met.add(found.fingerprint);
        continue;
      }
      // Versions of one file repeat it; the last that is read is the oldest.
      inHistory.set(`${path} ${found.fingerprint}`, await describe(root, path, found, id));
    }
  }
  if (inHistory.size === 0) remember(memory, { rules, clean: [...heads], met: [...met] });
  const inFiles = await findInFiles(root, allowed);
  const needless = Object.keys(allowed).filter(each => !met.has(each) && !inFiles.met.has(each));
  return [...inHistory.values(), ...inFiles.problems, ...needless.map(describeNeedless)];
}

const describeNeedless = (fingerprint: string): string =>
  `scripts/secrets-scan/allowed.json allows ${fingerprint}, and nothing here has it. Next: take the line out.`;

/** Files that differ from the last commit, or are not in it. */
async function findInFiles(
  root: string,
  allowed: Readonly<Record<string, string>>,
): Promise<{ readonly problems: readonly string[]; readonly met: ReadonlySet<string> }> {
  const changed = (await tryGit(root, 'diff', '--name-only', '--diff-filter=d', '-z', 'HEAD')) ?? '';
  const fresh = await git(root, 'ls-files', '-z', '--others', '--exclude-standard');
  const problems: string[] = [];
  const met = new Set<string>();
  for (const path of (changed + fresh).split('\0').filter(name => name !== '')) {
    const bytes = readIfFile(join(root, path));
    if (bytes === undefined || isBinary(bytes)) continue;
    for (const found of await scanText(path, bytes.toString('utf8'))) {
      if (found.fingerprint in allowed) met.add(found.fingerprint);
      else problems.push(await describe(root, path, found));
    }
  }
  return { problems, met };
}

/** A link to a folder, or a file that went away while this ran, holds no text of its own. */
function readIfFile(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

async function describe(
  root: string,
  path: string,
  { rule, line, fingerprint }: Finding,
  id?: string,
): Promise<string> {
  const commit =
    id === undefined ? undefined : await tryGit(root, 'log', '--all', '--format=%h', `--find-object=${id}`);
  const commits = commit?.split('\n').filter(each => each !== '');
  const where = commits === undefined || commits.length === 0 ? '' : `, commit ${commits.at(-1)}`;
  return (
    `${path}:${line}${where}: ${rule}. Next: replace it at its vendor (whoever has the repository has it); ` +
    `an invented value goes to scripts/secrets-scan/allowed.json as ${fingerprint}, with a reason.`
  );
}

function readAllowed(): Readonly<Record<string, string>> {
  return Allowed.parse(JSON.parse(readFileSync(join(OWN_FOLDER, 'allowed.json'), 'utf8')));
}

function digestOfRules(allowed: Readonly<Record<string, string>>): string {
  const digest = createHash('sha256').update(JSON.stringify(allowed));
  for (const file of globSync('*.ts', { cwd: OWN_FOLDER }).toSorted())
    digest.update(readFileSync(join(OWN_FOLDER, file)));
  digest.update(readFileSync(join(OWN_FOLDER, '../../pnpm-workspace.yaml'))); // the version of the general rules
  return digest.digest('hex');
}

async function recall(root: string, memory: string, rules: string): Promise<Pick<Memory, 'clean' | 'met'>> {
  const text = readIfFile(memory)?.toString('utf8');
  const kept = text === undefined ? undefined : Memory.safeParse(parseJson(text)).data;
  if (kept?.rules !== rules) return { clean: [], met: [] };
  const here = await Promise.all(kept.clean.map(each => tryGit(root, 'cat-file', '-e', each)));
  // What went with a commit that is no more was perhaps allowed for it alone.
  return here.includes(undefined) ? { clean: [], met: [] } : kept;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Half a memory is none: everything is read again.
  }
}

function remember(memory: string, kept: Memory): void {
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, JSON.stringify(kept));
}
