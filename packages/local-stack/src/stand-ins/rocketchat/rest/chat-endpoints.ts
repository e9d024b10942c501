import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { StandInReply } from '../../stand-in-server.ts';
import type { MessageActions } from '../actions/message-actions.ts';
import type { ChatReads } from '../store/chat-reads.ts';
import type { MessageDocument, RoomDocument, UserDocument } from '../store/documents.ts';
import { ChatFailure, failure, success } from './chat-replies.ts';

/** The `chat.*` endpoints. Bodies and queries were checked against the vendor's shapes before. */
export interface EndpointCall {
  readonly caller: UserDocument;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export type Endpoint = (call: EndpointCall) => Promise<StandInReply>;

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

export interface ChatEndpointsOptions {
  readonly reads: ChatReads;
  readonly messages: MessageActions;
  /** The room with this id. One nobody has made is made here, see `start-rocketchat.ts`. */
  readonly ensureRoom: (author: UserDocument, roomId: string) => Promise<void>;
  readonly now: () => Date;
}

export function chatEndpoints({ reads, messages, ensureRoom, now }: ChatEndpointsOptions): Record<string, Endpoint> {
  return {
    async 'POST chat.sendMessage'({ caller, body }) {
      const { message } = SendBody.parse(body);
      checkAlias(caller, message.alias);
      const { _id: id, rid: roomId, msg: text, tmid: threadId, alias, attachments } = message;
      await ensureRoom(caller, roomId);
      const inserted = await messages.send(caller, { id, roomId, text, threadId, alias, attachments });
      return success(inserted === undefined ? {} : { message: inserted });
    },
    async 'POST chat.postMessage'({ caller, body }) {
      const { roomId, channel, text, tmid: threadId, alias, attachments } = PostBody.parse(body);
      checkAlias(caller, alias);
      const target = await roomIdOf(reads, caller, roomId ?? channel ?? '');
      await ensureRoom(caller, target);
      const inserted = await messages.send(caller, { roomId: target, text, threadId, alias, attachments });
      if (inserted === undefined) return failure('unknown-error');
      return success({ ts: now().getTime(), channel: (await reads.room(target))?.name ?? target, message: inserted });
    },
    async 'POST chat.update'({ caller, body }) {
      const { roomId, msgId, text } = UpdateBody.parse(body);
      const found = await messageIn(reads, roomId, msgId);
      if (!found.ok) return found.error;
      return success({ message: await messages.edit(caller, found.value, text) });
    },
    async 'POST chat.delete'({ caller, body }) {
      const { roomId, msgId } = DeleteBody.parse(body);
      const found = await messageIn(reads, roomId, msgId);
      if (!found.ok) return found.error;
      await messages.remove(caller, found.value);
      const { _id, rid, u } = found.value;
      return success({ _id, ts: String(now().getTime()), message: { _id, rid, u } });
    },
    async 'POST chat.react'({ caller, body }) {
      const { messageId, emoji, reaction, shouldReact } = ReactBody.parse(body);
      const message = await reads.message(messageId);
      if (message === undefined) {
        const sentence = 'The provided "messageId" does not match any existing message.';
        throw new ChatFailure('error-message-not-found', sentence);
      }
      const name = emoji ?? reaction;
      if (name === undefined) {
        throw new ChatFailure('error-emoji-param-not-provided', 'The required "emoji" param is missing.');
      }
      await messages.react(caller, message, name, shouldReact);
      return success();
    },
    async 'GET chat.getMessage'({ caller, query }) {
      const message = await reads.message(query.get('msgId') ?? '');
      const isReadable = message !== undefined && (await reads.readableRoom(caller, message.rid)) !== undefined;
      return isReadable ? success({ message }) : failure();
    },
    async 'GET chat.getThreadMessages'({ caller, query }) {
      const threadId = query.get('tmid') ?? '';
      const parent = await reads.message(threadId);
      if (parent !== undefined && (await reads.readableRoom(caller, parent.rid)) === undefined) {
        throw new ChatFailure('error-not-allowed', 'Not Allowed');
      }
      const page = pageOf(query);
      const found = await reads.messages({ threadId, ...page });
      const readable = await Promise.all(
        found.map(async message => (await reads.readableRoom(caller, message.rid)) !== undefined),
      );
      const replies = found.filter((_, index) => readable[index]).toReversed(); // a thread reads from its beginning
      return success({
        messages: replies,
        count: replies.length,
        offset: page.offset,
        total: await reads.countMessages({ threadId }),
      });
    },
  };
}

/** `count` defaults to 50 and 0 means all, as on the real server. */
export function pageOf(query: URLSearchParams): { offset: number; count: number | undefined } {
  const count = Number(query.get('count') ?? 50);
  return { offset: Number(query.get('offset') ?? 0), count: count === 0 ? undefined : count };
}

async function messageIn(
  reads: ChatReads,
  roomId: string,
  messageId: string,
): Promise<Result<MessageDocument, StandInReply>> {
  const message = await reads.message(messageId);
  if (message === undefined) return err(failure(`No message found with the id of "${messageId}".`));
  if (message.rid !== roomId) return err(failure('The room id provided does not match where the message is from.'));
  return ok(message);
}

/** Only the role `bot` may speak under another name. */
function checkAlias(caller: UserDocument, alias: string | undefined): void {
  if (alias !== undefined && !caller.roles.includes('bot')) {
    throw new ChatFailure('error-not-allowed', 'Not allowed to use an alias');
  }
}

/** `chat.postMessage` also takes `#room` and `@person`. */
async function roomIdOf(reads: ChatReads, caller: UserDocument, target: string): Promise<string> {
  if (!target.startsWith('#') && !target.startsWith('@')) return target;
  const room = target.startsWith('#')
    ? await reads.roomNamed(target.slice(1))
    : await directRoomWith(reads, caller, target.slice(1));
  if (room === undefined) throw new ChatFailure('invalid-channel', 'invalid-channel');
  return room._id;
}

async function directRoomWith(
  reads: ChatReads,
  caller: UserDocument,
  username: string,
): Promise<RoomDocument | undefined> {
  const person = await reads.userNamed(username);
  return person === undefined ? undefined : reads.directRoom([caller._id, person._id]);
}
