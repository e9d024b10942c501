import { randomBytes } from 'node:crypto';
import type { ChangeStream } from '../stream/change-stream.ts';
import { CommandError } from '../wire/command-error.ts';

/** What a cursor reads from. */
export type CursorSource =
  | { readonly kind: 'documents'; readonly batches: BatchReader }
  | { readonly kind: 'changes'; readonly stream: ChangeStream };

export interface Cursor {
  readonly id: bigint;
  readonly namespace: string;
  readonly source: CursorSource;
}

/** Open cursors by id. One that nobody asks for is closed after a while. */
export class Cursors {
  readonly #open = new Map<bigint, { cursor: Cursor; usedAt: number }>();

  open(namespace: string, source: CursorSource): Cursor {
    this.#closeIdle();
    const id = randomBytes(8).readBigInt64LE() & 0x7fff_ffff_ffff_ffffn;
    const cursor: Cursor = { id: id === 0n ? 1n : id, namespace, source };
    this.#open.set(cursor.id, { cursor, usedAt: Date.now() });
    return cursor;
  }

  /** @throws CommandError 43. */
  use(id: bigint): Cursor {
    const found = this.#open.get(id);
    if (found === undefined) throw new CommandError(43, `cursor id ${id} not found`);
    found.usedAt = Date.now();
    return found.cursor;
  }

  close(id: bigint): boolean {
    return this.#open.delete(id);
  }

  #closeIdle(): void {
    const limit = Date.now() - IDLE_MS;
    for (const [id, { usedAt }] of this.#open) if (usedAt < limit) this.#open.delete(id);
  }
}

const IDLE_MS = 10 * 60 * 1000; // as the server does

/** Of one answer, unless a single document is larger. The server allows 16 MiB; less keeps this process small. */
export const BATCH_BYTES_MAX = 4 * 1024 * 1024;

/** Encoded documents in batches that fit into an answer. */
export class BatchReader {
  readonly #documents: Iterator<Uint8Array>;
  #held: Uint8Array | undefined;
  #isOver = false;

  constructor(documents: Iterator<Uint8Array>) {
    this.#documents = documents;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** At least one document if there is one and `limit` allows it, however large. */
  read(limit: number): Uint8Array[] {
    const batch: Uint8Array[] = [];
    let bytes = 0;
    while (!this.#isOver && batch.length < limit) {
      const next = this.#held ?? this.#next();
      if (next === undefined) break;
      this.#held = batch.length > 0 && bytes + next.length > BATCH_BYTES_MAX ? next : undefined;
      if (this.#held !== undefined) break;
      batch.push(next);
      bytes += next.length;
    }
    return batch;
  }

  #next(): Uint8Array | undefined {
    const next = this.#documents.next();
    this.#isOver = next.done === true;
    return next.done === true ? undefined : next.value;
  }
}
