import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { Finding, FindingKey, Findings } from '../issues/finding.ts';
import type { Jobs } from '../issues/sync-jobs.ts';

/** What the command line asks for, checked before anything is sent. Reads the files it names. */
export const HELP = `Usage: ./dev github-reports issue open --key <key> --title <text> --body-file <file>
       ./dev github-reports issue close --key <key>
       ./dev github-reports issues sync --scope <scope> --from <file>
       ./dev github-reports issues sync-jobs --scope <scope> --from-folder <folder> --expected <json> [--in-turn]
       ./dev github-reports comment --pr <number> --marker <word> --body-file <file>

Says on GitHub what a workflow found: one open issue per key, one comment per marker. GITHUB_TOKEN and GITHUB_REPOSITORY
come from the environment; GITHUB_API_URL names another server.
  --key <key>        which issue, such as drift/prod
  --scope <scope>    only issues whose key begins with it are opened, updated and closed
  --from <file>      JSON: [{ "key": …, "title": …, "body": … }]; keys within the scope
  --from-folder <folder>  such a file for each job, <job>.json
  --expected <json>  names of the jobs that were to run, ["dev","prod"]; one without a file opens an issue
  --in-turn          each job began only after the one before it went well
  --body-file <file> Markdown; credentials are taken out, and what GitHub does not take is left out and said
  --marker <word>    which comment of the pull request is replaced`;

export const OPTIONS = {
  key: { type: 'string' },
  title: { type: 'string' },
  'body-file': { type: 'string' },
  scope: { type: 'string' },
  from: { type: 'string' },
  'from-folder': { type: 'string' },
  expected: { type: 'string' },
  'in-turn': { type: 'boolean' },
  pr: { type: 'string' },
  marker: { type: 'string' },
} as const;
type Values = {
  readonly [name in keyof typeof OPTIONS]?:
    | ((typeof OPTIONS)[name]['type'] extends 'boolean' ? boolean : string)
    | undefined;
};

export type Order =
  | { readonly kind: 'open'; readonly finding: Finding }
  | { readonly kind: 'close'; readonly key: string }
  | { readonly kind: 'sync'; readonly scope: string; readonly findings: readonly Finding[] }
  | { readonly kind: 'sync_jobs'; readonly jobs: Jobs }
  | { readonly kind: 'comment'; readonly pullRequest: number; readonly marker: string; readonly text: string };

const PullRequest = z.string({ error: 'is missing' }).regex(/^[1-9]\d{0,9}$/u, 'must be the number of a pull request');
const Marker = z.string({ error: 'is missing' }).regex(/^[a-z0-9-]{1,60}$/u, 'must be a word of a-z, 0-9 and hyphens');
const Path = z.string({ error: 'is missing' });
const Names = z.array(z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/u), { error: 'must be a JSON list of names' });

export async function readOrder(words: readonly string[], values: Values): Promise<Result<Order, string>> {
  switch (words.join(' ')) {
    case 'issue open':
      return readOpen(values);
    case 'issue close':
      return mapped(check('--key', FindingKey, values.key), key => ({ kind: 'close', key }));
    case 'issues sync':
      return readSync(values);
    case 'issues sync-jobs':
      return readSyncJobs(values);
    case 'comment':
      return readComment(values);
    default:
      return err(`"${words.join(' ')}" is no command.\n\n${HELP}`);
  }
}

async function readOpen(values: Values): Promise<Result<Order, string>> {
  const body = await readText('--body-file', values['body-file']);
  if (!body.ok) return body;
  return mapped(check('The finding', Finding, { key: values.key, title: values.title, body: body.value }), finding => ({
    kind: 'open',
    finding,
  }));
}

async function readSync(values: Values): Promise<Result<Order, string>> {
  const scope = check('--scope', FindingKey, values.scope);
  if (!scope.ok) return scope;
  const findings = await readFindings('--from', values.from);
  return mapped(findings, found => ({ kind: 'sync', scope: scope.value, findings: found }));
}

async function readSyncJobs(values: Values): Promise<Result<Order, string>> {
  const scope = check('--scope', FindingKey, values.scope);
  if (!scope.ok) return scope;
  const folder = check('--from-folder', Path, values['from-folder']);
  if (!folder.ok) return folder;
  const expected = check('--expected', Names, parseJson(values.expected ?? ''));
  if (!expected.ok) return expected;
  const findings = new Map<string, readonly Finding[]>();
  for (const name of expected.value) {
    const file = join(folder.value, `${name}.json`);
    if (!existsSync(file)) continue;
    const found = await readFindings('--from-folder', file);
    if (!found.ok) return found;
    findings.set(name, found.value);
  }
  const inTurn = values['in-turn'] ?? false;
  return ok({ kind: 'sync_jobs', jobs: { scope: scope.value, expected: expected.value, findings, inTurn } });
}

async function readFindings(option: string, path: string | undefined): Promise<Result<readonly Finding[], string>> {
  const text = await readText(option, path);
  if (!text.ok) return text;
  return check(`${option} ${path}`, Findings, parseJson(text.value));
}

/** `undefined`: not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Refused by the schema that comes next.
  }
}

async function readComment(values: Values): Promise<Result<Order, string>> {
  const pullRequest = check('--pr', PullRequest, values.pr);
  if (!pullRequest.ok) return pullRequest;
  const marker = check('--marker', Marker, values.marker);
  if (!marker.ok) return marker;
  const text = await readText('--body-file', values['body-file']);
  if (!text.ok) return text;
  return ok({ kind: 'comment', pullRequest: Number(pullRequest.value), marker: marker.value, text: text.value });
}

async function readText(option: string, value: string | undefined): Promise<Result<string, string>> {
  const path = check(option, Path, value);
  if (!path.ok) return path;
  try {
    return ok(await readFile(path.value, 'utf8'));
  } catch (error) {
    return err(`${option} ${path.value} cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`);
  }
}

function check<T>(what: string, schema: z.ZodType<T>, value: unknown): Result<T, string> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const problems = parsed.error.issues.map(issue => `${[what, ...issue.path].join(' ')}: ${issue.message}`);
  return err(`${problems.join('\n')}\n--help says how it is called.`);
}

const mapped = <T>(result: Result<T, string>, order: (value: T) => Order): Result<Order, string> =>
  result.ok ? ok(order(result.value)) : result;
