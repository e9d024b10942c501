import type { ChatUtterance } from '../payload.ts';

/**
 * Which conversation a message belongs to: in a room its thread (a message outside a thread opens one), in a direct
 * message the whole room. Questions of one conversation are answered in order. Pure.
 */
export const conversationKey = (utterance: ChatUtterance): string =>
  utterance.roomName === undefined
    ? `direct:${utterance.roomId}`
    : `thread:${utterance.roomId}:${utterance.threadId ?? utterance.messageId}`;

/** Where the answer goes: a room's in the question's thread, a direct one inline unless the question was in a thread. */
export function answerThread(
  utterance: Pick<ChatUtterance, 'threadId' | 'messageId'>,
  roomType: 'public' | 'private' | 'direct',
): string | undefined {
  return utterance.threadId ?? (roomType === 'direct' ? undefined : utterance.messageId);
}
