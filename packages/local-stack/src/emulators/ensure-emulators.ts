import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { promisify } from 'node:util';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import {
  EMULATOR_PINS,
  type EmulatorJars,
  type EmulatorName,
  type EmulatorPin,
  SDK_CHANNEL_URL,
  SDK_MANIFEST_URL,
} from './emulator-jars.ts';
import { type EmulatorsMissing, type FindEmulatorsOptions, findEmulators } from './find-emulators.ts';

/**
 * The emulators of this machine's SDK, or, where there is none, Google's own archives downloaded once into `directory`
 * and kept only if their SHA-256 is the pinned one. Network and disk; needs `tar`.
 */
export interface EnsureEmulatorsOptions extends FindEmulatorsOptions {
  /** Keeps downloads for the next time. */
  readonly directory: string;
  readonly fetch: typeof fetch;
  /** Told before each download, so that a person knows what takes so long. */
  readonly announce: (sentence: string) => void;
  readonly pins?: Readonly<Record<EmulatorName, EmulatorPin>>;
}

export interface DownloadFailed {
  readonly kind: 'download_failed';
  /** What failed and what to do instead, for a person. */
  readonly detail: string;
}

const DOWNLOAD_TIMEOUT_MS = 600_000; // 70 MB over a slow line

const Manifest = z.object({
  components: z.array(z.object({ id: z.string(), data: z.object({ source: z.string() }).optional() })),
});

export async function ensureEmulators(
  options: EnsureEmulatorsOptions,
): Promise<Result<EmulatorJars, EmulatorsMissing | DownloadFailed>> {
  const search = { ...options, extraRoots: [...(options.extraRoots ?? []), options.directory] };
  const found = findEmulators(search);
  if (found.ok) return found;
  const pins = options.pins ?? EMULATOR_PINS;
  for (const name of found.error.missing) {
    const failure = await downloadEmulator(pins[name], options);
    if (failure !== undefined) {
      return err({
        kind: 'download_failed',
        detail: `The ${name} emulator could not be downloaded: ${failure}. ${found.error.detail}`,
      });
    }
  }
  return findEmulators(search);
}

/** Answers what went wrong, in words. */
async function downloadEmulator(pin: EmulatorPin, options: EnsureEmulatorsOptions): Promise<string | undefined> {
  await mkdir(options.directory, { recursive: true });
  const workspace = await mkdtemp(join(options.directory, 'download-'));
  try {
    const source = await findArchive(pin, options.fetch);
    if (!source.ok) return source.error;
    options.announce(`Downloading ${pin.component} from ${source.value}`);
    const archive = join(workspace, 'archive.tar.gz');
    await download(source.value, archive, options.fetch);
    await promisify(execFile)('tar', ['-xzf', archive, '-C', workspace, pin.jarPath]);
    const jar = join(workspace, pin.jarPath);
    const digest = await sha256Of(jar);
    if (digest !== pin.jarSha256) return `its SHA-256 is ${digest} instead of ${pin.jarSha256}`;
    const destination = join(options.directory, pin.jarPath);
    await mkdir(dirname(destination), { recursive: true });
    await rename(jar, destination);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}

async function findArchive(pin: EmulatorPin, fetcher: typeof fetch): Promise<Result<string, string>> {
  const response = await fetcher(SDK_MANIFEST_URL, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
  if (!response.ok) return err(`${SDK_MANIFEST_URL} answered ${response.status}`);
  const manifest = Manifest.safeParse(await response.json());
  const source = manifest.data?.components.find(({ id }) => id === pin.component)?.data?.source;
  return source === undefined ? err(`${SDK_MANIFEST_URL} names no archive of it`) : ok(`${SDK_CHANNEL_URL}/${source}`);
}

async function download(url: string, file: string, fetcher: typeof fetch): Promise<void> {
  const response = await fetcher(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
  if (!response.ok || response.body === null) throw new Error(`${url} answered ${response.status}`);
  await pipeline(Readable.fromWeb(response.body as ReadableStream<Uint8Array>), createWriteStream(file));
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
