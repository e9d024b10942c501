import * as z from 'zod';
import type { StandInReply } from '../stand-in-server.ts';
import { ChatFailure, failure, success } from './chat-replies.ts';
import type { ChatUser, StoredMessage } from './chat-shapes.ts';
import type { ChatStore } from './chat-store.ts';
import type { ChatWrites } from './chat-writes.ts';
import { readableRoom } from './room-access.ts';

/** The `chat.*` endpoints. Bodies and queries were checked against the vendor's shapes before. */
export interface EndpointCall {
  readonly caller: ChatUser;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export type Endpoint = (call: EndpointCall) => StandInReply;

const SendBody = z.object({
  message: z.object({
    _id: z.string().optional(),
    rid: z.string(),
    msg: z.string().default(''),
    tmid: z.string().optional(),
    alias: z.string().optional(),
    attachments: z.array(z.unknown()).optional(),
  }),
});
const PostBody = z.object({
  roomId: z.string().optional(),
  channel: z.string().optional(),
  text: z.string().default(''),
  tmid: z.string().optional(),
  alias: z.string().optional(),
  attachments: z.array(z.unknown()).optional(),
});
const UpdateBody = z.object({ roomId: z.string(), msgId: z.string(), text: z.string() });
const DeleteBody = z.object({ roomId: z.string(), msgId: z.string() });
const ReactBody = z.object({
  messageId: z.string(),
  emoji: z.string().optional(),
  reaction: z.string().optional(),
  shouldReact: z.boolean().optional(),
});

export function chatEndpoints(store: ChatStore, writes: ChatWrites, now: () => number): Record<string, Endpoint> {
  return {
    'POST chat.sendMessage'({ caller, body }) {
      const { message } = SendBody.parse(body);
      checkAlias(caller, message.alias);
      const { _id: id, rid: roomId, msg: text, tmid: threadId, alias, attachments } = message;
      const inserted = writes.insert(caller, { id, roomId, text, threadId, alias, attachments });
      return success(inserted === undefined ? {} : { message: inserted });
    },
    'POST chat.postMessage'({ caller, body }) {
      const { roomId, channel, text, tmid: threadId, alias, attachments } = PostBody.parse(body);
      checkAlias(caller, alias);
      const target = roomIdOf(store, roomId ?? channel ?? '');
      const inserted = writes.insert(caller, { roomId: target, text, threadId, alias, attachments });
      if (inserted === undefined) return failure('unknown-error');
      return success({ ts: now(), channel: store.room(target)?.name ?? target, message: inserted });
    },
    'POST chat.update'({ caller, body }) {
      const { roomId, msgId, text } = UpdateBody.parse(body);
      const found = messageIn(store, roomId, msgId);
      return 'status' in found ? found : success({ message: writes.edit(caller, found, text) });
    },
    'POST chat.delete'({ caller, body }) {
      const { roomId, msgId } = DeleteBody.parse(body);
      const found = messageIn(store, roomId, msgId);
      if ('status' in found) return found;
      writes.remove(caller, found);
      return success({ _id: found._id, ts: String(now()), message: { _id: found._id, rid: found.rid, u: found.u } });
    },
    'POST chat.react'({ caller, body }) {
      const { messageId, emoji, reaction, shouldReact } = ReactBody.parse(body);
      const message = store.message(messageId);
      if (message === undefined) {
        const sentence = 'The provided "messageId" does not match any existing message.';
        throw new ChatFailure('error-message-not-found', sentence);
      }
      const name = emoji ?? reaction;
      if (name === undefined) {
        throw new ChatFailure('error-emoji-param-not-provided', 'The required "emoji" param is missing.');
      }
      writes.react(caller, message, name, shouldReact);
      return success();
    },
    'GET chat.getMessage'({ caller, query }) {
      const message = store.message(query.get('msgId') ?? '');
      const isReadable = message !== undefined && readableRoom(store, caller, message.rid) !== undefined;
      return isReadable ? success({ message }) : failure();
    },
    'GET chat.getThreadMessages'({ caller, query }) {
      const threadId = query.get('tmid') ?? '';
      const parent = store.message(threadId);
      if (parent !== undefined && readableRoom(store, caller, parent.rid) === undefined) {
        throw new ChatFailure('error-not-allowed', 'Not Allowed');
      }
      const page = pageOf(query);
      const messages = store
        .messages({ threadId, ...page })
        .filter(message => readableRoom(store, caller, message.rid) !== undefined)
        .toReversed(); // a thread reads from its beginning
      return success({
        messages,
        count: messages.length,
        offset: page.offset,
        total: store.countMessages({ threadId }),
      });
    },
  };
}

/** `count` defaults to 50 and 0 means all, as on the real server. */
export function pageOf(query: URLSearchParams): { offset: number; count: number } {
  const count = Number(query.get('count') ?? 50);
  return { offset: Number(query.get('offset') ?? 0), count: count === 0 ? Number.MAX_SAFE_INTEGER : count };
}

function messageIn(store: ChatStore, roomId: string, messageId: string): StoredMessage | StandInReply {
  const message = store.message(messageId);
  if (message === undefined) return failure(`No message found with the id of "${messageId}".`);
  if (message.rid !== roomId) return failure('The room id provided does not match where the message is from.');
  return message;
}

/** Only the role `bot` may speak under another name. */
function checkAlias(caller: ChatUser, alias: string | undefined): void {
  if (alias !== undefined && !caller.roles.includes('bot')) {
    throw new ChatFailure('error-not-allowed', 'Not allowed to use an alias');
  }
}

/** `chat.postMessage` also takes `#room` and `@person`. */
function roomIdOf(store: ChatStore, target: string): string {
  const named = target.startsWith('#') || target.startsWith('@');
  if (!named) return target;
  const isMatch = target.startsWith('#')
    ? (room: { name?: string | undefined }) => room.name === target.slice(1)
    : (room: { usernames?: string[] | undefined }) => room.usernames?.includes(target.slice(1)) ?? false;
  const room = store.rooms().find(isMatch);
  if (room === undefined) throw new ChatFailure('invalid-channel', 'invalid-channel');
  return room._id;
}
