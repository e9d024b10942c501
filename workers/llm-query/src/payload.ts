import { ChatMessageId, ChatUserId, RoomId } from '@innkeeper/shared/domain/ids';
import { Instant } from '@innkeeper/shared/domain/local-time';
import { withoutQuoteLinks } from '@innkeeper/shared/domain/quote-links';
import * as z from 'zod/mini';

/** Ids come back as parts of document ids and of our own message ids: no slash, no control character, no `__…__`. */
const idText = z.string().check(z.regex(/^[\p{L}\p{N}][\p{L}\p{N}_.:~-]{0,127}$/u, 'not an id'));

/**
 * Body of Rocket.Chat's outgoing webhook for `sendMessage`. It is flat, carries no room type and no mentions, and has
 * no `channel_name` in a direct room. Fields we do not use may come and go. Pure.
 */
export const OutgoingWebhook = z.object({
  bot: z.pipe(
    z.unknown(),
    z.transform(value => value !== undefined && value !== null && value !== false),
  ),
  channel_id: z.pipe(idText, RoomId),
  channel_name: z.nullish(z.string().check(z.maxLength(256))),
  message_id: z.pipe(idText, ChatMessageId),
  timestamp: Instant,
  user_id: z.pipe(idText, ChatUserId),
  user_name: z.nullish(z.string().check(z.maxLength(256))),
  text: z.nullish(z.string()),
  isEdited: z.nullish(z.boolean()),
  tmid: z.nullish(z.pipe(idText, ChatMessageId)),
});
export type OutgoingWebhook = z.infer<typeof OutgoingWebhook>;

/** A chat message that may be a question. Room type and thread history are not known yet. */
export const ChatUtterance = z.object({
  messageId: ChatMessageId,
  roomId: RoomId,
  /** Absent in direct rooms. */
  roomName: z.optional(z.string()),
  threadId: z.optional(ChatMessageId),
  askerId: ChatUserId,
  askerName: z.string(),
  text: z.string(),
  askedAt: Instant,
  edited: z.boolean(),
  bot: z.boolean(),
});
export type ChatUtterance = z.infer<typeof ChatUtterance>;

export function utteranceOf(body: OutgoingWebhook): ChatUtterance {
  return {
    messageId: body.message_id,
    roomId: body.channel_id,
    ...(body.channel_name ? { roomName: body.channel_name } : {}),
    ...(body.tmid ? { threadId: body.tmid } : {}),
    askerId: body.user_id,
    askerName: body.user_name ?? '',
    text: withoutQuoteLinks(body.text ?? ''),
    askedAt: body.timestamp,
    edited: body.isEdited === true,
    bot: body.bot,
  };
}
