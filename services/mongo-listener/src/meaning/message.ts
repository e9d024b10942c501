import type { ChatMessageRole } from '@innkeeper/shared/contracts/chat-change';
import * as z from 'zod';
import type { SourceChange } from '../source-document.ts';
import { addressesAssistant, isOwnMessage } from './addressed.ts';
import { chatId, flag, instant, name, optionalId, optionalName, readFields } from './document-fields.ts';
import type { AssistantIdentity, Meaning } from './meaning.ts';
import { MessageContent, textOf } from './message-text.ts';
import { Reactions } from './reactions.ts';

/**
 * `rocketchat_message`: what somebody said, that it may not be quoted any more, or what people think of an answer.
 * The assistant's own messages are kept nowhere: its answers are in `interactions`. Pure.
 */

/** A quarter of what a Firestore document holds, and fifty times what Rocket.Chat lets people write by default. */
export const TEXT_BYTES_MAX = 256 * 1024;

/** An update that touches none of them is a reaction, pin, star, link preview, thread counter, read receipt. */
const CONTENT_FIELDS = [
  'msg',
  'attachments',
  'file',
  'files',
  'editedAt',
  't',
  '_hidden',
  'private',
  'e2e',
  'content',
  'rid',
  'tmid',
  'ts',
  // The author was renamed, or removed and the message given to nobody: an old name must not stay beside quotes.
  'u',
] as const;

/** Whether it is a message that people may read at all. */
const Standing = z.object({
  _hidden: flag,
  private: flag,
  t: z.string().nullish(),
  parent: z.unknown().optional(),
  e2e: z.unknown().optional(),
  content: z.unknown().optional(),
});

const Author = z.object({ u: z.object({ _id: chatId, username: name, name: optionalName }) });
const OwnMessage = z.object({ reactions: Reactions });
const Message = MessageContent.extend({
  rid: chatId,
  ts: instant,
  tmid: optionalId,
  editedAt: instant.nullish(),
  mentions: z.array(z.object({ _id: z.unknown().optional() })).nullish(),
});

/** All that is read of a message, for those who ask MongoDB for nothing else. */
export const MESSAGE_FIELDS = Object.keys({
  ...Standing.shape,
  ...Author.shape,
  ...OwnMessage.shape,
  ...Message.shape,
});

export function interpretMessage(change: SourceChange, messageId: string, assistant: AssistantIdentity): Meaning {
  const { document, touched, version, origin } = change;
  const touchesContent = touched === undefined || CONTENT_FIELDS.some(field => touched.has(field));
  if (!touchesContent && !touched.has('reactions')) return { kind: 'ignored', reason: 'fields_not_followed' };

  const standing = readFields(Standing, document);
  if (!standing.ok) return standing.parked;
  const unquotable = whyUnquotable(standing.value);
  if (unquotable !== undefined) return withdrawn(change, messageId, unquotable);

  const author = readFields(Author, document);
  if (!author.ok) return author.parked;
  const { u } = author.value;
  if (isOwnMessage(u, assistant)) return interpretOwnMessage(change, messageId);
  if (!touchesContent) return { kind: 'ignored', reason: 'reaction_to_others' };

  const message = readFields(Message, document);
  if (!message.ok) return message.parked;
  const { rid, ts, tmid, editedAt, mentions } = message.value;
  const text = textOf(message.value);
  if (text === '') return withdrawn(change, messageId, 'no_text');
  if (Buffer.byteLength(text) > TEXT_BYTES_MAX) {
    return { kind: 'parked', reason: 'text_too_long', detail: `text: more than ${TEXT_BYTES_MAX} bytes` };
  }

  const mentionedIds = (mentions ?? []).map(({ _id }) => _id);
  const asks = addressesAssistant({ roomId: rid, text: message.value.msg ?? '', mentionedIds }, assistant);
  const role: ChatMessageRole = asks ? 'question' : 'evidence';
  return {
    kind: 'change',
    change: {
      v: 1,
      version,
      origin,
      kind: 'message',
      messageId,
      roomId: rid,
      ...(tmid === undefined ? {} : { threadId: tmid }),
      authorId: u._id,
      authorUsername: u.username,
      ...(u.name === undefined ? {} : { authorName: u.name }),
      text,
      role,
      sentAt: ts.toISOString(),
      ...(editedAt ? { editedAt: editedAt.toISOString() } : {}),
    },
  };
}

function whyUnquotable(standing: z.infer<typeof Standing>): string | undefined {
  if (standing._hidden) return isPresent(standing.parent) ? 'history_copy' : 'hidden';
  if (standing.t === 'e2e' || isPresent(standing.e2e) || isPresent(standing.content)) return 'encrypted';
  if (standing.t === 'rm') return 'deleted';
  // An open set: whatever has a type was written by Rocket.Chat, or may not be read (off the record).
  if (standing.t) return 'system_message';
  return standing.private ? 'private' : undefined;
}

const isPresent = (value: unknown): boolean => value !== undefined && value !== null;

/** Nothing is known of a document that is inserted, so there is nothing to take back. */
function withdrawn({ operation, version, origin }: SourceChange, messageId: string, reason: string): Meaning {
  return operation === 'insert'
    ? { kind: 'ignored', reason }
    : { kind: 'change', change: { v: 1, version, origin, kind: 'message-removed', messageId } };
}

function interpretOwnMessage(change: SourceChange, messageId: string): Meaning {
  const { operation, touched, version, origin } = change;
  if (touched !== undefined && !touched.has('reactions')) return { kind: 'ignored', reason: 'own_message' };
  const read = readFields(OwnMessage, change.document);
  if (!read.ok) return read.parked;
  const { up, down } = read.value.reactions;
  // Where something may be known of the answer, that nobody reacts any more is news as well.
  const isNews = operation !== 'insert' || up.length > 0 || down.length > 0;
  return isNews
    ? { kind: 'change', change: { v: 1, version, origin, kind: 'feedback', messageId, up, down } }
    : { kind: 'ignored', reason: 'own_message' };
}
