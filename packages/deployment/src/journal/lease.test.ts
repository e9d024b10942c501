import { ok } from '@innkeeper/shared/result/result';
import { describe, expect, it } from 'vitest';
import { GRACE_MS } from '../programs/program-runner.ts';
import { noLease, withinLease } from './lease.ts';

describe('withinLease', () => {
  const clock = { now: () => 1_000, pause: async () => undefined };
  const runner = { run: async () => ok({ exitCode: 0, stdout: 'ran' }) };
  const call = { program: 'git', args: [], timeoutMs: 500 } as const;

  it('runs what ends in time, and everything where there is no lock', async () => {
    expect(await withinLease(runner, clock, { until: 1_500 + GRACE_MS }).run(call)).toMatchObject({ ok: true });
    expect(await withinLease(runner, clock, noLease()).run(call)).toMatchObject({ ok: true });
  });

  it('begins nothing that could outlast the lock', async () => {
    expect(await withinLease(runner, clock, { until: 1_499 + GRACE_MS }).run(call)).toMatchObject({
      ok: false,
      error: { lastWords: 'It was not begun: the lock could run out meanwhile.' },
    });
  });
});
