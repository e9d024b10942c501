import type { ChatMessageDocument, ChatRoomDocument } from '@innkeeper/shared/contracts/chat-documents';
import type { PointPayload } from '@innkeeper/shared/contracts/point-payload';
import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { Question, type Scope } from '@innkeeper/shared/domain/question';
import { createLog } from '@innkeeper/shared/log/log';
import type { DocumentFields, DocumentPath } from '@innkeeper/shared/ports/document-store';
import type { LanguageModel } from '@innkeeper/shared/ports/language-model';
import { buildPayload } from '@innkeeper/shared/testing/build-point';
import { hashEmbedder } from '@innkeeper/shared/testing/hash-embedder';
import { type DocumentStoreFault, inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryVectorStore } from '@innkeeper/shared/testing/in-memory-vector-store';
import { scriptedLanguageModel } from '@innkeeper/shared/testing/scripted-language-model';
import { toPayloads } from '@innkeeper/vectorize/converge/points';
import { describeRecord } from '@innkeeper/vectorize/text/describe-record';
import { joinKeys, toJoined } from '@innkeeper/vectorize/text/joins';
import { type AnswerPorts, answerQuestion } from '../../src/answer-question.ts';
import { linksTo } from '../../src/compose/links.ts';
import { BOT_ID } from './raw-chat.ts';
import { ASKED_AT, world } from './world.ts';

/** A company with a team chat, in memory: what is put in is stored and indexed, and questions are answered from it. */
export interface ChatDeskOptions {
  readonly fault?: DocumentStoreFault;
  readonly model?: LanguageModel;
  /** The company's homes; those of the small world unless told. */
  readonly homes?: readonly BusinessRecord[];
}

export function chatDesk(options: ChatDeskOptions = {}) {
  const documents = inMemoryDocumentStore(options.fault === undefined ? {} : { fault: options.fault });
  const vectors = inMemoryVectorStore();
  const embedder = hashEmbedder();
  const searches: string[] = [];
  const homes = options.homes ?? world;

  const put = async (path: DocumentPath, fields: object): Promise<void> => {
    const done = await documents.commit([
      { op: 'set', path, fields: JSON.parse(JSON.stringify(fields)) as DocumentFields },
    ]);
    if (!done.ok) throw new Error(done.error.detail);
  };
  const putAll = async (entries: readonly (readonly [DocumentPath, object])[]): Promise<void> => {
    for (const [path, fields] of entries) await put(path, fields);
  };
  const index = async (
    payload: Partial<PointPayload> & Pick<PointPayload, 'docKey' | 'text'>,
    id: string = payload.docKey,
  ): Promise<void> => {
    const embedded = await embedder.embed([payload.text], 'document');
    const dense = embedded.ok ? embedded.value[0] : undefined;
    await vectors.upsert([{ id, payload: buildPayload(payload), ...(dense === undefined ? {} : { dense }) }]);
  };
  /** Stores a message and indexes what it said then, whatever it says now. */
  const putMessage = async (
    id: string,
    message: ChatMessageDocument,
    indexed: { readonly roomId: string; readonly text: string; readonly threadId?: string; readonly sentAt: string },
  ): Promise<void> => {
    const { sentAt, ...said } = indexed;
    await put(`chatMessages/${id}`, message);
    await index({
      ...said,
      docKey: `chat-message:${id}`,
      kind: 'chat-message',
      source: 'rocketchat',
      startsAt: sentAt,
    });
  };
  /** Stores records and indexes them as the pipeline would have. */
  const putRecords = async (records: readonly BusinessRecord[]): Promise<void> => {
    for (const record of records) {
      await put(`records/${record.key}`, record);
      const near = new Set<string>(joinKeys(record));
      const joined = toJoined([...records, ...homes].filter(other => near.has(other.key)));
      const searchable = describeRecord(record, joined);
      if (searchable === undefined) continue;
      const { key: docKey, kind, source, deleted } = record;
      for (const payload of toPayloads({ docKey, kind, source, deleted, version: 1, searchable })) {
        await index(payload, `${docKey} ${payload.chunk}`);
      }
    }
  };
  const ports: AnswerPorts = {
    documents,
    vectors: {
      scrollAll: (...call) => {
        searches.push('scroll');
        return vectors.scrollAll(...call);
      },
      hybridSearch: query => {
        searches.push('hybrid');
        return vectors.hybridSearch(query);
      },
    },
    embedder,
    model: options.model ?? scriptedLanguageModel(() => ({ fails: { kind: 'unavailable', detail: '' } })),
    log: createLog('test', () => undefined),
    now: () => Date.parse(ASKED_AT),
    links: linksTo({ guestyApp: 'https://g.example', aircallApp: 'https://a.example' }),
    botUsername: 'innkeeper',
    botUserId: BOT_ID,
    words: [],
  };
  const ask = async (
    text: string,
    place: {
      readonly roomId: string;
      readonly askerId: string;
      readonly scope?: Exclude<Scope, 'none'>;
      /** When it was asked; the small world's moment unless told. */
      readonly at?: string;
    },
  ) => {
    const question = Question.parse({
      messageId: 'q',
      roomId: place.roomId,
      roomType: 'private',
      askerId: place.askerId,
      askerName: place.askerId,
      text,
      askedAt: place.at ?? ASKED_AT,
      edited: false,
    });
    const listings = Promise.resolve({ ok: true as const, value: homes.filter(record => record.kind === 'listing') });
    const deadline = Date.parse(ASKED_AT) + 8_000;
    const answered = await answerQuestion({ question, scope: place.scope ?? 'full', deadline, listings }, ports);
    if (!answered.ok) throw new Error(answered.error.detail);
    return answered.value;
  };
  return { ports, embedder, searches, put, putAll, putMessage, putRecords, ask };
}

export const talkRoom = (
  type: ChatRoomDocument extends infer R ? (R extends { type: infer T } ? T : never) : never,
  more: object = {},
): ChatRoomDocument => ({
  v: 1,
  version: 1,
  deleted: false,
  type,
  teamMain: false,
  archived: false,
  directUserIds: [],
  ...more,
});
