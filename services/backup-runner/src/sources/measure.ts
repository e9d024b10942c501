import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import * as z from 'zod';
import { linesOf } from '../run/lines.ts';

/**
 * Weighs a dump on its way to restic: `… measure RESULT MINIMUM -- PROGRAM ARGS`. restic starts this program instead
 * of the dump; bytes pass through, and size, SHA-256 and what the program said are in the file RESULT when it has
 * ended. It ends as the program did, or with 3 when there were fewer bytes than MINIMUM: restic then keeps no
 * snapshot.
 */
export const TOO_SMALL_CODE = 3;
const NOT_FOUND_CODE = 127;
const LINES_MAX = 50_000;
const LINE_CHARACTERS_MAX = 4_096;

export const Measured = z.object({
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
  /** Of the program; `null` when a signal ended it. */
  code: z.int().nullable(),
  /** There is no such program on the PATH. */
  missing: z.boolean(),
  /** Standard error, from the start. */
  lines: z.array(z.string()),
});
export type Measured = z.infer<typeof Measured>;

/** What restic is told to run in place of the dump. */
export function measureCommand(
  ownProgram: readonly [node: string, file: string],
  resultFile: string,
  minimumBytes: number,
  command: readonly [program: string, ...args: string[]],
): [string, ...string[]] {
  return [...ownProgram, 'measure', resultFile, String(minimumBytes), '--', ...command];
}

/** `undefined` when the dump never got as far. */
export async function readMeasured(resultFile: string): Promise<Measured | undefined> {
  const text = await readFile(resultFile, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Measured.parse(JSON.parse(text));
}

/** The program itself: `args` are those behind the word `measure`. Answers the exit code. */
export async function measure(
  [resultFile, minimum, separator, program, ...args]: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  output: Writable,
): Promise<number> {
  const minimumBytes = Number(minimum);
  if (resultFile === undefined || program === undefined || separator !== '--' || !Number.isSafeInteger(minimumBytes)) {
    throw new Error('usage: measure RESULT MINIMUM -- PROGRAM ARGS');
  }
  const child = spawn(program, args, { env: withoutResticSecrets(environment), stdio: ['ignore', 'pipe', 'pipe'] });
  // A program that never started has no pid, and Node would signal whatever number stands in its place.
  const stop = (): void => void (child.pid !== undefined && child.kill('SIGTERM'));
  process.once('SIGTERM', stop).once('SIGINT', stop);
  output.once('error', stop); // restic is gone; its own end says why.
  const [end, weight, lines] = await Promise.all([ending(child), passOn(child.stdout, output), keep(child.stderr)]);
  await writeFile(resultFile, JSON.stringify({ ...weight, ...end, lines } satisfies Measured), { mode: 0o600 });
  if (end.missing) return NOT_FOUND_CODE;
  if (end.code !== 0) return end.code ?? 1;
  return weight.bytes < minimumBytes ? TOO_SMALL_CODE : 0;
}

async function ending(child: ReturnType<typeof spawn>): Promise<Pick<Measured, 'code' | 'missing'>> {
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, missing: false };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { code: null, missing: true };
    throw error;
  }
}

async function passOn(stdout: Readable, output: Writable): Promise<Pick<Measured, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of stdout as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    if (!output.write(chunk) && !output.destroyed) await once(output, 'drain');
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Kept, and shown: restic puts it into its own messages. */
async function keep(stderr: Readable): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(stderr, LINE_CHARACTERS_MAX)) {
    process.stderr.write(`${line}\n`);
    if (lines.length < LINES_MAX) lines.push(line);
  }
  return lines;
}

/**
 * restic hands its whole environment down, and a dump needs neither the repository's password nor the vault's token.
 */
function withoutResticSecrets(environment: Readonly<Record<string, string | undefined>>): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(?:RESTIC|AWS)_/u.test(name)));
}
