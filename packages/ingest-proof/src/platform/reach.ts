import type { InboundDelivery } from '@innkeeper/shared/contracts/inbound-delivery';
import type { DeliveryQueue, OverflowStore } from '@innkeeper/shared/ports/delivery-queue';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok } from '@innkeeper/shared/result/result';
import type { Life } from '../time/life.ts';
import type { Cloud } from './cloud.ts';
import { transactAtOnce } from './document-store.ts';

/** The world's ports as one process reaches them: with all that can go wrong on the way there and back. */
const UNAVAILABLE = err({ kind: 'unavailable', detail: 'by the simulation' } as const);

export const reachQueue = (life: Life, take: (delivery: InboundDelivery) => void): DeliveryQueue => ({
  send: delivery => life.call('queue_send', UNAVAILABLE, () => ok(take(delivery))),
});

/** `onPut` hears of what was kept. */
export const reachBucket = (
  { bucket }: Cloud,
  life: Life,
  onPut: (key: string) => void = () => undefined,
): OverflowStore => ({
  put: (key, text) =>
    life.call('bucket_put', UNAVAILABLE, () => {
      bucket.put(key, text);
      onPut(key);
      return ok(undefined);
    }),
  get: key => life.call('bucket_get', UNAVAILABLE, () => ok(bucket.get(key))),
  delete: key => life.call('bucket_delete', UNAVAILABLE, () => ok(bucket.delete(key))),
  list: (prefix, page) => life.call('bucket_list', UNAVAILABLE, () => ok(bucket.list(prefix, page))),
});

export const reachDocuments = ({ documents }: Cloud, life: Life): DocumentStore => ({
  getAll: paths => life.call('store_read', UNAVAILABLE, () => ok(documents.getAll(paths))),
  query: query => life.call('store_query', UNAVAILABLE, () => ok(documents.query(query))),
  commit: writes => life.call('store_commit', UNAVAILABLE, () => documents.commit(writes)),
  transact: (paths, decide) => life.call('store_commit', UNAVAILABLE, () => transactAtOnce(documents, paths, decide)),
});
