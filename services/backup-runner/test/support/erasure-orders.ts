import type { ErasureOrder } from '@innkeeper/shared/contracts/backup/erasure-order';
import { UPLOADS } from './live-sources.ts';

/** Two of the files in the filer. */
export const PHOTO = `${UPLOADS}/2026/2/photo $5 [a].jpg`;
export const KEPT = `${UPLOADS}/2026/2/photo $2 [a].jpg`;

/** Newer than every snapshot that a test takes. */
export const since: ErasureOrder = {
  v: 1,
  orderId: 'since',
  erasedAt: new Date(Date.now() + 3_600_000).toISOString(),
  obsoleteAfter: '2099-01-01T00:00:00Z',
  effects: [
    { store: 'mongodb', collection: 'rocketchat_message', id: 'message3' },
    { store: 'mongodb', collection: 'rocketchat_message', id: 'message4', set: { msg: '' }, unset: ['ts'] },
    { store: 'files', path: PHOTO },
    { store: 'firestore', path: 'records/guesty:guest:1', set: { deleted: true } },
  ],
};
/** Older than all of them. */
export const before: ErasureOrder = {
  ...since,
  orderId: 'before',
  erasedAt: '2020-01-01T00:00:00Z',
  effects: [{ store: 'files', path: KEPT }],
};
