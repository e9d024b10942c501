import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ChatRoom, ChatUser, StoredMessage } from './chat-shapes.ts';
import { OutgoingIntegration } from './outgoing-body.ts';

/** Users, rooms and messages in one SQLite file; every write is durable against `kill -9` when the call returns. */
export interface ChatStore {
  putUser(user: ChatUser): void;
  user(id: string): ChatUser | undefined;
  userNamed(username: string): ChatUser | undefined;
  putRoom(room: ChatRoom): void;
  room(id: string): ChatRoom | undefined;
  rooms(): ChatRoom[];
  /** False when the id is taken; nothing is changed then. */
  insertMessage(message: StoredMessage): boolean;
  replaceMessage(message: StoredMessage): void;
  deleteMessage(id: string): void;
  message(id: string): StoredMessage | undefined;
  /** Newest first, as Rocket.Chat lists them. */
  messages(query: MessageQuery): StoredMessage[];
  countMessages(query: Pick<MessageQuery, 'roomId' | 'threadId'>): number;
  integration(): OutgoingIntegration | undefined;
  putIntegration(integration: OutgoingIntegration): void;
  close(): void;
}

export interface MessageQuery {
  readonly roomId?: string | undefined;
  readonly threadId?: string | undefined;
  /** ISO instants; both ends included. */
  readonly oldest?: string | undefined;
  readonly latest?: string | undefined;
  readonly offset: number;
  readonly count: number;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS users (id TEXT PRIMARY KEY, username TEXT UNIQUE NOT NULL, document TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS rooms (id TEXT PRIMARY KEY, document TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS integrations (id TEXT PRIMARY KEY, document TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, rid TEXT NOT NULL, tmid TEXT, ts TEXT NOT NULL,
    document TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS messages_by_room ON messages (rid, ts);
  CREATE INDEX IF NOT EXISTS messages_by_thread ON messages (tmid, ts);
`;

const MATCHING = `
  FROM messages
  WHERE (:rid IS NULL OR rid = :rid) AND (:tmid IS NULL OR tmid = :tmid)
    AND (:oldest IS NULL OR ts >= :oldest) AND (:latest IS NULL OR ts <= :latest)
`;

export function openChatStore(stateDirectory: string): ChatStore {
  mkdirSync(stateDirectory, { recursive: true });
  const database = new DatabaseSync(path.join(stateDirectory, 'state.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
  database.exec(SCHEMA);
  const sql = {
    putUser: database.prepare('INSERT OR REPLACE INTO users (id, username, document) VALUES (?, ?, ?)'),
    user: database.prepare('SELECT document FROM users WHERE id = ?'),
    userNamed: database.prepare('SELECT document FROM users WHERE username = ?'),
    putRoom: database.prepare('INSERT OR REPLACE INTO rooms (id, document) VALUES (?, ?)'),
    room: database.prepare('SELECT document FROM rooms WHERE id = ?'),
    rooms: database.prepare('SELECT document FROM rooms ORDER BY id'),
    integration: database.prepare('SELECT document FROM integrations'),
    putIntegration: database.prepare('INSERT OR REPLACE INTO integrations (id, document) VALUES (?, ?)'),
    insert: database.prepare('INSERT OR IGNORE INTO messages (id, rid, tmid, ts, document) VALUES (?, ?, ?, ?, ?)'),
    replace: database.prepare('UPDATE messages SET document = ? WHERE id = ?'),
    remove: database.prepare('DELETE FROM messages WHERE id = ?'),
    message: database.prepare('SELECT document FROM messages WHERE id = ?'),
    messages: database.prepare(`SELECT document ${MATCHING} ORDER BY ts DESC, seq DESC LIMIT :count OFFSET :offset`),
    count: database.prepare(`SELECT count(*) AS total ${MATCHING}`),
  };
  const json = (row: Record<string, unknown> | undefined): unknown =>
    row === undefined ? undefined : JSON.parse(String(row['document']));
  const bindings = (query: Partial<MessageQuery>) => ({
    ':rid': query.roomId ?? null,
    ':tmid': query.threadId ?? null,
    ':oldest': query.oldest ?? null,
    ':latest': query.latest ?? null,
  });
  return {
    putUser: user => void sql.putUser.run(user._id, user.username, JSON.stringify(user)),
    user: id => ChatUser.optional().parse(json(sql.user.get(id))),
    userNamed: username => ChatUser.optional().parse(json(sql.userNamed.get(username))),
    putRoom: room => void sql.putRoom.run(room._id, JSON.stringify(room)),
    room: id => ChatRoom.optional().parse(json(sql.room.get(id))),
    rooms: () => sql.rooms.all().map(row => ChatRoom.parse(json(row))),
    insertMessage: message =>
      sql.insert.run(message._id, message.rid, message.tmid ?? null, message.ts, JSON.stringify(message)).changes === 1,
    replaceMessage: message => void sql.replace.run(JSON.stringify(message), message._id),
    deleteMessage: id => void sql.remove.run(id),
    message: id => StoredMessage.optional().parse(json(sql.message.get(id))),
    messages: query =>
      sql.messages
        .all({ ...bindings(query), ':count': query.count, ':offset': query.offset })
        .map(row => StoredMessage.parse(json(row))),
    countMessages: query => Number(sql.count.get(bindings(query))?.['total'] ?? 0),
    integration: () => OutgoingIntegration.optional().parse(json(sql.integration.get())),
    putIntegration: integration => void sql.putIntegration.run(integration.id, JSON.stringify(integration)),
    close: () => database.close(),
  };
}
