import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { createLog } from '../../log/log.ts';
import type { ModelError } from '../../ports/language-model.ts';
import { type ScriptedReply, scriptedLanguageModel } from '../../testing/scripted-language-model.ts';
import { fallbackLanguageModel } from './fallback-language-model.ts';

const request = {
  system: 'be brief',
  user: 'who?',
  schemaName: 'answer',
  schema: z.object({ answer: z.string() }),
  maxTokens: 100,
  timeoutMs: 5_000,
};
const says = { says: { answer: 'yes' } };
const fails = (kind: ModelError['kind'], retryAfterMs?: number): ScriptedReply => ({
  fails: { kind, detail: `${kind} here`, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) } as ModelError,
});

/** Two models whose next replies are set by the test; each reply takes `tookMs` of a clock that only they move. */
function twoModels() {
  let now = 1_000_000;
  const lines: string[] = [];
  const next = { large: says as ScriptedReply, small: says as ScriptedReply, tookMs: 0 };
  const scripted = (id: 'large' | 'small') =>
    scriptedLanguageModel(({ timeoutMs }) => {
      now += Math.min(next.tookMs, timeoutMs);
      return next.tookMs > timeoutMs ? fails('timeout') : next[id];
    }, id);
  const [large, small] = [scripted('large'), scripted('small')];
  const model = fallbackLanguageModel({
    models: [large, small],
    now: () => now,
    log: createLog('test', line => lines.push(line)),
  });
  const asked = () => [large.requests.length, small.requests.length];
  return { model, large, small, next, lines, asked, wait: (ms: number) => (now += ms), now: () => now };
}

describe('two models', () => {
  it('are one call where the first answers', async () => {
    const { model, asked, lines } = twoModels();
    const reply = await model.complete(request);
    expect(reply).toMatchObject({ ok: true, value: { value: { answer: 'yes' }, model: 'large' } });
    expect(asked()).toEqual([1, 0]);
    expect(lines).toEqual([]);
  });

  it.each(['unavailable', 'timeout', 'misconfigured', 'nonsense'] as const)(
    'stand in for each other when the first is %s, and the log says so',
    async kind => {
      const { model, next, lines } = twoModels();
      next.large = fails(kind);
      expect(await model.complete(request)).toMatchObject({ ok: true, value: { model: 'small' } });
      expect(lines.map(line => JSON.parse(line) as unknown)).toEqual([
        {
          severity: 'WARNING',
          deployable: 'test',
          event: 'model.passed_over',
          model: 'large',
          kind,
          detail: `${kind} here`,
        },
      ]);
    },
  );

  it('fail as the second failed where both do', async () => {
    const { model, next } = twoModels();
    next.large = fails('timeout');
    next.small = fails('nonsense');
    expect(await model.complete(request)).toEqual({ ok: false, error: { kind: 'nonsense', detail: 'nonsense here' } });
  });
});

describe('the time of a request', () => {
  it.each([
    [5_000, 3_000, 2_000],
    [2_000, 1_200, 800],
  ])('of %i ms is divided into %i and what is left', async (timeoutMs, first, second) => {
    const { model, next, large, small, now } = twoModels();
    next.tookMs = 60_000;
    const before = now();
    expect(await model.complete({ ...request, timeoutMs })).toMatchObject({ ok: false, error: { kind: 'timeout' } });
    expect([large.requests[0]?.timeoutMs, small.requests[0]?.timeoutMs]).toEqual([first, second]);
    expect(now() - before).toBe(timeoutMs);
  });

  it('is all the first one’s where the second could do nothing with its share', async () => {
    const { model, next, large, asked } = twoModels();
    next.tookMs = 60_000;
    await model.complete({ ...request, timeoutMs: 1_000 });
    expect(large.requests[0]?.timeoutMs).toBe(1_000);
    expect(asked()).toEqual([1, 0]);
  });

  it('is all the second one’s while the first rests', async () => {
    const { model, next, small } = twoModels();
    next.large = fails('unavailable', 60_000);
    await model.complete(request);
    await model.complete(request);
    expect(small.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([5_000, 5_000]);
  });
});

describe('a model that failed', () => {
  it.each([
    ['said when to come back', fails('unavailable', 7_660), 7_660],
    ['was away', fails('unavailable'), 5_000],
    ['was too slow', fails('timeout'), 5_000],
    ['is retired', fails('misconfigured'), 300_000],
  ])('because it %s is not asked before then', async (_, failure, restMs) => {
    const { model, next, asked, wait } = twoModels();
    next.large = failure;
    await model.complete(request);
    wait(restMs - 1);
    await model.complete(request);
    expect(asked()).toEqual([1, 2]);
    next.large = says;
    wait(1);
    expect(await model.complete(request)).toMatchObject({ value: { model: 'large' } });
  });

  it('on one prompt alone does not rest', async () => {
    const { model, next, asked } = twoModels();
    next.large = fails('nonsense');
    await model.complete(request);
    await model.complete(request);
    expect(asked()).toEqual([2, 2]);
  });

  it('costs nobody any time while all rest, and says when one is asked again', async () => {
    const { model, next, asked, wait } = twoModels();
    next.large = fails('unavailable', 60_000);
    next.small = fails('unavailable', 8_000);
    await model.complete(request);
    wait(2_000);
    expect(await model.complete(request)).toMatchObject({ error: { kind: 'unavailable', retryAfterMs: 6_000 } });
    expect(asked()).toEqual([1, 1]);
  });

  it('stays a matter for the operator while it rests', async () => {
    const { model, next } = twoModels();
    next.large = fails('misconfigured');
    next.small = fails('misconfigured');
    await model.complete(request);
    expect(await model.complete(request)).toMatchObject({ error: { kind: 'misconfigured' } });
  });
});
