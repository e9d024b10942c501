import { createLog } from '@innkeeper/shared/log/log';
import type { ModelError } from '@innkeeper/shared/ports/language-model';
import { scriptedLanguageModel } from '@innkeeper/shared/testing/scripted-language-model';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { sqliteStorage } from '../../test/support/sqlite-storage.ts';
import { allowedModel, type TokenBooks } from './allowed-model.ts';
import { TokenLedger } from './token-ledger.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const request = {
  system: 'be brief',
  user: 'what was said of the boiler?',
  schemaName: 'answer',
  schema: z.object({ answer: z.string() }),
  maxTokens: 1_000,
  timeoutMs: 1_000,
};

function modelWith(perPersonAndDay: number, fails?: ModelError) {
  const ledger = new TokenLedger(sqliteStorage());
  const limits = { perDay: 1_000_000, perPersonAndDay };
  let isReachable = true;
  const reach = <T>(value: T): Promise<T> => (isReachable ? Promise.resolve(value) : Promise.reject(new Error('gone')));
  const books: TokenBooks = {
    book: (asked, allowed) => reach(ledger.book(asked, allowed, NOW)),
    correct: (id, tokens) => reach(ledger.correct(id, tokens)),
  };
  const asked: string[] = [];
  const scripted = scriptedLanguageModel(({ user }) => {
    asked.push(user);
    return fails === undefined ? { says: { answer: 'cold' } } : { fails };
  });
  const model = allowedModel({
    model: scripted,
    books,
    limits,
    person: 'frida',
    now: () => NOW,
    log: createLog('test', () => undefined),
  });
  return {
    model,
    asked,
    left: () => {
      for (let tokens = perPersonAndDay; tokens > 0; tokens -= 1) {
        if (ledger.book({ person: 'frida', tokens }, limits, NOW).kind === 'booked') return tokens;
      }
      return 0;
    },
    cutOff: () => {
      isReachable = false;
    },
  };
}

describe('the model of one person', () => {
  test('answers, and what it used is what counts', async () => {
    const { model, left } = modelWith(3_000);
    const completed = await model.complete(request);
    if (!completed.ok) throw new Error(completed.error.kind);
    expect(left()).toBe(3_000 - completed.value.tokensIn - completed.value.tokensOut);
    expect(model.usedUpBy()).toBeUndefined();
  });

  test('is not asked when the call might go beyond the limit, and says whose', async () => {
    const { model, asked } = modelWith(1_000);
    expect(await model.complete(request)).toMatchObject({
      ok: false,
      error: { kind: 'unavailable', retryAfterMs: 12 * 3_600_000 },
    });
    expect([model.usedUpBy(), asked]).toEqual(['person', []]);
  });

  test.each([
    ['unavailable', 3_000],
    ['misconfigured', 3_000],
    ['timeout', 1_588],
    ['nonsense', 1_588],
  ] as const)('that failed as %s leaves what it cannot have used', async (kind, expected) => {
    const { model, left } = modelWith(3_000, { kind, detail: '' });
    await model.complete(request);
    expect(left()).toBe(expected);
  });

  test('is away while the books cannot be reached', async () => {
    const { model, asked, cutOff } = modelWith(3_000);
    cutOff();
    expect(await model.complete(request)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect([model.usedUpBy(), asked]).toEqual([undefined, []]);
  });
});
