import type { OperateResponse } from '@innkeeper/shared/contracts/operate';
import type { ReadJob } from '@innkeeper/shared/contracts/read-job';
import type { OperateError } from '@innkeeper/shared/operate/operate-client';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { describe, expect, test } from 'vitest';
import type { Workers } from '../connect/connect-workers.ts';
import type { Progress } from '../terminal/progress-screen.ts';
import { describeJobs, endedWell } from './describe-jobs.ts';
import { watchJobs } from './watch-jobs.ts';

const job = (source: ReadJob['source'], resource: string, change: Partial<ReadJob> = {}): ReadJob => ({
  v: 1,
  jobId: `${source}-${resource}`,
  source,
  purpose: 'backfill',
  resource,
  window: {},
  state: 'running',
  counts: { pages: 0, read: 0, sent: 0, vanished: 0, unreadable: 0 },
  examples: [],
  startedAt: '2026-11-21T09:00:00.000Z',
  updatedAt: '2026-11-21T09:00:10.000Z',
  ...change,
});
const read = (count: number): Pick<ReadJob, 'counts'> => ({
  counts: { pages: 1, read: count, sent: 0, vanished: 0, unreadable: 0 },
});

type Looked = Result<readonly ReadJob[], OperateError>;
const AWAY: OperateError = { kind: 'unreachable', detail: 'away.', nextStep: 'Check.' };

/** Workers that answer with the next of these each time they are looked at, and with the last one ever after. */
function setUp(looks: { readonly guesty: readonly Looked[]; readonly aircall?: readonly Looked[] }) {
  const asked = { guesty: 0, aircall: 0 };
  const never = (): never => {
    throw new Error('only looked at');
  };
  const worker = (vendor: 'guesty' | 'aircall'): Workers['guesty'] => ({
    state: () => {
      const all = looks[vendor] ?? [];
      const looked = all[Math.min(asked[vendor], all.length - 1)] ?? err(AWAY);
      asked[vendor] += 1;
      if (!looked.ok) return Promise.resolve(looked);
      return Promise.resolve(ok({ jobs: [...looked.value] } as OperateResponse<'state'>));
    },
    startJobs: never,
    cancelJob: never,
    replay: never,
    mark: never,
    token: never,
    subscription: never,
  });
  const shown: (readonly Progress[])[] = [];
  const interruption = new AbortController();
  let pauses = 0;
  const watch = {
    workers: { guesty: worker('guesty'), aircall: worker('aircall') },
    screen: { show: (all: readonly Progress[]) => void shown.push(all), end: () => undefined },
    pause: () => {
      pauses += 1;
      return Promise.resolve();
    },
    clock: () => pauses * 1_000,
    interrupted: interruption.signal,
  };
  return { watch, shown, asked, interruption, pauses: () => pauses };
}

describe('walks that are watched', () => {
  test('are shown as they go, until each has ended', async () => {
    const { watch, shown, asked } = setUp({
      guesty: [
        ok([job('guesty', 'listings', read(5))]),
        ok([job('guesty', 'listings', { ...read(9), state: 'done' })]),
      ],
      aircall: [ok([job('aircall', 'calls', { ...read(3), state: 'done' }), job('aircall', 'another')])],
    });
    const watched = await watchJobs(watch, [job('guesty', 'listings', { total: 9 }), job('aircall', 'calls')]);
    expect(watched.end).toBe('ended');
    expect(watched.jobs.map(({ resource, state }) => [resource, state])).toEqual([
      ['listings', 'done'],
      ['calls', 'done'],
    ]);
    expect(shown.map(all => all.map(({ done }) => done))).toEqual([
      [0, 0],
      [5, 3],
      [9, 3],
    ]);
    expect(asked).toEqual({ guesty: 2, aircall: 1 });
  });

  test('are looked at again through a Worker that is away for a while', async () => {
    const { watch } = setUp({ guesty: [err(AWAY), err(AWAY), ok([job('guesty', 'listings', { state: 'done' })])] });
    expect((await watchJobs(watch, [job('guesty', 'listings')])).end).toBe('ended');
  });

  test('are given up where the Worker stays away, and at once where waiting cannot help', async () => {
    const away = setUp({ guesty: [err(AWAY)] });
    expect((await watchJobs(away.watch, [job('guesty', 'listings')])).end).toEqual({ lost: AWAY });
    expect(away.pauses()).toBe(30);
    const denied = setUp({ guesty: [err({ ...AWAY, kind: 'unauthorised' })] });
    expect((await watchJobs(denied.watch, [job('guesty', 'listings')])).end).toMatchObject({
      lost: { kind: 'unauthorised' },
    });
    expect(denied.pauses()).toBe(1);
  });

  test('go on without the one who interrupts the watching', async () => {
    const { watch, interruption } = setUp({ guesty: [ok([job('guesty', 'listings')])] });
    interruption.abort();
    expect((await watchJobs(watch, [job('guesty', 'listings')])).end).toBe('interrupted');
  });
});

test('a walk that failed is told with its reason and the next step', () => {
  const problem = { reason: 'vendor_denied', detail: 'the vendor answered 403' };
  const failed = job('guesty', 'listings', { state: 'failed', problem });
  const told = describeJobs([failed, job('aircall', 'calls', { state: 'done' })]);
  expect(told).toContain('vendor_denied: the vendor answered 403');
  expect(told).toContain('guesty-webhook');
  expect([failed, job('aircall', 'calls', { state: 'done' })].map(endedWell)).toEqual([false, true]);
});
