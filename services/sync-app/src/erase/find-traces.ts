import { ChatMessageDocument } from '@innkeeper/shared/contracts/chat-documents';
import { Interaction } from '@innkeeper/shared/contracts/interaction';
import { Parked } from '@innkeeper/shared/contracts/parked';
import { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import type { DocumentPath, DocumentStore, StoredDocument, StoreError } from '@innkeeper/shared/ports/document-store';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { isErased, isErasedEvent } from './erased-documents.ts';
import type { PersonRecords } from './find-records.ts';
import { type Recognised, recogniserOf } from './recognise-person.ts';
import { scan } from './scan.ts';

/** Where else a person stands: each collection is read once, to its end. I/O: the document store. */
export interface Traces {
  readonly events: readonly StoredDocument[];
  /** Payloads beside their event, in the overflow bucket. */
  readonly r2Keys: readonly string[];
  readonly parked: readonly StoredDocument[];
  readonly interactions: readonly StoredDocument[];
  /** Ids of the assistant's own posts. */
  readonly posts: readonly string[];
  /** Documents of `chatMessages` that hold what those posts said. */
  readonly postCopies: readonly StoredDocument[];
  readonly toDecide: ToDecide;
}

/** What only a person can tell: other people's words, and namesakes. Ids, never a text. */
export interface ToDecide {
  readonly chatMessages: readonly { readonly messageId: string; readonly roomId: string; readonly sentAt: string }[];
  /** Raw events that carry the name and nothing else of the guest's. */
  readonly events: readonly string[];
}

export async function findTraces(
  store: DocumentStore,
  { person, records }: Pick<PersonRecords, 'person' | 'records'>,
  knownPosts: readonly string[],
): Promise<Result<Traces, StoreError>> {
  const recognise = recogniserOf(person);
  const namesakes: string[] = [];
  const events = await scan(store, 'events', document => {
    const found = recogniseEvent(document, records, recognise);
    if (found === 'by_name') namesakes.push(idOf(document));
    return found === 'by_contact' ? document : undefined;
  });
  if (!events.ok) return events;
  const subjects = new Set<string>([
    ...records.map(({ key }) => `records/${key}`),
    ...events.value.map(({ path }) => path),
  ]);
  const parked = await scan(store, 'parked', document => {
    const subject = Parked.safeParse(document.fields).data?.subject ?? '';
    return subjects.has(subject) && !isErased(document) ? document : undefined;
  });
  if (!parked.ok) return parked;
  const keys = new Set<string>(records.map(({ key }) => key));
  const interactions = await scan(store, 'interactions', document =>
    isAbout(document, keys, recognise) ? document : undefined,
  );
  if (!interactions.ok) return interactions;
  const answers = interactions.value.flatMap(
    ({ fields }) => Interaction.safeParse(fields).data?.answerMessageIds ?? [],
  );
  const chat = await scanChat(store, new Set([...knownPosts, ...answers]), recognise);
  if (!chat.ok) return chat;
  return ok({
    events: events.value.filter(document => !isErasedEvent(document)),
    r2Keys: events.value.flatMap(r2KeyOf),
    parked: parked.value,
    interactions: interactions.value.filter(document => !isErased(document)),
    posts: chat.value.posts,
    postCopies: chat.value.copies,
    toDecide: { chatMessages: chat.value.others, events: namesakes },
  });
}

type Recognise = (text: string) => Recognised;

function recogniseEvent(
  document: StoredDocument,
  records: readonly BusinessRecord[],
  recognise: Recognise,
): Recognised {
  const event = StoredEvent.safeParse(document.fields).data;
  if (event === undefined) return 'not';
  const keys = new Set<string>(records.map(({ key }) => key));
  if (event.records.some(key => keys.has(key))) return 'by_contact';
  if (!('inline' in event.payload)) return 'not';
  const ids = new Set(records.map(({ sourceId }) => sourceId).filter(isUnmistakable));
  return leavesOf(event.payload.inline).some(leaf => ids.has(leaf)) ? 'by_contact' : recognise(event.payload.inline);
}

/** A short number would be found everywhere. */
const isUnmistakable = (sourceId: string): boolean => sourceId.length >= 6;

function leavesOf(json: string): string[] {
  const leaves: string[] = [];
  try {
    JSON.parse(json, (_key, value: unknown) => {
      if (typeof value === 'string' || typeof value === 'number') leaves.push(String(value));
      return value;
    });
  } catch {
    return []; // Not JSON: what it names is looked for in its text.
  }
  return leaves;
}

function isAbout({ fields }: StoredDocument, keys: ReadonlySet<string>, recognise: Recognise): boolean {
  const interaction = Interaction.safeParse(fields).data;
  if (interaction === undefined) return false;
  const { question, answer, plan, sources } = interaction;
  return (
    sources.some(({ key }) => keys.has(key)) || recognise(JSON.stringify([question, answer, plan, sources])) !== 'not'
  );
}

interface ChatTraces {
  readonly posts: readonly string[];
  readonly copies: readonly StoredDocument[];
  readonly others: ToDecide['chatMessages'];
}

async function scanChat(
  store: DocumentStore,
  answers: ReadonlySet<string>,
  recognise: Recognise,
): Promise<Result<ChatTraces, StoreError>> {
  const posts = new Set(answers);
  const others: ToDecide['chatMessages'][number][] = [];
  const copies = await scan(store, 'chatMessages', document => {
    const message = ChatMessageDocument.safeParse(document.fields).data;
    if (message === undefined || message.deleted) return undefined;
    const messageId = decodeURIComponent(idOf(document));
    const isNamed = recognise(message.text) !== 'not';
    if (message.role !== 'bot') {
      if (isNamed) others.push({ messageId, roomId: message.roomId, sentAt: message.sentAt });
      return undefined;
    }
    if (isNamed) posts.add(messageId);
    return posts.has(messageId) && !isErased(document) ? document : undefined;
  });
  return copies.ok ? ok({ posts: [...posts].sort(), copies: copies.value, others }) : copies;
}

function r2KeyOf({ fields }: StoredDocument): string[] {
  const payload = StoredEvent.safeParse(fields).data?.payload;
  return payload !== undefined && 'r2Key' in payload ? [payload.r2Key] : [];
}

const idOf = ({ path }: { readonly path: DocumentPath }): string => path.slice(path.indexOf('/') + 1);
