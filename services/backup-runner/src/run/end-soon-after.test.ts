import { ok } from '@innkeeper/shared/result/result';
import { describe, expect, it } from 'vitest';
import { manualTime } from '../testing/manual-time.ts';
import { ABANDONED_MS, endSoonAfter } from './end-soon-after.ts';
import type { StepResult } from './step.ts';

describe('a step of a run that is broken off', () => {
  it('may end by itself, and says how', async () => {
    const run = new AbortController();
    const own = Promise.withResolvers<Awaited<StepResult<string>>>();
    const ended = endSoonAfter(run.signal, own.promise, manualTime());
    run.abort();
    own.resolve(ok('done'));
    expect(await ended).toEqual({ ok: true, value: 'done' });
  });

  it('is not waited for when it does not listen', async () => {
    const time = manualTime();
    const run = new AbortController();
    const ended = endSoonAfter(run.signal, Promise.withResolvers<Awaited<StepResult<string>>>().promise, time);
    await time.pass(10 * ABANDONED_MS);
    run.abort();
    await time.pass(ABANDONED_MS);
    expect(await ended).toMatchObject({ ok: false, error: { reason: 'stopped' } });
  });
});
