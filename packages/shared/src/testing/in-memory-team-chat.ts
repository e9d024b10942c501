/** `TeamChat` in memory: rooms are declared, the bot may write in every room that is not marked closed to it. */
import type { ChatError, ChatMessage, OutgoingMessage, RoomType, TeamChat } from '../ports/team-chat.ts';
import { err, ok } from '../result/result.ts';

export interface InMemoryTeamChat extends TeamChat {
  addRoom(roomId: string, type: RoomType, options?: { closedToBot: boolean }): void;
  /** Every later call fails with this; `undefined` ends it. */
  failWith(error: ChatError | undefined): void;
  /** A message of somebody else, whom the bot may react to. */
  hear(message: ChatMessage): void;
  /** The bot's own reactions to a message. */
  reactionsTo(messageId: string): readonly string[];
  /** What the bot posted, in order, with the text as last edited. */
  readonly messages: readonly (ChatMessage & { readonly threadId: string | undefined })[];
}

export const MESSAGE_CHARACTERS_MAX = 5000; // Rocket.Chat's default Message_MaxAllowedSize

export function inMemoryTeamChat(botUserId = 'bot'): InMemoryTeamChat {
  const rooms = new Map<string, { type: RoomType; closedToBot: boolean }>();
  const messages: (ChatMessage & { readonly threadId: string | undefined })[] = [];
  const heard = new Map<string, ChatMessage>();
  const reactions = new Map<string, Set<string>>();
  let failure: ChatError | undefined;

  const refusal = (roomId: string, text: string): ChatError | undefined => {
    if (failure !== undefined) return failure;
    const room = rooms.get(roomId);
    if (room === undefined) return { kind: 'not_found', detail: 'no such room' };
    if (room.closedToBot) return { kind: 'denied', detail: 'the bot is not a member' };
    if (text.length > MESSAGE_CHARACTERS_MAX) return { kind: 'refused', detail: 'text too long' };
    return undefined;
  };

  const find = (messageId: string): ChatMessage | undefined =>
    messages.find(message => message.messageId === messageId) ?? heard.get(messageId);

  return {
    messages,
    addRoom(roomId, type, options = { closedToBot: false }) {
      rooms.set(roomId, { type, closedToBot: options.closedToBot });
    },
    hear(message) {
      heard.set(message.messageId, message);
    },
    reactionsTo: messageId => [...(reactions.get(messageId) ?? [])],
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
      const stored = find(messageId);
      return Promise.resolve(
        stored === undefined ? err({ kind: 'not_found', detail: 'no such message' }) : ok(withoutThread(stored)),
      );
    },
    react({ messageId, emoji, shown }) {
      if (failure !== undefined) return Promise.resolve(err(failure));
      if (find(messageId) === undefined) return Promise.resolve(err({ kind: 'not_found', detail: 'no such message' }));
      const own = reactions.get(messageId) ?? new Set();
      if (shown) own.add(emoji);
      else own.delete(emoji);
      reactions.set(messageId, own);
      return Promise.resolve(ok(undefined));
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
