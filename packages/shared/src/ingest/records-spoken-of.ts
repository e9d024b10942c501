import { type RecordKey, RecordKind, type RecordSource, recordKey } from '../domain/ids.ts';
import type { Mark } from '../ports/hydration-gate.ts';
import type { RecordChange } from './record-change.ts';

/**
 * Records that a delivery speaks of: those it changes and those it asks to be read (a part of a call, `call-transcript`, is
 * its call). Whoever looks for the deliveries about a person finds them by these. Pure.
 */
export function recordsSpokenOf(
  source: RecordSource,
  changes: readonly RecordChange[],
  marks: readonly Mark[],
): readonly RecordKey[] {
  const changed = changes.map(change => recordKey(change.source, change.kind, change.sourceId));
  const marked = marks.flatMap(({ subject, id }) => {
    const kind = RecordKind.safeParse(subject.startsWith('call-') ? 'call' : subject).data;
    return kind === undefined ? [] : [recordKey(source, kind, id)];
  });
  return [...new Set([...changed, ...marked])];
}
