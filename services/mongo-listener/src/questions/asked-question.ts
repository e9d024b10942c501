import type { Document } from 'mongodb';
import { interpret } from '../meaning/interpret.ts';
import type { AssistantIdentity } from '../meaning/meaning.ts';
import type { AskedIn } from './question-source.ts';

/** A message that speaks to the assistant. Held in memory only until it is handed on. */
export interface AskedQuestion {
  readonly messageId: string;
  readonly roomId: string;
  readonly threadId?: string;
  readonly askerId: string;
  readonly askerName: string;
  readonly text: string;
  readonly sentAt: Date;
  readonly edited: boolean;
  /** Posted through an integration. */
  readonly bot: boolean;
}

/** By the very rule that keeps questions out of the evidence. Pure. */
export function askedQuestion(document: Document, assistant: AssistantIdentity): AskedQuestion | undefined {
  const id: unknown = document['_id'];
  const source = { followed: 'message', operation: 'insert', origin: 'stream', version: 0, id, document } as const;
  const meaning = interpret(source, assistant);
  if (meaning.kind !== 'change' || meaning.change.kind !== 'message' || meaning.change.role !== 'question') {
    return undefined;
  }
  const { messageId, roomId, threadId, authorId, authorUsername, sentAt, editedAt } = meaning.change;
  const text: unknown = document['msg'];
  const bot: unknown = document['bot'];
  return {
    messageId,
    roomId,
    ...(threadId === undefined ? {} : { threadId }),
    askerId: authorId,
    askerName: authorUsername,
    text: typeof text === 'string' ? text : '',
    sentAt: new Date(sentAt),
    edited: editedAt !== undefined,
    bot: bot !== undefined && bot !== null && bot !== false,
  };
}

/** Body of Rocket.Chat's outgoing webhook for `sendMessage`, without its `token` and without what nobody reads. */
export interface QuestionBody {
  readonly bot: boolean;
  readonly channel_id: string;
  /** Absent in direct rooms. */
  readonly channel_name?: string;
  readonly message_id: string;
  readonly timestamp: string;
  readonly user_id: string;
  readonly user_name: string;
  readonly text: string;
  /** Absent unless edited. */
  readonly isEdited?: true;
  /** Absent outside of threads. */
  readonly tmid?: string;
}

export function toQuestionBody(question: AskedQuestion, room: AskedIn): QuestionBody {
  return {
    bot: question.bot,
    channel_id: question.roomId,
    ...(room.type === 'd' || room.name === undefined ? {} : { channel_name: room.name }),
    message_id: question.messageId,
    timestamp: question.sentAt.toISOString(),
    user_id: question.askerId,
    user_name: question.askerName,
    text: question.text,
    ...(question.edited ? { isEdited: true } : {}),
    ...(question.threadId === undefined ? {} : { tmid: question.threadId }),
  };
}
