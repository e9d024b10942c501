/**
 * `TeamChat` over Rocket.Chat's REST API, as the bot user. A message is sent under an id of our choosing; Rocket.Chat
 * inserts nothing for an id it has and answers no message then, so a send without a message in the reply is confirmed by
 * reading it back. Nothing is retried here.
 */
import * as z from 'zod/mini';
import type { Secret } from '../../config/secret.ts';
import type { ChatError, ChatMessage, RoomType, TeamChat } from '../../ports/team-chat.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { exchangeJson } from '../http/exchange-json.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { chatErrorOf, type RestError } from './rocketchat-errors.ts';
import { limitHeard, type RocketChatPace } from './rocketchat-pace.ts';

export interface RocketChatOptions {
  readonly fetch: Fetch;
  /** Without `/api/v1`. */
  readonly url: string;
  readonly userId: string;
  readonly authToken: Secret;
  /** Absent where calls are so few that Rocket.Chat's limit does not matter. */
  readonly pace?: RocketChatPace;
}

const TIMEOUT_MS = 4_000; // half of a question's deadline, so that one lost reply still leaves time to confirm
const REPLY_BYTES_MAX = 256 * 1024; // one message of 5,000 characters with its parsed form is below 100 kB

const Message = z.object({ _id: z.string(), rid: z.string(), msg: z.string(), u: z.object({ _id: z.string() }) });
const MessageReply = z.object({ success: z.literal(true), message: Message });
const ReactionsReply = z.object({
  success: z.literal(true),
  message: z.looseObject({ reactions: z.optional(z.unknown()) }),
});
/** Only that a message came back counts: a field it lacks must not make a message that was stored be sent again. */
const SendReply = z.object({ success: z.literal(true), message: z.nullish(z.looseObject({})) });
const RoomReply = z.object({ success: z.literal(true), room: z.object({ t: z.string() }) });
const AnyReply = z.object({ success: z.literal(true) });

const ROOM_TYPES: Readonly<Record<string, RoomType>> = { c: 'public', p: 'private', d: 'direct', l: 'livechat' };

export function rocketChatTeamChat(options: RocketChatOptions): TeamChat {
  const call = async <T>(
    endpoint: string,
    schema: z.core.$ZodType<T>,
    request: { readonly query: Readonly<Record<string, string>> } | { readonly body: unknown },
  ): Promise<Result<T, RestError>> => {
    const turn = await options.pace?.turn(endpoint);
    if (turn?.ok === false) return turn;
    const query = 'query' in request ? `?${new URLSearchParams(request.query).toString()}` : '';
    const reply = await exchangeJson({
      fetch: options.fetch,
      url: `${options.url}/api/v1/${endpoint}${query}`,
      method: 'query' in request ? 'GET' : 'POST',
      headers: { 'x-user-id': options.userId, 'x-auth-token': options.authToken.reveal() },
      ...('body' in request ? { body: request.body } : {}),
      timeoutMs: TIMEOUT_MS,
      replyBytesMax: REPLY_BYTES_MAX,
    });
    if (!reply.ok) return err({ kind: 'unavailable', detail: `${endpoint}: ${reply.error.kind}` });
    const { status, headers, json } = reply.value;
    const error = status === 200 ? undefined : chatErrorOf(endpoint, status, json);
    const limit = limitHeard(status, headers, error);
    if (limit !== undefined) options.pace?.heard(endpoint, limit);
    if (error !== undefined) return err(error);
    const parsed = z.safeParse(schema, json);
    return parsed.success
      ? ok(parsed.data)
      : err({ kind: 'unavailable', detail: `${endpoint} answered outside its format` });
  };

  const read = async <T>(schema: z.core.$ZodType<T>, messageId: string): Promise<Result<T, ChatError>> => {
    const reply = await call('chat.getMessage', schema, { query: { msgId: messageId } });
    if (reply.ok) return reply;
    // Rocket.Chat answers a bare refusal, without a code, for a message that is not there or not for the bot to see.
    const { kind, detail } = reply.error;
    return err(kind === 'refused' || reply.error.unexplained ? { kind: 'not_found', detail } : reply.error);
  };

  const getMessage = async (messageId: string): Promise<Result<ChatMessage, ChatError>> => {
    const reply = await read(MessageReply, messageId);
    if (!reply.ok) return reply;
    const { _id, rid, msg, u } = reply.value.message;
    return ok({ messageId: _id, roomId: rid, text: msg, authorId: u._id });
  };

  const hasReaction = async (messageId: string, emoji: string): Promise<Result<boolean, ChatError>> => {
    const reply = await read(ReactionsReply, messageId);
    if (!reply.ok) return reply;
    const { reactions } = reply.value.message;
    return ok(typeof reactions === 'object' && reactions !== null && Object.hasOwn(reactions, emoji));
  };

  return {
    getMessage,
    async sendMessage({ messageId, roomId, threadId, text }) {
      const message = { _id: messageId, rid: roomId, msg: text, ...(threadId === undefined ? {} : { tmid: threadId }) };
      const reply = await call('chat.sendMessage', SendReply, { body: { message } });
      if (reply.ok && reply.value.message) return ok(undefined);
      // Versions differ in what a repeated id answers: success without a message, or a failure without a code.
      if (!reply.ok && reply.error.kind !== 'refused' && !reply.error.unexplained) return reply;
      const stored = await getMessage(messageId);
      const isOurs = stored.ok && stored.value.roomId === roomId && stored.value.authorId === options.userId;
      // Success was said, and where the bot may not look there is nothing more to learn by sending it again.
      const isTakenAtItsWord = reply.ok && !stored.ok && stored.error.kind === 'denied';
      if (isOurs || isTakenAtItsWord) return ok(undefined);
      if (!stored.ok && stored.error.kind !== 'not_found') return stored;
      return err(reply.ok ? { kind: 'refused', detail: 'chat.sendMessage stored nothing under this id' } : reply.error);
    },
    async updateMessage({ roomId, messageId, text }) {
      const reply = await call('chat.update', AnyReply, { body: { roomId, msgId: messageId, text } });
      return reply.ok ? ok(undefined) : reply;
    },
    async react({ messageId, emoji, shown }) {
      if (!shown) {
        // Asked to take one away from a message without any, Rocket.Chat sets it.
        const there = await hasReaction(messageId, emoji);
        if (!there.ok) return there;
        if (!there.value) return ok(undefined);
      }
      const reply = await call('chat.react', AnyReply, { body: { messageId, emoji, shouldReact: shown } });
      return reply.ok ? ok(undefined) : reply;
    },
    async roomType(roomId) {
      const reply = await call('rooms.info', RoomReply, { query: { roomId } });
      return reply.ok ? ok(ROOM_TYPES[reply.value.room.t] ?? 'other') : reply;
    },
  };
}
