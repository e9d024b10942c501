import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { SampledFile } from './choose-sample.ts';

/** A file that was read back, held against the original. */
export type Comparison =
  | 'same'
  /** The original is no longer what was backed up: there is nothing to compare with. */
  | 'changed'
  /** The original has the size and time it had, and other bytes than what was read back. */
  | 'differs'
  /** What was read back is not there, or not as long as the snapshot says. */
  | 'lost';

export async function compareFile(restored: string, original: string, file: SampledFile): Promise<Comparison> {
  const copy = await stat(restored).catch(() => undefined);
  if (copy?.size !== file.size) return 'lost';
  if (!(await isAsBackedUp(original, file))) return 'changed';
  const isSame = await hasSameBytes(restored, original);
  if (isSame) return 'same';
  // It may have been written while it was being read.
  return (await isAsBackedUp(original, file)) ? 'differs' : 'changed';
}

async function isAsBackedUp(original: string, { size, mtime }: SampledFile): Promise<boolean> {
  const now = await stat(original, { bigint: true }).catch(() => undefined);
  return now !== undefined && now.size === BigInt(size) && now.mtimeNs === toNanoseconds(mtime);
}

/** An RFC 3339 instant with any number of decimals, since the epoch: `Date` knows no less than milliseconds. */
export function toNanoseconds(instant: string): bigint {
  const groups = /^(?<seconds>[^.]+?)(?:\.(?<fraction>\d{1,9}))?(?<zone>Z|[+-]\d{2}:\d{2})$/u.exec(instant)?.groups;
  const seconds = Date.parse(`${groups?.['seconds']}${groups?.['zone']}`);
  if (Number.isNaN(seconds)) throw new Error('restic gave a time that is none');
  return BigInt(seconds) * 1_000_000n + BigInt((groups?.['fraction'] ?? '').padEnd(9, '0'));
}

async function hasSameBytes(left: string, right: string): Promise<boolean> {
  const rights = readPieces(right);
  try {
    for await (const piece of readPieces(left)) {
      const other = await rights.next();
      if (other.done === true || !piece.equals(other.value)) return false;
    }
    return (await rights.next()).done === true;
  } catch {
    return false; // The original cannot be read any more; its caller looks at it again.
  } finally {
    await rights.return(undefined);
  }
}

const PIECE_BYTES = 256 * 1024; // at a time, of each of two files: fast, and no memory to speak of

/** Pieces of the same length whatever the file system hands out at a time. */
async function* readPieces(path: string): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    while (held.length >= PIECE_BYTES) {
      yield held.subarray(0, PIECE_BYTES);
      held = held.subarray(PIECE_BYTES);
    }
  }
  if (held.length > 0) yield held;
}
