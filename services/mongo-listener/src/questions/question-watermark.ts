import type { DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';

/**
 * Up to when every question is settled: document `listenerState/questions` in the database `ops`, written by whoever
 * holds the lease. I/O: Firestore.
 */
const PATH = 'listenerState/questions';

const QuestionWatermark = z.object({ v: z.literal(1), settledUpTo: z.iso.datetime() });

/** `undefined` where nothing is known yet. */
export async function readWatermark(operations: DocumentStore): Promise<Result<Date | undefined, StoreError>> {
  const read = await operations.getAll([PATH]);
  if (!read.ok) return read;
  const parsed = QuestionWatermark.safeParse(read.value[0]?.fields);
  return ok(parsed.success ? new Date(parsed.data.settledUpTo) : undefined);
}

export async function writeWatermark(operations: DocumentStore, settledUpTo: Date): Promise<Result<void, StoreError>> {
  const fields = { v: 1, settledUpTo: settledUpTo.toISOString() } satisfies z.infer<typeof QuestionWatermark>;
  const written = await operations.commit([{ op: 'set', path: PATH, fields }]);
  return written.ok ? ok(undefined) : written;
}
