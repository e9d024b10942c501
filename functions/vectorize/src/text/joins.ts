import type { BusinessRecord, RecordOf } from '@innkeeper/shared/domain/business-record';
import { type RecordKey, recordKey } from '@innkeeper/shared/domain/ids';

/** Records whose words a text borrows: a booking speaks of its homes and its guest by name. */
export interface Joined {
  readonly listings: ReadonlyMap<string, RecordOf<'listing'>['facts']>;
  readonly guest?: RecordOf<'guest'>['facts'];
  readonly reservation?: RecordOf<'reservation'>['facts'];
}

/** Keys of the records that `record`'s text borrows from, in a stable order. */
export function joinKeys(record: BusinessRecord): RecordKey[] {
  switch (record.kind) {
    case 'reservation':
      return [
        ...new Set(record.facts.stay.map(segment => recordKey('guesty', 'listing', segment.listingId))),
        ...(record.facts.guestId === undefined ? [] : [recordKey('guesty', 'guest', record.facts.guestId)]),
      ];
    case 'guest-message':
      return [
        ...(record.facts.reservationId === undefined
          ? []
          : [recordKey('guesty', 'reservation', record.facts.reservationId)]),
        ...(record.facts.guestId === undefined ? [] : [recordKey('guesty', 'guest', record.facts.guestId)]),
      ];
    case 'payment':
      return record.facts.reservationId === undefined
        ? []
        : [recordKey('guesty', 'reservation', record.facts.reservationId)];
    case 'task':
    case 'calendar-block':
      return record.facts.listingId === undefined ? [] : [recordKey('guesty', 'listing', record.facts.listingId)];
    case 'listing':
    case 'guest':
    case 'call':
    case 'text-message':
    case 'contact':
    case 'team-member':
    case 'phone-line':
    case 'integration':
      return [];
  }
}

/** Second hop: a message or a payment names its home through its booking. */
export function indirectJoinKeys(direct: readonly BusinessRecord[]): RecordKey[] {
  const homes = direct
    .filter(record => record.kind === 'reservation')
    .filter(record => !record.deleted)
    .flatMap(record => record.facts.stay.map(segment => recordKey('guesty', 'listing', segment.listingId)));
  return [...new Set(homes)];
}

export function toJoined(records: readonly BusinessRecord[]): Joined {
  const alive = records.filter(record => !record.deleted);
  const guest = alive.find(record => record.kind === 'guest');
  const reservation = alive.find(record => record.kind === 'reservation');
  return {
    listings: new Map(
      alive.filter(record => record.kind === 'listing').map(record => [record.facts.listingId, record.facts]),
    ),
    ...(guest === undefined ? {} : { guest: guest.facts }),
    ...(reservation === undefined ? {} : { reservation: reservation.facts }),
  };
}
