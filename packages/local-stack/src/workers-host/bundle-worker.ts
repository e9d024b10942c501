import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import * as z from 'zod';

/**
 * One Worker as one ES module, resolved as wrangler does. A bundle is kept in `cacheDirectory` beside the digests of
 * the files it was made of, and made again when one of them, the installed dependencies or this file differ.
 */
export interface BundleOptions {
  readonly entry: string;
  readonly cacheDirectory: string;
}

const CachedBundle = z.object({ inputs: z.record(z.string(), z.string()), code: z.string() });

export async function bundleWorker({ entry, cacheDirectory }: BundleOptions): Promise<string> {
  const lockfile = findUpwards(path.dirname(entry), 'pnpm-lock.yaml');
  const recipe = [entry, readFileSync(import.meta.filename), lockfile === undefined ? '' : readFileSync(lockfile)];
  const cacheFile = path.join(cacheDirectory, `${digest(recipe.map(digest).join()).slice(0, 32)}.json`);
  const cached = readCache(cacheFile);
  if (cached !== undefined) return cached;

  const result = await build({
    entryPoints: [entry],
    absWorkingDir: path.dirname(entry),
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    keepNames: true,
    logLevel: 'silent', // Failures are thrown with their text.
  });
  const [output] = result.outputFiles;
  if (output === undefined) throw new Error(`esbuild made nothing of ${entry}`);
  const files = Object.keys(result.metafile.inputs).map(file => path.resolve(path.dirname(entry), file));
  const inputs = Object.fromEntries(files.map(file => [file, digest(readFileSync(file))]));
  mkdirSync(cacheDirectory, { recursive: true });
  writeFileSync(`${cacheFile}.${process.pid}`, JSON.stringify({ inputs, code: output.text }));
  renameSync(`${cacheFile}.${process.pid}`, cacheFile);
  return output.text;
}

function readCache(cacheFile: string): string | undefined {
  if (!existsSync(cacheFile)) return undefined;
  const cached = CachedBundle.safeParse(JSON.parse(readFileSync(cacheFile, 'utf8')));
  if (!cached.success) return undefined;
  const unchanged = Object.entries(cached.data.inputs).every(
    ([file, expected]) => existsSync(file) && digest(readFileSync(file)) === expected,
  );
  return unchanged ? cached.data.code : undefined;
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
