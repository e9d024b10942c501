import type { DocumentFields, DocumentPath, DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { type RunStoreError, toRunStoreError } from '../run/run-store.ts';

/** What the sweep remembers from call to call: `backupStatus/watch` in `ops`. */
export const WatchMemory = z.object({
  v: z.literal(1),
  /** The first sweep of all: what was due before it was nobody's to miss. */
  since: z.iso.datetime(),
  cloudUnreachableSince: z.iso.datetime().optional(),
});
export type WatchMemory = z.infer<typeof WatchMemory>;

const WATCH_PATH: DocumentPath = 'backupStatus/watch';

/** A memory that cannot be read is begun anew: a night missed before shows by the age of the last good run only. */
export async function readWatch(store: DocumentStore, now: Date): Promise<Result<WatchMemory, RunStoreError>> {
  const read = await store.getAll([WATCH_PATH]);
  if (!read.ok) return err(toRunStoreError(read.error));
  const parsed = WatchMemory.safeParse(read.value[0]?.fields);
  if (parsed.success) return ok(parsed.data);
  const begun: WatchMemory = { v: 1, since: now.toISOString() };
  return writeWatch(store, begun);
}

/** The last sweep that writes is right: there is nothing to lose. */
export async function writeWatch(
  store: DocumentStore,
  memory: WatchMemory,
): Promise<Result<WatchMemory, RunStoreError>> {
  const fields = JSON.parse(JSON.stringify(memory)) as DocumentFields;
  const written = await store.commit([{ op: 'set', path: WATCH_PATH, fields }]);
  return written.ok ? ok(memory) : err(toRunStoreError(written.error));
}
