import { err, ok } from '@innkeeper/shared/result/result';
import { describe, expect, it } from 'vitest';
import { manualTime } from '../testing/manual-time.ts';
import { postUntilAnswered } from './post-until-answered.ts';

type Reply = 'lost' | number | { readonly status: number; readonly retryAfter: string };

/** Answers in turn, the last one for ever. */
function ask(replies: readonly Reply[], signal = new AbortController().signal) {
  const time = manualTime();
  const asked: { readonly atMs: number; readonly body: unknown }[] = [];
  const result = postUntilAnswered(
    {
      time,
      random: () => 1,
      fetch: (_url, init) => {
        const reply = replies[Math.min(asked.length, replies.length - 1)] ?? 'lost';
        asked.push({ atMs: time.monotonicMs(), body: init.body });
        if (reply === 'lost') return Promise.reject(new TypeError('fetch failed'));
        const [status, headers] =
          typeof reply === 'number' ? [reply, {}] : [reply.status, { 'retry-after': reply.retryAfter }];
        return Promise.resolve(Response.json({ status }, { status, headers }));
      },
    },
    {
      url: 'https://function.example/report',
      headers: {},
      body: { sequence: 1 },
      judge: ({ status }) => (status === 200 ? ok('taken') : status === 409 ? undefined : err(`status ${status}`)),
      patienceMs: 60_000,
      signal,
    },
  );
  return { time, asked, result };
}

describe('a request that is repeated until it is answered', () => {
  it('brings the same bytes again after lost replies, trouble and "not yet", ever more slowly', async () => {
    const { time, asked, result } = ask(['lost', 503, 429, 408, 409, 200]);
    await time.pass(20_000);
    expect(await result).toEqual({ ok: true, value: 'taken' });
    expect(asked.map(({ atMs }) => atMs)).toEqual([0, 250, 750, 1_750, 3_750, 7_750]);
    expect(new Set(asked.map(({ body }) => body))).toEqual(new Set(['{"sequence":1}']));
  });

  it('waits as long as it is asked to', async () => {
    const { time, asked, result } = ask([{ status: 503, retryAfter: '7' }, 200]);
    await time.pass(7_000);
    expect((await result).ok).toBe(true);
    expect(asked.map(({ atMs }) => atMs)).toEqual([0, 7_000]);
  });

  it('is over with a refusal', async () => {
    const { asked, result } = ask([401]);
    expect(await result).toEqual({ ok: false, error: { kind: 'refused', problem: 'status 401' } });
    expect(asked).toHaveLength(1);
  });

  it('gives up when its patience is over, with the last problem', async () => {
    const { time, asked, result } = ask(['lost']);
    await time.pass(60_000);
    expect(await result).toEqual({ ok: false, error: { kind: 'unanswered', problem: 'unreachable' } });
    expect(asked.at(-1)?.atMs).toBeLessThanOrEqual(60_000);
  });

  it('ends at once when the run does', async () => {
    const run = new AbortController();
    const { time, result } = ask(['lost'], run.signal);
    await time.pass(100);
    run.abort();
    expect(await result).toEqual({ ok: false, error: { kind: 'aborted' } });
  });
});
