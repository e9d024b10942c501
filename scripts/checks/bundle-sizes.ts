import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { wranglerBuild } from '@innkeeper/local-stack/workers-host/bundle-worker';
import { readWorkerConfig } from '@innkeeper/local-stack/workers-host/read-worker-config';
import { build, type Metafile } from 'esbuild';

/**
 * A Worker is fetched and parsed at its first request in each place: its size, minified and compressed, is part of the
 * first answer's time, and one careless import can double it.
 */
const GZIP_BYTES_MAX = {
  'aircall-webhook': 75_000,
  'backup-vault': 25_000,
  'guesty-webhook': 75_000,
  // 45 kB above what was planned: reading five languages without a model takes 59 kB, 28 of them words.
  'llm-query': 160_000,
  'log-forwarder': 25_000,
} as const;

export interface WorkerSize {
  readonly worker: string;
  /** Minified and compressed. */
  readonly bytes: number;
  readonly bytesMax: number;
  /** Packages by their share of the minified code, largest first; our own code is `innkeeper`. */
  readonly shares: readonly { readonly name: string; readonly share: number }[];
  /** Own modules that import all of `zod`, not `zod/mini`: 12 to 19 kB more. */
  readonly zodImporters: readonly string[];
}

export function measureWorkers(root: string): Promise<WorkerSize[]> {
  return Promise.all(
    Object.entries(GZIP_BYTES_MAX).map(async ([worker, bytesMax]) => ({
      worker,
      ...(await bundle(join(root, 'workers', worker))),
      bytesMax,
    })),
  );
}

export async function findHeavyWorkers(root: string): Promise<string[]> {
  return (await measureWorkers(root)).flatMap(({ worker, bytes, bytesMax, zodImporters }) => [
    ...(bytes > bytesMax
      ? [`workers/${worker} is ${kilobytes(bytes)} minified and compressed, of ${kilobytes(bytesMax)}`]
      : []),
    ...zodImporters.map(file => `workers/${worker} bundles ${relative(root, file)}, which must import zod/mini`),
  ]);
}

/** Bundled as for deployment, by the Worker's own `wrangler.jsonc`. */
async function bundle(directory: string): Promise<Omit<WorkerSize, 'worker' | 'bytesMax'>> {
  const config = readWorkerConfig(directory);
  const { outputFiles, metafile } = await build({
    ...wranglerBuild(config),
    entryPoints: [config.entry],
    minify: config.minify,
    write: false,
    metafile: true,
    logLevel: 'silent', // Failures are thrown with their text.
  });
  const compressed = await Promise.all(outputFiles.map(({ contents }) => promisify(gzip)(contents)));
  return {
    bytes: compressed.reduce((sum, { length }) => sum + length, 0),
    shares: sharesOf(metafile),
    zodImporters: zodImportersOf(metafile),
  };
}

const zodImportersOf = ({ inputs }: Metafile): string[] =>
  Object.entries(inputs)
    .filter(([, { imports }]) => imports.some(({ original }) => original === 'zod'))
    .map(([file]) => resolve(file));

function sharesOf(metafile: Metafile): WorkerSize['shares'] {
  const byPackage = new Map<string, number>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(file)?.[1] ?? 'innkeeper';
      byPackage.set(name, (byPackage.get(name) ?? 0) + bytesInOutput);
    }
  }
  const total = [...byPackage.values()].reduce((sum, bytes) => sum + bytes, 0);
  return [...byPackage]
    .map(([name, bytes]) => ({ name, share: bytes / total }))
    .sort((left, right) => right.share - left.share);
}

export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
