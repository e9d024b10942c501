/** `TeamChat` in memory: rooms are declared, the bot may write in every room that is not marked closed to it. */
import type { ChatError, ChatMessage, OutgoingMessage, RoomType, TeamChat } from '../ports/team-chat.ts';
import { err, ok } from '../result/result.ts';

export interface InMemoryTeamChat extends TeamChat {
  addRoom(roomId: string, type: RoomType, options?: { closedToBot: boolean }): void;
  /** Every later call fails with this; `undefined` ends it. */
  failWith(error: ChatError | undefined): void;
  /** In the order they were posted, with the text as last edited. */
  readonly messages: readonly (ChatMessage & { readonly threadId: string | undefined })[];
}

export const MESSAGE_CHARACTERS_MAX = 5000; // Rocket.Chat's default Message_MaxAllowedSize

export function inMemoryTeamChat(botUserId = 'bot'): InMemoryTeamChat {
  const rooms = new Map<string, { type: RoomType; closedToBot: boolean }>();
  const messages: (ChatMessage & { readonly threadId: string | undefined })[] = [];
  let failure: ChatError | undefined;

  const refusal = (roomId: string, text: string): ChatError | undefined => {
    if (failure !== undefined) return failure;
    const room = rooms.get(roomId);
    if (room === undefined) return { kind: 'not_found', detail: 'no such room' };
    if (room.closedToBot) return { kind: 'denied', detail: 'the bot is not a member' };
    if (text.length > MESSAGE_CHARACTERS_MAX) return { kind: 'refused', detail: 'text too long' };
    return undefined;
  };

  return {
    messages,
    addRoom(roomId, type, options = { closedToBot: false }) {
      rooms.set(roomId, { type, closedToBot: options.closedToBot });
    },
    failWith(error) {
      failure = error;
    },
    sendMessage({ messageId, roomId, threadId, text }: OutgoingMessage) {
      const refused = refusal(roomId, text);
      if (refused !== undefined) return Promise.resolve(err(refused));
      const stored = messages.find(message => message.messageId === messageId);
      if (stored === undefined) messages.push({ messageId, roomId, threadId, text, authorId: botUserId });
      else if (stored.roomId !== roomId) return Promise.resolve(err({ kind: 'refused', detail: 'id taken elsewhere' }));
      return Promise.resolve(ok(undefined));
    },
    updateMessage({ roomId, messageId, text }) {
      const refused = refusal(roomId, text);
      if (refused !== undefined) return Promise.resolve(err(refused));
      const index = messages.findIndex(message => message.messageId === messageId && message.roomId === roomId);
      const stored = messages[index];
      if (stored === undefined) return Promise.resolve(err({ kind: 'not_found', detail: 'no such message' }));
      messages[index] = { ...stored, text };
      return Promise.resolve(ok(undefined));
    },
    getMessage(messageId) {
      if (failure !== undefined) return Promise.resolve(err(failure));
      const stored = messages.find(message => message.messageId === messageId);
      return Promise.resolve(
        stored === undefined ? err({ kind: 'not_found', detail: 'no such message' }) : ok(withoutThread(stored)),
      );
    },
    roomType(roomId) {
      if (failure !== undefined) return Promise.resolve(err(failure));
      const room = rooms.get(roomId);
      return Promise.resolve(room === undefined ? err({ kind: 'not_found', detail: 'no such room' }) : ok(room.type));
    },
  };
}

function withoutThread({ messageId, roomId, text, authorId }: ChatMessage): ChatMessage {
  return { messageId, roomId, text, authorId };
}
