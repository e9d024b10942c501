import type { ThreadContext } from '@innkeeper/shared/domain/plan';
import { ThreadContext as ThreadContextSchema } from '@innkeeper/shared/domain/plan';
import type { Acceptance } from './acceptance.ts';
import { decideAcceptance } from './acceptance.ts';
import { OfferedQuestion } from './offered-question.ts';
import { Reply } from './reply.ts';

/**
 * What one conversation remembers, in its Durable Object's own SQLite: questions in work, which messages were seen,
 * whom it answered and about what. Synchronous; words of people are dropped as soon as a question is settled.
 */
export interface OpenQuestion {
  readonly messageId: string;
  readonly offered: OfferedQuestion;
  /** Times the question was edited. */
  readonly revision: number;
  /** Tries begun for this revision. */
  readonly attempts: number;
  /** Composed, but not known to be posted. */
  readonly reply: Reply | undefined;
  readonly posted: boolean;
  /** Parts that may stand in the chat already. */
  readonly partsSent: number;
  /** Of which the last are from an earlier text: they are corrected rather than sent. */
  readonly partsBefore: number;
}

/** Beyond this many settled messages the oldest are forgotten: Rocket.Chat re-delivers within three hours. */
const SETTLED_MAX = 300;
const EDITS_REMEMBERED_MAX = 20;

const TABLES = `
  CREATE TABLE IF NOT EXISTS message (
    message_id TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL,
    text_hash TEXT NOT NULL,
    edits_seen TEXT NOT NULL,
    revision INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    accepted_at INTEGER NOT NULL,
    offered TEXT,
    reply TEXT,
    posted INTEGER NOT NULL,
    parts_sent INTEGER NOT NULL,
    parts_before INTEGER NOT NULL
  );
  CREATE TABLE IF NOT EXISTS person (user_id TEXT PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS taken (only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL);
  INSERT OR IGNORE INTO taken (only, number) VALUES (1, 0);
  CREATE TABLE IF NOT EXISTS context (only INTEGER PRIMARY KEY CHECK (only = 1), context TEXT NOT NULL);
`;

type MessageRow = {
  message_id: string;
  sequence: number;
  text_hash: string;
  edits_seen: string;
  revision: number;
  attempts: number;
  due_at: number;
  accepted_at: number;
  offered: string | null;
  reply: string | null;
  posted: number;
  parts_sent: number;
  parts_before: number;
};

export class QuestionLog {
  readonly #sql: SqlStorage;

