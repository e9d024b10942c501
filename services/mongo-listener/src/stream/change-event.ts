import { chatVersion } from '@innkeeper/shared/contracts/chat-change';
import { type Document, Timestamp } from 'mongodb';
import * as z from 'zod';
import { COLLECTIONS, FOLLOWED, type Followed, type SourceChange } from '../source-document.ts';
import type { HealingReason } from './stream-failure.ts';

/** What one event of the change stream means to us. Pure: parses an unknown event once. */
export type StreamHappening =
  | { readonly kind: 'change'; readonly change: SourceChange }
  /** The stream goes on with a gap: documents went without a deletion each. */
  | { readonly kind: 'broken'; readonly reason: HealingReason; readonly collection: string }
  /** Not an event as MongoDB documents it. `fields` names what was wrong. */
  | { readonly kind: 'unreadable'; readonly followed: Followed; readonly id: unknown; readonly fields: string }
  /** Of a collection that is not followed. */
  | { readonly kind: 'foreign' };

const isDocument = (value: unknown): value is Document => typeof value === 'object' && value !== null;
const document = z.custom<Document>(isDocument);
const namespace = z.object({ db: z.string(), coll: z.string().optional() });

const change = z.object({
  operationType: z.enum(['insert', 'update', 'replace', 'delete']),
  clusterTime: z.instanceof(Timestamp),
  ns: namespace,
  documentKey: z.object({ _id: z.unknown() }),
  fullDocument: document.nullish(),
  updateDescription: z
    .object({
      updatedFields: document.nullish(),
      removedFields: z.array(z.string()).nullish(),
      truncatedArrays: z.array(z.object({ field: z.string() })).nullish(),
    })
    .nullish(),
});
type Change = z.infer<typeof change>;

const ChangeEvent = z.discriminatedUnion('operationType', [
  change,
  z.object({ operationType: z.literal('drop'), ns: namespace }),
  z.object({ operationType: z.literal('rename'), ns: namespace, to: namespace }),
  z.object({ operationType: z.enum(['dropDatabase', 'invalidate']) }),
]);

const FOLLOWED_BY_COLLECTION: ReadonlyMap<string, Followed> = new Map(
  FOLLOWED.map(followed => [COLLECTIONS[followed], followed]),
);
const isFollowed = (collection: string | undefined): collection is string =>
  collection !== undefined && FOLLOWED_BY_COLLECTION.has(collection);

export function parseChangeEvent(event: unknown): StreamHappening {
  const parsed = ChangeEvent.safeParse(event);
  if (!parsed.success) return toUnreadable(event, parsed.error);
  const found = parsed.data;
  switch (found.operationType) {
    case 'insert':
    case 'update':
    case 'replace':
    case 'delete':
      return toChange(found);
    case 'drop':
      return isFollowed(found.ns.coll)
        ? { kind: 'broken', reason: 'collection_dropped', collection: found.ns.coll }
        : FOREIGN;
    case 'rename': {
      const renamed = [found.ns.coll, found.to.coll].find(isFollowed);
      return renamed === undefined ? FOREIGN : { kind: 'broken', reason: 'collection_renamed', collection: renamed };
    }
    case 'dropDatabase':
      return { kind: 'broken', reason: 'database_dropped', collection: '*' };
    case 'invalidate':
      return { kind: 'broken', reason: 'invalidated', collection: '*' };
  }
}

function toChange(event: Change): StreamHappening {
  const followed = FOLLOWED_BY_COLLECTION.get(event.ns.coll ?? '');
  if (followed === undefined) return FOREIGN;
  const touched = touchedFields(event);
  return {
    kind: 'change',
    change: {
      followed,
      operation: event.operationType,
      id: event.documentKey._id,
      version: chatVersion(event.clusterTime.t, event.clusterTime.i),
      origin: 'stream',
      ...(isDocument(event.fullDocument) ? { document: event.fullDocument } : {}),
      ...(touched === undefined ? {} : { touched }),
    },
  };
}

function touchedFields({ operationType, updateDescription }: Change): ReadonlySet<string> | undefined {
  if (operationType !== 'update' || !isDocument(updateDescription)) return undefined;
  const touched = new Set<string>();
  for (const path in updateDescription.updatedFields) touched.add(topLevel(path));
  for (const path of updateDescription.removedFields ?? []) touched.add(topLevel(path));
  for (const { field } of updateDescription.truncatedArrays ?? []) touched.add(topLevel(field));
  return touched;
}

function topLevel(path: string): string {
  const dot = path.indexOf('.');
  return dot === -1 ? path : path.slice(0, dot);
}

/** As much of an unreadable event as tells what to look at. */
const Fragments = z.object({
  ns: z.object({ coll: z.string().optional().catch(undefined) }).catch({}),
  documentKey: z.object({ _id: z.unknown() }).optional().catch(undefined),
  _id: z.unknown(),
});

function toUnreadable(event: unknown, error: z.ZodError): StreamHappening {
  const seen = Fragments.safeParse(event).data;
  const collection = seen?.ns.coll;
  const followed = FOLLOWED_BY_COLLECTION.get(collection ?? '');
  if (collection !== undefined && followed === undefined) return FOREIGN;
  return {
    kind: 'unreadable',
    followed: followed ?? 'message',
    id: seen?.documentKey?._id ?? seen?._id,
    fields: error.issues.map(issue => `${issue.path.join('.')}: ${issue.code}`).join(', '),
  };
}

const FOREIGN: StreamHappening = { kind: 'foreign' };
