import type { PointPayload } from '../contracts/point-payload.ts';

/** A payload with nothing remarkable in it, for tests that care about a few fields only. */
export const buildPayload = (fields: Partial<PointPayload> = {}): PointPayload => ({
  v: 1,
  docKey: 'guesty:reservation:r1',
  kind: 'reservation',
  source: 'guesty',
  srcVersion: 1,
  chunk: 0,
  chunks: 1,
  title: '',
  text: '',
  deleted: false,
  dense: true,
  listingIds: [],
  guestNames: [],
  ...fields,
});
