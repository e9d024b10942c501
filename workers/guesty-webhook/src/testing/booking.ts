import listingUpdated from '../__fixtures__/listing.updated.constructed.json' with { type: 'json' };
import { NOT_FOUND, type ScriptedVendor } from './guesty-world.ts';

/** One booking at one home, as the vendor's routes show it. */
export const RESERVATION = '69aa00000000000000000001';
export const LISTING = '69aa000000000000000000a1';
export const GUEST = '69aa00000000000000000101';

export const v3 = (changes: object = {}) => ({
  reservationId: RESERVATION,
  status: 'confirmed',
  guestId: GUEST,
  guest: { _id: GUEST, fullName: 'Grace Guest' },
  stay: [
    {
      unitId: LISTING,
      checkInDateLocalized: '2026-11-21',
      checkOutDateLocalized: '2026-11-24',
      plannedArrivalTime: '21:30',
    },
  ],
  ...changes,
});

/** The same as the newer route by ids has it: without what only the older list tells. */
export const bare = (changes: object = {}) => ({
  _id: RESERVATION,
  status: 'confirmed',
  bookerId: GUEST,
  stay: [
    {
      unitId: LISTING,
      checkInDateLocalized: '2026-11-21',
      checkOutDateLocalized: '2026-11-24',
      eta: '2026-11-21T15:00:00.000Z',
      etd: '2026-11-24T10:00:00.000Z',
    },
  ],
  ...changes,
});

/** A vendor with one reservation behind the newer route, and one home. */
export const ordinary =
  (reservation: () => object): ScriptedVendor =>
  (path, query) => {
    if (path === '/reservations-v3')
      return { status: 200, body: query.getAll('reservationIds[]').includes(RESERVATION) ? [reservation()] : [] };
    return path === `/listings/${LISTING}` ? { status: 200, body: listingUpdated.listing } : NOT_FOUND;
  };

/** The text of everything stored, 64-bit integers included. */
export const allText = (documents: ReadonlyMap<string, { readonly fields: object }>): string =>
  JSON.stringify([...documents], (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
