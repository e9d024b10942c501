import { BusinessRecord, type RecordOf } from '@innkeeper/shared/domain/business-record';
import { recordKey } from '@innkeeper/shared/domain/ids';
import type { DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { ok, type Result } from '@innkeeper/shared/result/result';

/** Finds the record of a booking; what is asked for in the same turn shares one round trip. I/O: the document store. */
export type BookingLookup = (reservationId: string) => Promise<Result<RecordOf<'reservation'> | undefined, StoreError>>;

type Found = Result<ReadonlyMap<string, RecordOf<'reservation'>>, StoreError>;

export function createBookingLookup(store: Pick<DocumentStore, 'getAll'>): BookingLookup {
  let asked: { readonly ids: Set<string>; readonly answer: Promise<Found> } | undefined;

  const ask = (): NonNullable<typeof asked> => {
    const ids = new Set<string>();
    const answer = Promise.resolve().then(() => {
      asked = undefined;
      return readBookings(store, [...ids]);
    });
    return { ids, answer };
  };

  return async reservationId => {
    asked ??= ask();
    asked.ids.add(reservationId);
    const found = await asked.answer;
    return found.ok ? ok(found.value.get(reservationId)) : found;
  };
}

async function readBookings(store: Pick<DocumentStore, 'getAll'>, ids: readonly string[]): Promise<Found> {
  const read = await store.getAll(ids.map(id => `records/${recordKey('guesty', 'reservation', id)}` as const));
  if (!read.ok) return read;
  const bookings = new Map<string, RecordOf<'reservation'>>();
  for (const [index, id] of ids.entries()) {
    const record = BusinessRecord.safeParse(read.value[index]?.fields);
    if (record.success && record.data.kind === 'reservation') bookings.set(id, record.data);
  }
  return ok(bookings);
}
