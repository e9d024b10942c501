import { chatDocumentId } from '@innkeeper/shared/domain/ids';
import type { DocumentStore, StoredDocument, StoreError } from '@innkeeper/shared/ports/document-store';
import { ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { Followed } from '../source-document.ts';

/** What downstream knows of one thing in Rocket.Chat. */
export interface KnownId {
  readonly id: string;
  readonly version: number;
  /** Already taken back: it cannot be missed. */
  readonly gone: boolean;
}

/** Small documents, read by two fields: one round trip for many. */
const PAGE_DOCUMENTS = 1_000;

/**
 * Ids known downstream in ascending order behind `after`, tombstones included. Pages are never empty. Ends after the
 * first failure.
 */
export async function* knownIds(
  store: DocumentStore,
  followed: Followed,
  after: string | undefined,
): AsyncGenerator<Result<KnownId[], StoreError>, void> {
  const { collection, prefix, select, read } = PLACES[followed];
  let last = after === undefined ? prefix : prefix + chatDocumentId(after);
  for (;;) {
    const page = await store.query({
      collection,
      select,
      orderBy: [{ field: '__name__', direction: 'asc' }],
      limit: PAGE_DOCUMENTS,
      ...(last !== '' && { startAfter: [last] }),
    });
    if (!page.ok) {
      yield page;
      return;
    }
    const known: KnownId[] = [];
    for (const document of page.value) {
      last = document.path.slice(collection.length + 1);
      // Behind the last of its prefix comes nothing of ours.
      if (!last.startsWith(prefix)) break;
      known.push({ id: rocketChatIdOf(last.slice(prefix.length)), ...read(document) });
    }
    if (known.length > 0) yield ok(known);
    if (known.length < PAGE_DOCUMENTS) return;
  }
}

/** Whether anything was ever handed on. */
export async function isAnythingKnown(store: DocumentStore): Promise<Result<boolean, StoreError>> {
  for (const { collection } of Object.values(PLACES)) {
    const first = await store.query({ collection, select: ['v'], limit: 1 });
    if (!first.ok) return first;
    if (first.value.length > 0) return ok(true);
  }
  return ok(false);
}

/** Which of the ids are known, whatever their order. */
export async function knownAmong(
  store: DocumentStore,
  followed: Followed,
  ids: readonly string[],
): Promise<Result<ReadonlySet<string>, StoreError>> {
  if (ids.length === 0) return ok(new Set());
  const { collection, prefix } = PLACES[followed];
  const documents = await store.getAll(ids.map(id => `${collection}/${prefix}${chatDocumentId(id)}` as const));
  return documents.ok ? ok(new Set(ids.filter((_id, index) => documents.value[index] !== undefined))) : documents;
}

interface Place {
  readonly collection: string;
  /** Of the ids that stand for one of these. */
  readonly prefix: string;
  readonly select: readonly string[];
  readonly read: (document: StoredDocument) => Omit<KnownId, 'id'>;
}

const Guarded = z.object({ version: z.int(), deleted: z.boolean() });
const guarded = (collection: string): Place => ({
  collection,
  prefix: '',
  select: ['version', 'deleted'],
  read: ({ fields }) => {
    const read = Guarded.safeParse(fields);
    return read.success ? { version: read.data.version, gone: read.data.deleted } : UNREADABLE;
  },
});

const Access = z.object({ user: z.object({ version: z.int(), active: z.boolean() }) });

/** Older than anything, so that it is looked up. */
const UNREADABLE = { version: 0, gone: false };

const PLACES: Readonly<Record<Followed, Place>> = {
  message: guarded('chatMessages'),
  room: guarded('chatRooms'),
  subscription: guarded('chatMembers'),
  user: {
    collection: 'chatAccess',
    prefix: 'user:',
    select: ['user'],
    // Somebody inactive reads nothing, removed or not. Of somebody without `user` only memberships are known.
    read: ({ fields }) => {
      const read = Access.safeParse(fields);
      return read.success
        ? { version: read.data.user.version, gone: !read.data.user.active }
        : { version: 0, gone: true };
    },
  },
};

const rocketChatIdOf = (documentId: string): string => documentId.replaceAll('%2F', '/').replaceAll('%25', '%');
