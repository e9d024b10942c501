import * as z from 'zod/mini';
import { ChatMessageId, ChatUserId, RoomId } from './ids.ts';
import { Instant } from './local-time.ts';

/** A question as a person typed it in chat. `askedAt` is the message's own time: it decides what "today" means. */
export const Question = z.object({
  messageId: ChatMessageId,
  roomId: RoomId,
  roomName: z.optional(z.string()),
  roomType: z.enum(['public', 'private', 'direct']),
  /** Root message of the thread the question was asked in. */
  threadId: z.optional(ChatMessageId),
  askerId: ChatUserId,
  askerName: z.string(),
  text: z.string(),
  askedAt: Instant,
  edited: z.boolean(),
});
export type Question = z.infer<typeof Question>;

/** What a room (in a direct message: a user) may be told. */
export const Scope = z.enum(['full', 'operations', 'none']);
export type Scope = z.infer<typeof Scope>;