  /**
   * Most threads of a company never meet the assistant, yet each of their messages may be a follow-up: until a question is
   * taken in, nothing is written, so those threads leave no database behind.
   */
  #isEmpty: boolean;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#isEmpty =
      sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'message'").toArray().length === 0;
  }

  /** Takes a delivery in, once. A `follow_up` of somebody this conversation never answered is nobody's question. */
  offer(offered: OfferedQuestion): Acceptance | 'not_addressed' {
    const { messageId, edited, askerId } = offered.utterance;
    if (this.#isEmpty) {
      if (offered.by === 'follow_up') return 'not_addressed';
      this.#sql.exec(TABLES);
      this.#isEmpty = false;
    }
    const row = this.#row(messageId);
    const editsSeen = row === undefined ? [] : (JSON.parse(row.edits_seen) as string[]);
    const acceptance = decideAcceptance(row && { textHash: row.text_hash, editsSeen }, {
      textHash: offered.textHash,
      edited,
    });
    if (acceptance === 'repeat') return acceptance;
    if (offered.by === 'follow_up' && !this.#knows(askerId)) return 'not_addressed';

    const seen = edited ? [...editsSeen, offered.textHash].slice(-EDITS_REMEMBERED_MAX) : editsSeen;
    const common = [offered.textHash, JSON.stringify(seen), offered.acceptedAt, JSON.stringify(offered)];
    if (acceptance === 'new') {
      this.#sql.exec(
        `INSERT INTO message (text_hash, edits_seen, accepted_at, offered, message_id, sequence, revision, attempts, due_at, posted, parts_sent, parts_before)
         VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(sequence), 0) + 1 FROM message), 0, 0, 0, 0, 0, ?)`,
        ...common,
        messageId,
        // Forgotten since, or answered before the edit by an earlier life of this object: then it is corrected in place.
        edited ? 1 : 0,
      );
    } else {
      this.#sql.exec(
        `UPDATE message SET text_hash = ?, edits_seen = ?, accepted_at = ?, offered = ?, revision = revision + 1, attempts = 0,
           due_at = 0, reply = NULL, posted = 0, parts_before = max(parts_before, parts_sent) WHERE message_id = ?`,
        ...common,
        messageId,
      );
    }
    this.#sql.exec('INSERT OR IGNORE INTO person (user_id) VALUES (?)', askerId);
    this.#sql.exec('UPDATE taken SET number = number + 1');
    return acceptance;
  }

  /** The oldest question whose time has come. */
  nextDue(now: number): OpenQuestion | undefined {
    const [row] = this.#sql
      .exec<MessageRow>(
        'SELECT * FROM message WHERE offered IS NOT NULL AND due_at <= ? ORDER BY sequence LIMIT 1',
        now,
      )
      .toArray();
    return row && openQuestion(row);
  }

  /** When the next question is due; undefined when none is in work. */
  nextDueAt(): number | undefined {
    const row = this.#sql
      .exec<{ due_at: number | null }>('SELECT min(due_at) AS due_at FROM message WHERE offered IS NOT NULL')
      .one();
    return row.due_at ?? undefined;
  }

  /** The question as it stands now: an edit may have come while something was awaited. */
  open(messageId: string): OpenQuestion | undefined {
    const row = this.#row(messageId);
    return row && openQuestion(row);
  }

  begin({ messageId }: OpenQuestion): void {
    this.#sql.exec('UPDATE message SET attempts = attempts + 1 WHERE message_id = ?', messageId);
  }

  /** Kept before the first part is sent, so that a crash posts the same words again instead of others. */
  keepReply({ messageId }: OpenQuestion, reply: Reply): void {
    this.#sql.exec(
      'UPDATE message SET reply = ?, parts_sent = max(parts_sent, ?) WHERE message_id = ?',
      JSON.stringify(reply),
      reply.parts.length,
      messageId,
    );
  }

  /** A holding message goes out first; the answer will correct it. */
  keepHolding({ messageId }: OpenQuestion): void {
    this.#sql.exec(
      'UPDATE message SET parts_sent = max(parts_sent, 1), parts_before = max(parts_before, 1) WHERE message_id = ?',
      messageId,
    );
  }

  markPosted({ messageId }: OpenQuestion): void {
    this.#sql.exec('UPDATE message SET posted = 1 WHERE message_id = ?', messageId);
  }

  tryAgainAt({ messageId }: OpenQuestion, dueAt: number): void {
    this.#sql.exec('UPDATE message SET due_at = ? WHERE message_id = ?', dueAt, messageId);
  }

  settle({ messageId }: OpenQuestion): void {
    this.#sql.exec('UPDATE message SET offered = NULL, reply = NULL, attempts = 0 WHERE message_id = ?', messageId);
    this.#sql.exec(
      `DELETE FROM message WHERE offered IS NULL AND sequence <= (SELECT max(sequence) FROM message) - ?`,
      SETTLED_MAX,
    );
  }

  remember(context: ThreadContext): void {
    this.#sql.exec('INSERT OR REPLACE INTO context (only, context) VALUES (1, ?)', JSON.stringify(context));
  }

  context(): ThreadContext | undefined {
    const [row] = this.#sql.exec<{ context: string }>('SELECT context FROM context').toArray();
    return row && ThreadContextSchema.safeParse(JSON.parse(row.context)).data; // kept by an older version: forgotten
  }

  /** Milliseconds since the epoch of the latest question; undefined when there never was one. */
  lastAcceptedAt(): number | undefined {
    const row = this.#sql.exec<{ at: number | null }>('SELECT max(accepted_at) AS at FROM message').one();
    return row.at ?? undefined;
  }

  /** How many questions and edits were ever taken in; rises with each. */
  takenNumber(): number {
    return this.#sql.exec<{ number: number }>('SELECT number FROM taken').one().number;
  }

  #knows(userId: string): boolean {
    return this.#sql.exec('SELECT 1 FROM person WHERE user_id = ?', userId).toArray().length > 0;
  }

  #row(messageId: string): MessageRow | undefined {
    return this.#sql.exec<MessageRow>('SELECT * FROM message WHERE message_id = ?', messageId).toArray()[0];
  }
}

function openQuestion(row: MessageRow): OpenQuestion | undefined {
  if (row.offered === null) return undefined;
  return {
    messageId: row.message_id,
    offered: OfferedQuestion.parse(JSON.parse(row.offered)),
    revision: row.revision,
    attempts: row.attempts,
    // Composed by an older version of this code: composed again.
    reply: row.reply === null ? undefined : Reply.safeParse(JSON.parse(row.reply)).data,
    posted: row.posted === 1,
    partsSent: row.parts_sent,
    partsBefore: row.parts_before,
  };
}
