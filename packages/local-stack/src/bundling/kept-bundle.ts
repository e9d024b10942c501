import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

/**
 * A bundle as a file that outlives the process that made it. Its last line names the digests of the sources it was made
 * of, so code and digests can never belong to two different bundles.
 */
export interface KeptBundle {
  readonly file: string;
  readonly code: string;
  readonly inputs: Inputs;
}

/** Absolute path of a source to its digest. Installed packages are not in it: the lockfile answers for them. */
export type Inputs = Readonly<Record<string, string>>;

export interface KeptBundleOptions {
  readonly entry: string;
  readonly cacheDirectory: string;
  /** The files that say how such bundles are made; other versions of them make other bundles. */
  readonly recipe: readonly string[];
  /** Makes it anew; `sources` are absolute paths of what went in. */
  readonly make: () => Promise<{ readonly code: string; readonly sources: readonly string[] }>;
}

/** Made again when a source, the installed dependencies or the recipe differ. Rejects as `make` does. */
export async function keptBundle(options: KeptBundleOptions): Promise<KeptBundle> {
  const { entry, cacheDirectory } = options;
  const lockfile = findUpwards(path.dirname(entry), 'pnpm-lock.yaml');
  const recipe = lockfile === undefined ? options.recipe : [...options.recipe, lockfile];
  const key = digest([entry, ...recipe.map(source => readFileSync(source))].map(digest).join());
  const file = path.join(cacheDirectory, `${key.slice(0, 32)}.mjs`);
  const kept = read(file);
  if (kept !== undefined) return kept;

  const { code, sources } = await options.make();
  const own = sources.filter(source => !source.split(path.sep).includes('node_modules'));
  const inputs = Object.fromEntries(own.map(source => [source, digest(readFileSync(source))]));
  mkdirSync(cacheDirectory, { recursive: true });
  writeFileSync(`${file}.${process.pid}`, `${code}${INPUTS_MARK}${JSON.stringify(inputs)}\n`);
  renameSync(`${file}.${process.pid}`, file);
  return { file, code, inputs };
}

const INPUTS_MARK = '\n//# inputs=';
const InputsLine = z.record(z.string(), z.string());

function read(file: string): KeptBundle | undefined {
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const end = text.lastIndexOf(INPUTS_MARK);
  if (end === -1) return undefined;
  const inputs = InputsLine.parse(JSON.parse(text.slice(end + INPUTS_MARK.length)));
  const unchanged = Object.entries(inputs).every(
    ([source, expected]) => existsSync(source) && digest(readFileSync(source)) === expected,
  );
  return unchanged ? { file, code: text.slice(0, end), inputs } : undefined;
}

function findUpwards(directory: string, name: string): string | undefined {
  const file = path.join(directory, name);
  if (existsSync(file)) return file;
  const parent = path.dirname(directory);
  return parent === directory ? undefined : findUpwards(parent, name);
}

function digest(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
