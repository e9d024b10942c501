import { expect, it } from 'vitest';
import { inMemoryTeamChat } from './in-memory-team-chat.ts';
import { describeTeamChatContract } from './team-chat-contract.ts';

function fixture() {
  const chat = inMemoryTeamChat();
  chat.addRoom('c1', 'public');
  chat.addRoom('p1', 'private');
  chat.addRoom('d1', 'direct');
  let next = 0;
  return {
    chat,
    rooms: { public: 'c1', private: 'p1', direct: 'd1', absent: 'none' },
    botUserId: 'bot',
    newMessageId: () => `m${next++}`,
    reactionsTo: (messageId: string) => Promise.resolve(chat.reactionsTo(messageId)),
  };
}

describeTeamChatContract('the chat in memory', fixture);

it('denies a room that is closed to the bot', async () => {
  const { chat } = fixture();
  chat.addRoom('p2', 'private', { closedToBot: true });
  const reply = await chat.sendMessage({ messageId: 'm', roomId: 'p2', text: 'x' });
  expect(reply.ok ? 'ok' : reply.error.kind).toBe('denied');
});

it('fails as told', async () => {
  const { chat } = fixture();
  chat.failWith({ kind: 'unavailable', detail: 'down', retryAfterMs: 1000 });
  expect(await chat.roomType('c1')).toEqual({
    ok: false,
    error: { kind: 'unavailable', detail: 'down', retryAfterMs: 1000 },
  });
});
