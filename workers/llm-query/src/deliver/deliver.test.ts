import { Interaction } from '@innkeeper/shared/contracts/interaction';
import { err } from '@innkeeper/shared/result/result';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryTeamChat } from '@innkeeper/shared/testing/in-memory-team-chat';
import { describe, expect, test } from 'vitest';
import { sqliteStorage } from '../../test/support/sqlite-storage.ts';
import { answerMessageId } from '../answer-message-id.ts';
import { DeliveryLog } from './delivery-log.ts';
import { postAnswer } from './post-answer.ts';
import { storeInteraction } from './store-interaction.ts';

const room = () => {
  const chat = inMemoryTeamChat();
  chat.addRoom('R', 'public');
  return chat;
};
const posting = { questionMessageId: 'q', roomId: 'R', threadId: 'q', partsBefore: 0 };

describe('postAnswer', () => {
  test('twice posts once, each part under its own derived id', async () => {
    const chat = room();
    for (let time = 0; time < 2; time += 1)
      expect(await postAnswer({ ...posting, parts: ['a', 'b'] }, chat)).toMatchObject({ ok: true });
    expect(chat.messages.map(({ messageId, text, threadId }) => [messageId, text, threadId])).toEqual([
      [await answerMessageId('q', 0), 'a', 'q'],
      [await answerMessageId('q', 1), 'b', 'q'],
    ]);
  });

  test('corrects an earlier answer in place, and blanks what it no longer needs', async () => {
    const chat = room();
    await postAnswer({ ...posting, parts: ['a', 'b'] }, chat);
    await postAnswer({ ...posting, parts: ['c'], partsBefore: 2 }, chat);
    expect(chat.messages.map(({ text }) => text)).toEqual(['c', '_(part of an earlier answer; see above)_']);
  });

  test('sends what an earlier try was about to send and did not', async () => {
    const chat = room();
    await postAnswer({ ...posting, parts: ['c', 'd'], partsBefore: 1 }, chat);
    expect(chat.messages.map(({ text }) => text)).toEqual(['c', 'd']);
  });

  test('goes on after the part that was posted last, and spends no call on those before', async () => {
    const chat = room();
    const deliveries = new DeliveryLog(sqliteStorage());
    const sent: string[] = [];
    let turns = 2;
    const scarce = {
      ...chat,
      sendMessage: (message: Parameters<typeof chat.sendMessage>[0]) => {
        turns -= 1;
        if (turns < 0) return Promise.resolve(err({ kind: 'unavailable', detail: 'wait', unsent: true } as const));
        sent.push(message.text);
        return chat.sendMessage(message);
      },
    };
    const long = { ...posting, parts: ['a', 'b', 'c', 'd'] };
    expect(await postAnswer(long, scarce, deliveries)).toMatchObject({ ok: false });
    turns = 2;
    expect(await postAnswer(long, scarce, deliveries)).toMatchObject({ ok: true });
    expect(sent).toEqual(['a', 'b', 'c', 'd']);
    deliveries.forgetPosted('q');
    turns = 9;
    await postAnswer({ ...long, parts: ['e'], partsBefore: 4 }, scarce, deliveries);
    const [first, ...others] = chat.messages.map(({ text }) => text);
    expect([first, new Set(others)]).toEqual(['e', new Set(['_(part of an earlier answer; see above)_'])]);
  });

  test('stops at the first part that Rocket.Chat does not take', async () => {
    const chat = room();
    const refused = await postAnswer({ ...posting, parts: ['x'.repeat(6_000), 'b'] }, chat);
    expect(refused).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(chat.messages).toEqual([]);
  });
});

describe('storeInteraction', () => {
  const interaction = (more: object): Interaction =>
    Interaction.parse({
      v: 1,
      messageId: 'q',
      roomId: 'R',
      roomType: 'public',
      askerId: 'u',
      scope: 'full',
      question: 'today',
      askedAt: '2026-11-21T09:41:00Z',
      plan: { kind: 'help' },
      answer: 'x',
      sources: [],
      author: 'code',
      timings: { start: 1 },
      answeredAt: '2026-11-21T09:41:01Z',
      revision: 0,
      ...more,
    });

  test('keeps the first answer on a retry and the edited one after an edit', async () => {
    const store = inMemoryDocumentStore();
    const stored = async (): Promise<unknown> => {
      const read = await store.getAll(['interactions/q']);
      return read.ok ? read.value[0]?.fields['answer'] : undefined;
    };
    expect(await storeInteraction(interaction({ answer: 'first' }), store)).toMatchObject({ ok: true });
    expect(await storeInteraction(interaction({ answer: 'late' }), store)).toMatchObject({ ok: true });
    expect(await stored()).toBe('first');
    await storeInteraction(interaction({ answer: 'edited', revision: 1 }), store);
    await storeInteraction(interaction({ answer: 'late' }), store);
    expect(await stored()).toBe('edited');
  });

  test('keeps what people thought of the answer, and drops what the edited one has no more', async () => {
    const store = inMemoryDocumentStore();
    const feedback = { version: 7, up: ['frida'], down: [] };
    await storeInteraction(interaction({ model: { id: 'm', tokensIn: 1, tokensOut: 1 } }), store);
    await store.commit([{ op: 'merge', path: 'interactions/q', fields: { feedback } }]);
    await storeInteraction(interaction({ answer: 'edited', revision: 1 }), store);
    const read = await store.getAll(['interactions/q']);
    expect(read.ok && read.value[0]?.fields).toEqual({ ...interaction({ answer: 'edited', revision: 1 }), feedback });
  });

  test('says when it could not', async () => {
    const store = inMemoryDocumentStore({ fault: () => ({ kind: 'unavailable', detail: 'down' }) });
    expect(await storeInteraction(interaction({}), store)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  });
});
