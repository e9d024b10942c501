import type { DeliveryFailure } from '../ingest/delivery-fate.ts';
import type { RecordChange } from '../ingest/record-change.ts';
import type { DirtyEntry } from './dirty-set.ts';

/** What a vendor contributes to hydration: it reads a batch and says what it means; everything else is the same for all. */
export interface Hydrator {
  /** Ids that one call may ask for, by subject. */
  batchMax(subject: string): number;
  /** Answers for every entry, by its id. May read related things of which no record is there yet. */
  hydrate(subject: string, entries: readonly DirtyEntry[]): Promise<ReadonlyMap<string, Hydrated>>;
}

export type Hydrated =
  /** `failure`: something related could not be read for now; `changes` are true all the same, and the entry stays due. */
  | { readonly kind: 'read'; readonly changes: readonly RecordChange[]; readonly failure?: DeliveryFailure }
  /** The vendor no longer has it; `changes` end its record, and are empty where there never was one. */
  | { readonly kind: 'gone'; readonly changes: readonly RecordChange[] }
  | { readonly kind: 'failed'; readonly failure: DeliveryFailure };
