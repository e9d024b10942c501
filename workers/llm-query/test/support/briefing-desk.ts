import { DatabaseSync } from 'node:sqlite';
import { pointId } from '@innkeeper/shared/adapters/qdrant/point-id';
import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import type { LogFields } from '@innkeeper/shared/log/log';
import type { DocumentFields, DocumentPath } from '@innkeeper/shared/ports/document-store';
import type { ChatError, TeamChat } from '@innkeeper/shared/ports/team-chat';
import { err, type Result } from '@innkeeper/shared/result/result';
import { type DocumentStoreFault, inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryTeamChat } from '@innkeeper/shared/testing/in-memory-team-chat';
import { inMemoryVectorStore, type VectorStoreFault } from '@innkeeper/shared/testing/in-memory-vector-store';
import { toPayloads } from '@innkeeper/vectorize/converge/points';
import { describeRecord } from '@innkeeper/vectorize/text/describe-record';
import { joinKeys, toJoined } from '@innkeeper/vectorize/text/joins';
import { BriefedRooms } from '../../src/briefing/briefing-settings.ts';
import type { BriefingStorage } from '../../src/briefing/briefing-storage.ts';
import { NewsBook } from '../../src/briefing/news-book.ts';
import { PostBook } from '../../src/briefing/post-book.ts';
import { runRound } from '../../src/briefing/run-round.ts';
import type { PostPorts } from '../../src/briefing/settle-post.ts';
import { linksTo } from '../../src/compose/links.ts';
import { AssistantScopes } from '../../src/scopes.ts';

/** A company, its chat and the object that briefs it, in memory: rounds run at whatever time `atMs` says. */
export interface BriefingDesk {
  atMs: number;
  briefings: BriefedRooms;
  /** How long a changed booking rests. */
  newsQuietMs: number;
  scopes: AssistantScopes;
  readonly chat: ReturnType<typeof inMemoryTeamChat>;
  readonly logged: readonly { readonly event: string; readonly fields: LogFields }[];
  /** Writes records and their points, as the pipeline would have. */
  put(records: readonly BusinessRecord[]): Promise<void>;
  /** A room of the chat, and what the copy of the chat knows of it. */
  addRoom(id: string, name: string, type?: 'c' | 'p' | 'd'): Promise<void>;
  /** One cron, by a process that has just started: nothing but the storage is left of the one before. */
  round(): Promise<void>;
  /** What stands in a room, in order. */
  posts(roomId: string): string[];
}

/** Where and how the world around a round may fail. A fault may also throw: then the process ended there. */
export interface DeskFaults {
  readonly documents?: DocumentStoreFault;
  readonly vectors?: VectorStoreFault;
  /** Before a message is sent, and after it was: then only the answer is lost. */
  readonly chat?: (phase: 'before' | 'after') => 'unavailable' | undefined;
}

export function briefingDesk(faults: DeskFaults = {}): BriefingDesk {
  let isSetUp = false;
  const documents = inMemoryDocumentStore({ fault: point => (isSetUp ? faults.documents?.(point) : undefined) });
  const vectors = inMemoryVectorStore({ fault: operation => (isSetUp ? faults.vectors?.(operation) : undefined) });
  const chat = inMemoryTeamChat();
  const storage = storageInMemory();
  const logged: { event: string; fields: LogFields }[] = [];
  const note = (event: string, fields: LogFields = {}): void => void logged.push({ event, fields });
  const all = new Map<string, BusinessRecord>();

  const failing = async <T>(call: () => Promise<Result<T, ChatError>>): Promise<Result<T, ChatError>> => {
    const before = faults.chat?.('before');
    if (before !== undefined) return err({ kind: before, detail: 'chat is down' });
    const answered = await call();
    const after = faults.chat?.('after');
    return after === undefined ? answered : err({ kind: after, detail: 'the answer was lost' });
  };
  const chatNow: TeamChat = {
    ...chat,
    sendMessage: message => failing(() => chat.sendMessage(message)),
    updateMessage: message => failing(() => chat.updateMessage(message)),
  };
  const store = async (entries: readonly (readonly [DocumentPath, object])[]): Promise<void> => {
    const written = await documents.commit(
      entries.map(([path, fields]) => ({
        op: 'set',
        path,
        fields: JSON.parse(JSON.stringify(fields)) as DocumentFields,
      })),
    );
    if (!written.ok) throw new Error(written.error.detail);
  };
  const undisturbed = async (work: () => Promise<void>): Promise<void> => {
    isSetUp = false;
    await work();
    isSetUp = true;
  };

  const desk: BriefingDesk = {
    atMs: 0,
    briefings: [],
    newsQuietMs: 180_000,
    scopes: AssistantScopes.parse({ rooms: { '*': 'full' } }),
    chat,
    logged,
    put: records =>
      undisturbed(async () => {
        await store(records.map(record => [`records/${record.key}`, record]));
        for (const record of records) all.set(record.key, record);
        for (const record of records) {
          const near = new Set<string>(joinKeys(record));
          const joined = toJoined([...all.values()].filter(other => near.has(other.key) || other.kind === 'listing'));
          const searchable = describeRecord(record, joined);
          if (searchable === undefined) continue;
          const payloads = toPayloads({
            docKey: record.key,
            kind: record.kind,
            source: record.source,
            deleted: record.deleted,
            searchable,
            version: Date.parse(record.receivedAt) * 1000,
          });
          const written = await vectors.upsert(
            payloads.map((payload, chunk) => ({ id: pointId(record.key, chunk), payload })),
          );
          if (!written.ok) throw new Error(written.error.detail);
        }
      }),
    addRoom: (id, name, type = 'c') =>
      undisturbed(async () => {
        chat.addRoom(id, type === 'c' ? 'public' : type === 'p' ? 'private' : 'direct');
        const room = { v: 1, version: 1, deleted: false, type, name, teamMain: false, archived: false };
        await store([[`chatRooms/${id}`, { ...room, directUserIds: [] }]]);
      }),
    async round() {
      const ports: PostPorts = {
        now: () => desk.atMs,
        documents,
        vectors,
        chat: chatNow,
        // Briefings search for nothing by meaning.
        embedder: {
          model: 'none',
          dimensions: 1,
          embed: () => Promise.resolve(err({ kind: 'unavailable', detail: 'not asked' })),
        },
        links: linksTo({ guestyApp: 'https://guesty.example', aircallApp: 'https://aircall.example' }),
        log: { info: note, warn: note, error: note },
        scopes: desk.scopes,
        briefings: desk.briefings,
        newsQuietMs: desk.newsQuietMs,
      };
      await runRound({ posts: new PostBook(storage), news: new NewsBook(storage) }, ports);
    },
    posts: roomId => chat.messages.filter(message => message.roomId === roomId).map(({ text }) => text),
  };
  isSetUp = true;
  return desk;
}

/** The object's own storage, on Node's SQLite: it outlives every round. */
function storageInMemory(): BriefingStorage {
  const database = new DatabaseSync(':memory:');
  return {
    exec<Row extends Record<string, string | number | null>>(
      statement: string,
      ...bindings: (string | number | null)[]
    ) {
      const rows = database.prepare(statement).all(...bindings) as Row[];
      return { toArray: () => rows };
    },
  };
}

export const briefed = (...rooms: object[]): BriefedRooms =>
  BriefedRooms.parse(rooms.map(room => ({ room: '#front-desk', zone: 'Europe/Lisbon', ...room })));
