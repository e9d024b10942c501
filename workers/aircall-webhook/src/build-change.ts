import type { RecordKind } from '@innkeeper/shared/domain/ids';
import type { ChangePart, RecordChange } from '@innkeeper/shared/ingest/record-change';
import type { MarkCause } from '@innkeeper/shared/ports/hydration-gate';
import { PIPELINE_REVISION } from './pipeline-revision.ts';

/** Parts of a change with where they come from. Pure. */
export interface ChangeOrigin extends MarkCause {
  readonly via: RecordChange['provenance']['via'];
  /** When a read began; for an event's own facts, when it was accepted. */
  readonly observedAtMs: number;
}

export function buildChange(
  origin: ChangeOrigin,
  kind: RecordKind,
  sourceId: string,
  parts: readonly ChangePart[],
): RecordChange {
  return {
    source: 'aircall',
    kind,
    sourceId,
    parts,
    pipelineRevision: PIPELINE_REVISION,
    observedAtMs: origin.observedAtMs,
    receivedAt: origin.receivedAt,
    provenance: { eventId: origin.eventId, event: origin.event, via: origin.via },
  };
}
