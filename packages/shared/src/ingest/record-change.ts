import type { BusinessRecord, RecordOf } from '../domain/business-record.ts';
import type { RecordKind, RecordSource } from '../domain/ids.ts';

/** What one observation says about one thing, as the mapping of a source hands it to the merge. */
export interface RecordChange {
  readonly source: RecordSource;
  readonly kind: RecordKind;
  readonly sourceId: string;
  readonly parts: readonly ChangePart[];
  /** Revision of the mapping that produced it. */
  readonly pipelineRevision: number;
  /** When it was observed (delivery accepted, read begun), ms. Decides only between equal source versions. */
  readonly observedAtMs: number;
  /** ISO 8601 UTC, when the delivery that led to it was accepted. */
  readonly receivedAt: string;
  readonly provenance: BusinessRecord['provenance'];
}

/** Facts that share one clock. */
export interface ChangePart {
  readonly rank: Rank;
  /** Milliseconds of the source's clock, with the stage added where that clock is coarse. */
  readonly version: number;
  /** A key that is absent or `undefined` says nothing; `null` says there is no such fact any more. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** Items of list facts, merged one by one by id. */
  readonly items?: Readonly<Record<string, readonly ListItem[]>>;
  /** Lists that this observation gave in full: items that only older observations knew are gone. */
  readonly wholeLists?: readonly string[];
  /** Absent: this observation says nothing about existence. */
  readonly deleted?: boolean;
}

export type ListItem = Readonly<Record<string, unknown>> & { readonly id: string };

/** Which word counts more, whatever its version: hearsay of a lean event, a full state, the end of the thing, erasure. */
export const rank = { hearsay: 0, state: 1, end: 2, erased: 3 } as const;
export type Rank = (typeof rank)[keyof typeof rank];

/** Facts of a kind as a mapping may give them: any subset, `null` for "no such fact any more". */
export type PartialFacts<K extends RecordKind> = {
  readonly [Fact in keyof RecordOf<K>['facts']]?: RecordOf<K>['facts'][Fact] | null | undefined;
};
