import { createHash } from 'node:crypto';
import type { ResticNode } from '../../restic/restic.ts';

/**
 * Which files are read back: the ones with the smallest hash of seed and path. Every file has the same chance, whatever
 * the order in which they come; the same seed chooses the same files; and no more than the sample is ever in memory.
 * Pure.
 */
export interface SampleLimits {
  readonly files: number;
  readonly bytes: number;
}

export interface SampledFile {
  readonly path: string;
  readonly size: number;
  readonly mtime: string;
}

/** What restic writes for bytes of a name that are no UTF-8: such a file cannot be asked for by its name. */
const NO_CHARACTER = '\uFFFD';

/** Fewer prove too little, and cost nothing. */
const FILES_MIN = 5;
/** What is read back goes through the vault, whose reads cost, and onto this server's disk. */
export const SAMPLE_MAX: SampleLimits = { files: 2_000, bytes: 2 * 1024 * 1024 * 1024 };

/** How many files `share` of `total` are, within the bounds. */
export function sampleSize(total: number, share: number, max: number = SAMPLE_MAX.files): number {
  return Math.min(total, max, Math.max(FILES_MIN, Math.ceil(total * share)));
}

export class SampleChooser {
  readonly #seed: string;
  readonly #count: number;
  #chosen: { readonly rank: string; readonly file: SampledFile }[] = [];

  constructor(seed: string, count: number) {
    this.#seed = seed;
    this.#count = count;
  }

  offer({ path, type, size, mtime }: ResticNode): void {
    if (type !== 'file' || path.includes(NO_CHARACTER)) return;
    this.#chosen.push({ rank: this.#rankOf(path), file: { path, size, mtime } });
    // Sorted now and then, not for every file.
    if (this.#chosen.length >= 2 * this.#count + 100) this.#shrink();
  }

  /** The chosen ones, as many as fit into `bytesMax`; the first whatever its size. */
  choose(bytesMax: number = SAMPLE_MAX.bytes): SampledFile[] {
    this.#shrink();
    const files: SampledFile[] = [];
    let bytes = 0;
    for (const { file } of this.#chosen) {
      if (files.length > 0 && bytes + file.size > bytesMax) continue;
      files.push(file);
      bytes += file.size;
    }
    return files;
  }

  #shrink(): void {
    this.#chosen.sort((left, right) => (left.rank < right.rank ? -1 : 1));
    this.#chosen.length = Math.min(this.#chosen.length, this.#count);
  }

  #rankOf(path: string): string {
    return createHash('sha256').update(this.#seed).update('\0').update(path).digest('hex').slice(0, 24);
  }
}
