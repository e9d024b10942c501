/** What every `TeamChat` owes its callers; run against the fake and the adapter. */
import { describe, expect, it } from 'vitest';
import type { TeamChat } from '../ports/team-chat.ts';

export interface TeamChatFixture {
  readonly chat: TeamChat;
  /** A public channel, a private group and a direct room the bot can write in; a room that does not exist. */
  readonly rooms: {
    readonly public: string;
    readonly private: string;
    readonly direct: string;
    readonly absent: string;
  };
  readonly botUserId: string;
  /** A message id nobody used before. */
  readonly newMessageId: () => string;
  /** The bot's own reactions to a message, as others see them. */
  readonly reactionsTo: (messageId: string) => Promise<readonly string[]>;
}

export function describeTeamChatContract(name: string, fixture: () => TeamChatFixture): void {
  describe(`${name} keeps the team chat contract`, () => {
    it('posts a message that can be read back', async () => {
      const { chat, rooms, botUserId, newMessageId } = fixture();
      const messageId = newMessageId();
      expect(await chat.sendMessage({ messageId, roomId: rooms.public, text: 'Two arrivals' })).toEqual({ ok: true });
      expect(await chat.getMessage(messageId)).toEqual({
        ok: true,
        value: { messageId, roomId: rooms.public, text: 'Two arrivals', authorId: botUserId },
      });
    });

    it('changes nothing when the same id is posted again, and says ok', async () => {
      const { chat, rooms, newMessageId } = fixture();
      const messageId = newMessageId();
      await chat.sendMessage({ messageId, roomId: rooms.private, text: 'first' });
      expect(await chat.sendMessage({ messageId, roomId: rooms.private, text: 'second' })).toEqual({ ok: true });
      const stored = await chat.getMessage(messageId);
      expect(stored.ok && stored.value.text).toBe('first');
    });

    it('refuses an id that is taken in another room', async () => {
      const { chat, rooms, newMessageId } = fixture();
      const messageId = newMessageId();
      await chat.sendMessage({ messageId, roomId: rooms.public, text: 'here' });
      const other = await chat.sendMessage({ messageId, roomId: rooms.private, text: 'there' });
      expect(other.ok ? 'ok' : other.error.kind).toBe('refused');
    });

    it('posts into a thread', async () => {
      const { chat, rooms, newMessageId } = fixture();
      const threadId = newMessageId();
      await chat.sendMessage({ messageId: threadId, roomId: rooms.public, text: 'a question' });
      const reply = { messageId: newMessageId(), roomId: rooms.public, threadId, text: 'an answer' };
      expect(await chat.sendMessage(reply)).toEqual({ ok: true });
    });

    it('corrects a message in place', async () => {
      const { chat, rooms, newMessageId } = fixture();
      const messageId = newMessageId();
      await chat.sendMessage({ messageId, roomId: rooms.direct, text: 'at 15:00' });
      expect(await chat.updateMessage({ messageId, roomId: rooms.direct, text: 'at 16:00' })).toEqual({ ok: true });
      const stored = await chat.getMessage(messageId);
      expect(stored.ok && stored.value.text).toBe('at 16:00');
    });

    it('shows a reaction and takes it away, once however often it is told', async () => {
      const { chat, rooms, newMessageId, reactionsTo } = fixture();
      const messageId = newMessageId();
      await chat.sendMessage({ messageId, roomId: rooms.private, text: 'a question' });
      const emoji = ':hourglass_flowing_sand:';
      for (const shown of [true, false]) {
        for (let time = 0; time < 2; time += 1) {
          expect(await chat.react({ messageId, emoji, shown })).toEqual({ ok: true });
          expect(await reactionsTo(messageId)).toEqual(shown ? [emoji] : []);
        }
      }
    });

    it('answers not_found for messages and rooms that are not there', async () => {
      const { chat, rooms, newMessageId } = fixture();
      const kinds = await Promise.all([
        chat.getMessage(newMessageId()),
        chat.updateMessage({ messageId: newMessageId(), roomId: rooms.public, text: 'x' }),
        chat.react({ messageId: newMessageId(), emoji: ':eyes:', shown: true }),
        chat.roomType(rooms.absent),
      ]);
      expect(kinds.map(reply => (reply.ok ? 'ok' : reply.error.kind))).toEqual(Array(4).fill('not_found'));
    });

    it('refuses a text above the size limit', async () => {
      const { chat, rooms, newMessageId } = fixture();
      const reply = await chat.sendMessage({
        messageId: newMessageId(),
        roomId: rooms.public,
        text: 'x'.repeat(5001),
      });
      expect(reply.ok ? 'ok' : reply.error.kind).toBe('refused');
    });

    it('knows the type of a room', async () => {
      const { chat, rooms } = fixture();
      const types = await Promise.all([rooms.public, rooms.private, rooms.direct].map(room => chat.roomType(room)));
      expect(types.map(type => (type.ok ? type.value : type.error.kind))).toEqual(['public', 'private', 'direct']);
    });
  });
}
