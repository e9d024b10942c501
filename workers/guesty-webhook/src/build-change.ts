import type { RecordKind } from '@innkeeper/shared/domain/ids';
import type { ReceivedDelivery } from '@innkeeper/shared/ingest/delivery-source';
import { type ChangePart, type RecordChange, rank } from '@innkeeper/shared/ingest/record-change';
import { PIPELINE_REVISION } from './pipeline-revision.ts';

/** Parts of a change with where they come from. Pure. */
export interface ChangeOrigin {
  readonly received: ReceivedDelivery;
  readonly event: string;
  readonly via: 'webhook' | 'hydration';
  /** When a read began; for a webhook's own facts, when it was accepted. */
  readonly observedAtMs: number;
}

export function buildChange(
  origin: ChangeOrigin,
  kind: RecordKind,
  sourceId: string,
  parts: readonly ChangePart[],
): RecordChange {
  const { delivery } = origin.received;
  return {
    source: 'guesty',
    kind,
    sourceId,
    parts,
    pipelineRevision: PIPELINE_REVISION,
    observedAtMs: origin.observedAtMs,
    receivedAt: delivery.receivedAt,
    provenance: { eventId: delivery.eventId, event: origin.event, via: origin.via },
  };
}

/**
 * Version of a state: the vendor's own time of the last change where it says one, because two reads of an unchanged
 * thing are then one version; else when we learnt it. The two mix well: all reads begin in one Durable Object, and a
 * change made after a read has a later time than that read. Between equal versions the later observation wins, so a
 * change that the vendor forgot to date is not lost.
 */
export function stateVersion(
  thing: { readonly lastUpdatedAt?: string | null | undefined; readonly updatedAt?: string | null | undefined },
  observedAtMs: number,
): number {
  const changedAtMs = Date.parse(thing.lastUpdatedAt ?? thing.updatedAt ?? '');
  return Number.isNaN(changedAtMs) ? observedAtMs : changedAtMs;
}

/** A vendor's id is never given out again, so the end outranks whatever is said later. */
export const ended = (version: number): ChangePart => ({ rank: rank.end, version, deleted: true });
