import { createHash } from 'node:crypto';
import { ERASURES_COLLECTION, ErasureOrder } from '@innkeeper/shared/contracts/backup/erasure-order';
import { RecordKey } from '@innkeeper/shared/domain/ids';
import type { DocumentFields, DocumentPath, DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { explainStore } from './find-guest.ts';

/**
 * The orders of one guest in `ops`, in documents small enough for Firestore. Written before anything is changed and again
 * when all is done, so they are also what an erasure that was cut off goes on from. I/O: the document store.
 */
type Effect = ErasureOrder['effects'][number];

/** About 2 kB each at most; a document has 1 MiB. */
const EFFECTS_PER_ORDER = 300;
/** A guest with more places than 15,000 is a mistake. */
const ORDERS_MAX = 50;

/** Names the guest to nobody who does not know the id. */
export const orderIdOf = (guestKey: RecordKey): string =>
  `person-${createHash('sha256').update(guestKey).digest('hex').slice(0, 24)}`;

export async function readEffects(ops: DocumentStore, orderId: string): Promise<Result<readonly Effect[], string>> {
  const paths = Array.from({ length: ORDERS_MAX }, (_, index) => pathOf(orderId, index));
  const read = await ops.getAll(paths);
  if (!read.ok) return err(explainStore(read.error));
  const effects: Effect[] = [];
  for (const document of read.value) {
    if (document === undefined) continue;
    const order = ErasureOrder.safeParse(document.fields);
    if (!order.success) return err(`${document.path} was written by another release and cannot be read.`);
    effects.push(...order.data.effects);
  }
  return ok(effects);
}

export async function writeOrders(
  ops: DocumentStore,
  order: Pick<ErasureOrder, 'orderId' | 'erasedAt' | 'obsoleteAfter'>,
  effects: readonly Effect[],
): Promise<Result<void, string>> {
  const count = Math.ceil(effects.length / EFFECTS_PER_ORDER);
  if (count > ORDERS_MAX) return err(`${effects.length} places are more than one guest can have.`);
  for (let index = 0; index < count; index += 1) {
    const fields: ErasureOrder = {
      v: 1,
      ...order,
      orderId: `${order.orderId}-${index + 1}`,
      effects: effects.slice(index * EFFECTS_PER_ORDER, (index + 1) * EFFECTS_PER_ORDER),
    };
    const written = await ops.commit([
      { op: 'set', path: pathOf(order.orderId, index), fields: JSON.parse(JSON.stringify(fields)) as DocumentFields },
    ]);
    if (!written.ok) return err(explainStore(written.error));
  }
  return ok(undefined);
}

/** One effect for each place: the newer one. */
export function joinEffects(older: readonly Effect[], newer: readonly Effect[]): readonly Effect[] {
  return [...new Map([...older, ...newer].map(effect => [placeOf(effect), effect])).values()];
}

export const recordKeysIn = (effects: readonly Effect[]): RecordKey[] =>
  effects.flatMap(effect => {
    const key = effect.store === 'firestore' ? /^records\/(.+)$/u.exec(effect.path)?.[1] : undefined;
    return key === undefined ? [] : [RecordKey.parse(key)];
  });

/** Documents that have vectors. */
export const indexedIn = (effects: readonly Effect[]): DocumentPath[] =>
  effects.flatMap(effect =>
    effect.store === 'firestore' && /^(?:records|interactions)\//u.test(effect.path)
      ? [effect.path as DocumentPath] // the contract's pattern is this type's
      : [],
  );

export const postsIn = (effects: readonly Effect[]): string[] =>
  effects.flatMap(effect => (effect.store === 'mongodb' ? [effect.id] : []));

const placeOf = (effect: Effect): string =>
  effect.store === 'mongodb' ? `mongodb ${effect.collection}/${effect.id}` : `${effect.store} ${effect.path}`;

const pathOf = (orderId: string, index: number): DocumentPath => `${ERASURES_COLLECTION}/${orderId}-${index + 1}`;
