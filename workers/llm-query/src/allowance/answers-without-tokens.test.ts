import { createLog } from '@innkeeper/shared/log/log';
import { scriptedLanguageModel } from '@innkeeper/shared/testing/scripted-language-model';
import { describe, expect, test } from 'vitest';
import { chatDesk } from '../../test/support/chat-desk.ts';
import { sqliteStorage } from '../../test/support/sqlite-storage.ts';
import { ASKED_AT, record, world } from '../../test/support/world.ts';
import { allowedModel } from './allowed-model.ts';
import { TokenLedger } from './token-ledger.ts';
import type { TokenLimits } from './token-limits.ts';

const now = (): number => Date.parse(ASKED_AT);
const asker = { roomId: 'R1', askerId: 'frida' };

async function askWith(limits: TokenLimits, asked: string) {
  const ledger = new TokenLedger(sqliteStorage());
  const scripted = scriptedLanguageModel(() => ({ says: { answerable: false, claims: [] } }));
  const model = allowedModel({
    model: scripted,
    books: {
      book: (request, allowed) => Promise.resolve(ledger.book(request, allowed, now())),
      correct: (id, tokens) => Promise.resolve(ledger.correct(id, tokens)),
    },
    limits,
    person: asker.askerId,
    now,
    log: createLog('test', () => undefined),
  });
  const desk = chatDesk({ model });
  const text = 'The boiler of the Garden Studio leaks';
  const message = { postId: 'p1', author: 'guest', sentAt: '2026-11-20T08:00:00Z', listingId: 'l-garden', text };
  await desk.putRecords([...world, record('guest-message', 'p1', message)]);
  const { answer } = await desk.ask(asked, asker);
  return { answer: answer.parts.join('\n'), calls: scripted.requests.length };
}

const plenty = { perDay: 100_000, perPersonAndDay: 100_000 };
const FREE = 'what was said about the boiler?';

describe('a free question', () => {
  test('within the limits is put to the model', async () => {
    expect((await askWith(plenty, FREE)).calls).toBe(1);
  });

  test.each([
    ['this person', { ...plenty, perPersonAndDay: 10 }, 'you asked a lot today'],
    ['everybody', { ...plenty, perDay: 10 }, 'the team asked a lot today'],
  ])('beyond what %s may use is answered by code, with a kind word', async (_name, limits, words) => {
    const { answer, calls } = await askWith(limits, FREE);
    expect(calls).toBe(0);
    expect(answer).toContain('The boiler of the Garden Studio leaks');
    expect(answer).toContain(words);
  });
});

test('a list needs no tokens', async () => {
  const { answer } = await askWith({ perDay: 0, perPersonAndDay: 0 }, 'who is checking in today?');
  expect(answer).not.toContain('asked a lot');
});
