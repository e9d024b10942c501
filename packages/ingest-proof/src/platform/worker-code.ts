import type { DirtySet } from '@innkeeper/shared/hydration/dirty-set';
import type { DeliverySource } from '@innkeeper/shared/ingest/delivery-source';
import type { QueuedMessage } from '@innkeeper/shared/ingest/settle-delivery';
import type { DeliveryQueue } from '@innkeeper/shared/ports/delivery-queue';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import type { HydrationGate } from '@innkeeper/shared/ports/hydration-gate';
import type { InMemoryDirtySet } from '@innkeeper/shared/testing/in-memory-dirty-set';

/** The seams at which a wrong variant of the code is put in; the code as it is leaves all of them alone. */
export interface WorkerCode {
  /** Of the edge. */
  readonly queue: (queue: DeliveryQueue) => DeliveryQueue;
  readonly messages: (messages: readonly QueuedMessage[]) => readonly QueuedMessage[];
  readonly source: (source: DeliverySource) => DeliverySource;
  readonly store: (store: DocumentStore) => DocumentStore;
  readonly gate: (gate: HydrationGate) => HydrationGate;
  readonly dirtySet: (dirtySet: InMemoryDirtySet) => DirtySet;
  /** Whether the gap check and the comparison run. */
  readonly looksForGaps: boolean;
}

export const CODE_AS_IT_IS: WorkerCode = {
  queue: queue => queue,
  messages: messages => messages,
  source: source => source,
  store: store => store,
  gate: gate => gate,
  dirtySet: dirtySet => dirtySet,
  looksForGaps: true,
};
