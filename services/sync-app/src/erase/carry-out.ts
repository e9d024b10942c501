import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { recordKey } from '@innkeeper/shared/domain/ids';
import { type CommitPorts, commitChanges } from '@innkeeper/shared/ingest/commit-changes';
import type {
  DocumentFields,
  DocumentPath,
  DocumentStore,
  DocumentWrite,
  StoredDocument,
  StoreError,
} from '@innkeeper/shared/ports/document-store';
import type { TeamChat } from '@innkeeper/shared/ports/team-chat';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { ERASED_TEXT, erasedFields, erasureOf, type Order } from './erased-documents.ts';
import type { PersonRecords } from './find-records.ts';
import type { Traces } from './find-traces.ts';

/**
 * Takes the person out, place by place. What leads to other places goes last, the guest's own record at the very end, so
 * that whatever is left after a crash is found again. Doing it twice changes nothing. I/O: the document store, the chat.
 */
export interface ErasePorts extends CommitPorts {
  readonly chat: TeamChat;
}

export interface Done {
  readonly records: number;
  readonly events: number;
  readonly parked: number;
  readonly interactions: number;
  readonly posts: number;
  /** Posts that are not there any more, or not for the assistant to see. */
  readonly postsGone: number;
  readonly links: number;
}

/** In a sentence what could not be done; everything before it is. */
export async function carryOut(
  ports: ErasePorts,
  found: PersonRecords,
  traces: Traces,
  order: Order,
): Promise<Result<Done, string>> {
  const posts = await editPosts(ports.chat, traces.posts);
  if (!posts.ok) return posts;
  const rewritten = [
    ...traces.postCopies.map(document => setFields(document, erasedFields.chatMessages)),
    ...traces.interactions.map(document => setFields(document, erasedFields.interactions)),
    ...traces.events.map(document => setFields(document, erasedFields.events)),
    ...traces.parked.map(document => setFields(document, erasedFields.parked)),
  ];
  for (const write of rewritten) {
    const written = await ports.store.commit([write]);
    if (!written.ok) return err(explain(write.path, written.error));
  }
  const { guestId, guestKey, records } = found;
  for (const record of records.filter(({ key }) => key !== guestKey)) {
    const erased = await eraseRecord(ports, record, order);
    if (!erased.ok) return erased;
  }
  // Also where it was never stored: late words about the guest are recognised by it.
  const erased = await eraseRecord(ports, { source: 'guesty', kind: 'guest', sourceId: guestId }, order);
  if (!erased.ok) return erased;
  const links = await removeLinks(ports.store, found.links);
  if (!links.ok) return links;
  return ok({
    records: records.length,
    events: traces.events.length,
    parked: traces.parked.length,
    interactions: traces.interactions.length,
    ...posts.value,
    links: links.value,
  });
}

async function editPosts(
  chat: TeamChat,
  messageIds: readonly string[],
): Promise<Result<Pick<Done, 'posts' | 'postsGone'>, string>> {
  let posts = 0;
  let postsGone = 0;
  for (const messageId of messageIds) {
    const post = await chat.getMessage(messageId);
    if (!post.ok && post.error.kind === 'not_found') {
      postsGone += 1;
      continue;
    }
    if (!post.ok) return err(`Rocket.Chat does not show the assistant's post ${messageId}: ${post.error.detail}`);
    if (post.value.text === ERASED_TEXT) continue;
    const edited = await chat.updateMessage({ roomId: post.value.roomId, messageId, text: ERASED_TEXT });
    if (!edited.ok) return err(`Rocket.Chat does not change the assistant's post ${messageId}: ${edited.error.detail}`);
    posts += 1;
  }
  return ok({ posts, postsGone });
}

const setFields = ({ path, updateTime }: StoredDocument, fields: DocumentFields): DocumentWrite => ({
  op: 'merge',
  path,
  fields,
  precondition: { updateTime },
});

async function eraseRecord(
  ports: CommitPorts,
  record: Pick<BusinessRecord, 'source' | 'kind' | 'sourceId'>,
  order: Order,
): Promise<Result<void, string>> {
  const committed = await commitChanges(ports, { by: 'erase', changes: [erasureOf(record, order)] });
  if (committed.ok) return ok(undefined);
  const { error } = committed;
  const detail = error.kind === 'facts_insufficient' ? `missing ${error.missing}` : error.detail;
  return err(`records/${recordKey(record.source, record.kind, record.sourceId)}: ${error.kind}, ${detail}`);
}

async function removeLinks(store: DocumentStore, paths: readonly DocumentPath[]): Promise<Result<number, string>> {
  const read = await store.getAll(paths);
  if (!read.ok) return err(explain('phoneLinks', read.error));
  const there = read.value.flatMap(document => document?.path ?? []);
  for (const path of there) {
    const removed = await store.commit([{ op: 'delete', path }]);
    if (!removed.ok) return err(explain(path, removed.error));
  }
  return ok(there.length);
}

const explain = (where: string, { kind, detail }: StoreError): string => `${where}: ${kind}, ${detail}`;
