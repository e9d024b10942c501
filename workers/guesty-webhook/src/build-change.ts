import type { GuestyMoment } from '@innkeeper/shared/adapters/guesty/payload';
import type { RecordKind } from '@innkeeper/shared/domain/ids';
import type { ReceivedDelivery } from '@innkeeper/shared/ingest/delivery-source';
import { type ChangePart, type RecordChange, rank } from '@innkeeper/shared/ingest/record-change';
import type { MarkCause } from '@innkeeper/shared/ports/hydration-gate';
import { toEpochMs } from './normalise-moment.ts';
import { PIPELINE_REVISION } from './pipeline-revision.ts';

/** Parts of a change with where they come from. Pure. */
export interface ChangeOrigin {
  readonly cause: MarkCause;
  readonly via: 'webhook' | 'hydration' | 'backfill' | 'reconcile';
  /** When a read began; for a webhook's own facts, when it was accepted. */
  readonly observedAtMs: number;
}

export function webhookOrigin({ delivery }: ReceivedDelivery, event: string): ChangeOrigin {
  const { eventId, receivedAt } = delivery;
  return { cause: { eventId, event, receivedAt }, via: 'webhook', observedAtMs: Date.parse(receivedAt) };
}

export function buildChange(
  { cause, via, observedAtMs }: ChangeOrigin,
  kind: RecordKind,
  sourceId: string,
  parts: readonly ChangePart[],
): RecordChange {
  const { eventId, event, receivedAt } = cause;
  return {
    source: 'guesty',
    kind,
    sourceId,
    parts,
    pipelineRevision: PIPELINE_REVISION,
    observedAtMs,
    receivedAt,
    provenance: { eventId, event, via },
  };
}

/** Where the vendor says when it last changed a thing. */
export interface Dated {
  readonly lastUpdatedAt?: GuestyMoment;
  readonly updatedAt?: GuestyMoment;
}

export const changedAtMs = (thing: Dated): number | undefined => toEpochMs(thing.lastUpdatedAt ?? thing.updatedAt);

/**
 * What a read said. Its version is the vendor's own time of the last change where it says one, because two reads of an
 * unchanged thing are then one version; else when the read began. The two mix well: all reads begin in one Durable
 * Object, and a change made after a read has a later time than that read. Between equal versions the later observation
 * wins, so a change that the vendor forgot to date is not lost.
 */
export function readPart(thing: Dated, facts: NonNullable<ChangePart['facts']>, beganAtMs: number): ChangePart {
  return { rank: rank.state, version: changedAtMs(thing) ?? beganAtMs, facts, deleted: false };
}

/**
 * What a webhook with a whole thing said: its state, if the vendor says when it was true. Where it does not, deliveries
 * out of order could not be told apart: then it is hearsay, and the state must be read.
 */
export function toldPart(thing: Dated, facts: NonNullable<ChangePart['facts']>, acceptedAtMs: number): ChangePart {
  const version = changedAtMs(thing);
  return version === undefined
    ? { rank: rank.hearsay, version: acceptedAtMs, facts, deleted: false }
    : { rank: rank.state, version, facts, deleted: false };
}

/** By webhook: a vendor's id is never given out again, so the end outranks whatever is said later. */
export const ended = (version: number): ChangePart => ({ rank: rank.end, version, deleted: true });

/**
 * By a read that did not find it. `version`: that of the state known so far; it contradicts that and nothing newer. At
 * equal versions the later observation wins, so the end holds until a later read or a newer word shows the thing again.
 */
export const missing = (version: number): ChangePart => ({ rank: rank.state, version, deleted: true });
