import type { RecordChange } from '@innkeeper/shared/ingest/record-change';
import type { UnseenValue } from '@innkeeper/shared/ingest/unseen-value';

/** States of bookings that the mapping did not know, and kept as text. Pure. */
export const unseenStatuses = (changes: readonly RecordChange[]): UnseenValue[] =>
  changes
    .filter(change => change.kind === 'reservation')
    .flatMap(change => change.parts.map(part => part.facts?.['statusText']))
    .flatMap(word => (typeof word === 'string' ? [{ field: 'reservation.status', value: word }] : []));
