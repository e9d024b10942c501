import type { Result } from '../result/result.ts';

/** Rocket.Chat as the assistant uses it, acting as the bot user. */
export interface TeamChat {
  /** Posts with an id of our choosing; posting the same id again changes nothing and is `ok`. */
  sendMessage(message: OutgoingMessage): Promise<Result<void, ChatError>>;
  updateMessage(message: { roomId: string; messageId: string; text: string }): Promise<Result<void, ChatError>>;
  /** `not_found` also when the bot may not see it. */
  getMessage(messageId: string): Promise<Result<ChatMessage, ChatError>>;
  roomType(roomId: string): Promise<Result<RoomType, ChatError>>;
  /** Sets or takes away the bot's own reaction (`:hourglass:`); doing it twice changes nothing. */
  react(reaction: { messageId: string; emoji: string; shown: boolean }): Promise<Result<void, ChatError>>;
}

export interface OutgoingMessage {
  readonly messageId: string;
  readonly roomId: string;
  readonly threadId?: string;
  readonly text: string;
}

export interface ChatMessage {
  readonly messageId: string;
  readonly roomId: string;
  readonly text: string;
  readonly authorId: string;
}

export type RoomType = 'public' | 'private' | 'direct' | 'livechat' | 'other';

export type ChatError =
  /** `unsent`: the call was not made, because its turn has not come. */
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number; readonly unsent?: true }
  | { readonly kind: 'not_found'; readonly detail: string }
  | { readonly kind: 'denied'; readonly detail: string }
  | { readonly kind: 'refused'; readonly detail: string };
