import { ChatMessageId, ChatUserId, RoomId } from '@innkeeper/shared/domain/ids';
import { Instant } from '@innkeeper/shared/domain/local-time';
import * as z from 'zod';

/** Ids come back as parts of document ids and of our own message ids: no slash, no control character, no `__…__`. */
const idText = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.:~-]{0,127}$/u, 'not an id')
  .describe('Rocket.Chat id');

/**
 * Body of Rocket.Chat's outgoing webhook for `sendMessage`. It is flat, carries no room type and no mentions, and has
 * no `channel_name` in a direct room. Fields we do not use may come and go. Pure.
 */
export const OutgoingWebhook = z.object({
  bot: z.unknown().transform(value => value !== undefined && value !== null && value !== false),
  channel_id: idText.transform(value => RoomId.parse(value)),
  channel_name: z.string().max(256).nullish(),
  message_id: idText.transform(value => ChatMessageId.parse(value)),
  timestamp: Instant,
  user_id: idText.transform(value => ChatUserId.parse(value)),
  user_name: z.string().max(256).nullish(),
  text: z.string().nullish(),
  isEdited: z.boolean().nullish(),
  tmid: idText.transform(value => ChatMessageId.parse(value)).nullish(),
});
export type OutgoingWebhook = z.infer<typeof OutgoingWebhook>;

/** A chat message that may be a question. Room type and thread history are not known yet. */
export const ChatUtterance = z.object({
  messageId: ChatMessageId,
  roomId: RoomId,
  /** Absent in direct rooms. */
  roomName: z.string().optional(),
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
    text: body.text ?? '',
    askedAt: body.timestamp,
    edited: body.isEdited === true,
    bot: body.bot,
  };
}
