import * as z from 'zod';

/**
 * What was erased about a person and must be erased again in everything that is restored from an older backup. One
 * document `erasures/<order id>` in `ops`, written when the erasure is done, kept until the newest snapshot that still
 * holds the data has left the retention (`obsoleteAfter`). It names places, never the person or the content. Applying
 * an order twice is the same as once.
 */
export const ErasedValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type ErasedValue = z.infer<typeof ErasedValue>;

/** A dotted path of plain names, so that nothing in an order can act as an operator of the database. */
const fieldPath = z.string().regex(/^\w+(?:\.\w+)*$/u);

/** Never empty: an order that changes nothing must not look like one that removes everything. */
const changes = <V extends z.ZodType>(field: z.ZodString, value: V) =>
  z.record(field, value).refine(set => Object.keys(set).length > 0, 'must name a field');

/** MongoDB refuses to change a field and a part of it at once. */
const isFreeOfOverlap = (paths: readonly string[]): boolean =>
  !paths.some((path, index) =>
    paths.some((other, otherIndex) => index !== otherIndex && `${other}.`.startsWith(`${path}.`)),
  );

export const MongodbEffect = z
  .object({
    store: z.literal('mongodb'),
    /** In Rocket.Chat's database. */
    collection: z.string().regex(/^[A-Za-z_][\w.-]*$/u),
    /** `_id` of the document, a string as everywhere in Rocket.Chat. */
    id: z.string().min(1),
    /** Fields and what they become; without `set` and `unset` the document goes. */
    set: changes(fieldPath, ErasedValue).optional(),
    /** Fields that go: a message whose list of attachments is null breaks its reader. */
    unset: z.array(fieldPath).min(1).optional(),
  })
  .refine(
    ({ set, unset }) => isFreeOfOverlap([...Object.keys(set ?? {}), ...(unset ?? [])]),
    'names a field and a part of it, or one field twice',
  );
export type MongodbEffect = z.infer<typeof MongodbEffect>;

export const FirestoreEffect = z.object({
  store: z.literal('firestore'),
  /** `collection/id` in `(default)`. */
  path: z.string().regex(/^[^/]+\/[^/]+$/u),
  /** Top-level fields and what they become, as a whole (an erased record's `facts`); absent: the document goes. */
  set: changes(z.string().regex(/^\w+$/u), z.json()).optional(),
});
export type FirestoreEffect = z.infer<typeof FirestoreEffect>;

export const FileEffect = z.object({
  store: z.literal('files'),
  /** File or folder, absolute on the filer. */
  path: z
    .string()
    .regex(/^(?:\/[^/\0]+)+$/u, 'must be absolute, without a slash at its end')
    .refine(path => !path.split('/').some(name => name === '.' || name === '..'), 'must not lead elsewhere'),
});
export type FileEffect = z.infer<typeof FileEffect>;

export const ErasureOrder = z.object({
  v: z.literal(1),
  orderId: z.string().min(1).max(100),
  /** When it was done. Restores of snapshots taken before this must apply it. */
  erasedAt: z.iso.datetime(),
  /** From then on no snapshot holds the data any more, and the order itself may go. */
  obsoleteAfter: z.iso.datetime(),
  effects: z.array(z.discriminatedUnion('store', [MongodbEffect, FirestoreEffect, FileEffect])).min(1),
});
export type ErasureOrder = z.infer<typeof ErasureOrder>;

/** Collection of `ops` that holds the pending orders. */
export const ERASURES_COLLECTION = 'erasures';
