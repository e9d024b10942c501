import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import type { Booking } from './bookings.ts';
import { allBookings } from './bookings.ts';
import type { CallLine } from './calls.ts';
import { callLine } from './calls.ts';
import type { Snapshot } from './snapshot.ts';
import { recordsOf } from './snapshot.ts';

/** What happened since an instant. Bookings count by when their news reached us, the rest by when it happened. Pure. */
export interface News {
  readonly bookings: readonly (Booking & { readonly isNew: boolean })[];
  readonly messages: readonly RecordOf<'guest-message'>[];
  readonly calls: readonly CallLine[];
  readonly texts: readonly RecordOf<'text-message'>[];
}

export function newsSince(snapshot: Snapshot, fromIso: string): News {
  const from = Date.parse(fromIso);
  const after = (instant: string | undefined): boolean => instant !== undefined && Date.parse(instant) >= from;
  return {
    bookings: allBookings(snapshot)
      .filter(({ receivedAt }) => after(receivedAt))
      .map(booking => ({ ...booking, isNew: after(booking.bookedAt) }))
      .sort((left, right) => left.receivedAt.localeCompare(right.receivedAt)),
    messages: recordsOf(snapshot, 'guest-message')
      .filter(({ facts }) => after(facts.sentAt) && facts.author !== 'system')
      .sort((left, right) => left.facts.sentAt.localeCompare(right.facts.sentAt)),
    calls: recordsOf(snapshot, 'call')
      .filter(({ facts }) => after(facts.startedAt))
      .map(record => callLine(record, snapshot.homes))
      .sort((left, right) => left.record.facts.startedAt.localeCompare(right.record.facts.startedAt)),
    texts: recordsOf(snapshot, 'text-message')
      .filter(({ facts }) => after(facts.sentAt))
      .sort((left, right) => left.facts.sentAt.localeCompare(right.facts.sentAt)),
  };
}
