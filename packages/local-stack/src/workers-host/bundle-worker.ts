import path from 'node:path';
import type { BuildOptions } from 'esbuild';
import { compile } from '../bundling/compile.ts';
import { keptBundle } from '../bundling/kept-bundle.ts';
import type { WorkerConfig } from './read-worker-config.ts';

/** One Worker as one ES module, built as wrangler does, readable, and kept in `cacheDirectory`. */
export interface BundleOptions {
  readonly config: Pick<WorkerConfig, 'directory' | 'entry' | 'keepNames'>;
  readonly cacheDirectory: string;
}

export async function bundleWorker({ config, cacheDirectory }: BundleOptions): Promise<string> {
  const { code } = await keptBundle({
    entry: config.entry,
    cacheDirectory,
    recipe: [import.meta.filename, path.join(config.directory, 'wrangler.jsonc')],
    make: () => compile(config.entry, wranglerBuild(config)),
  });
  return code;
}

/** What wrangler tells esbuild of a Worker, whatever becomes of the result. */
export const wranglerBuild = ({ keepNames }: Pick<WorkerConfig, 'keepNames'>) =>
  ({
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    keepNames,
  }) satisfies BuildOptions;
