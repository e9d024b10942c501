import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { describe, expect, it } from 'vitest';
import { createHealth } from './answer-health.ts';
import type { WriteFailure } from './cloud-logging.ts';

function world(outcome: Result<void, WriteFailure>) {
  let nowMs = 0;
  let probes = 0;
  const probe = (): Promise<Result<void, WriteFailure>> => {
    probes += 1;
    return Promise.resolve(outcome);
  };
  const answer = createHealth({ logging: { probe }, now: () => nowMs });
  return {
    ask: async (path = '/healthz', method = 'GET') => {
      const response = await answer(new Request(`https://log-forwarder.example${path}`, { method }));
      return [response.status, await response.json()];
    },
    pass: (ms: number) => {
      nowMs += ms;
    },
    probes: () => probes,
  };
}

const DENIED = { kind: 'denied', detail: '403 PERMISSION_DENIED' } as const;

describe('GET /healthz', () => {
  it('is well while Cloud Logging takes entries', async () => {
    expect(await world(ok(undefined)).ask()).toEqual([200, { ok: true }]);
  });

  it('says why it is not', async () => {
    expect(await world(err(DENIED)).ask()).toEqual([503, { ok: false, ...DENIED }]);
  });

  it('asks Google once a minute, however many ask', async () => {
    const { ask, pass, probes } = world(err(DENIED));
    await ask();
    pass(59_999);
    await ask();
    expect(probes()).toBe(1);
    pass(1);
    await ask();
    expect(probes()).toBe(2);
  });

  it.each([
    ['/', 'GET'],
    ['/healthz', 'POST'],
    ['/healthz/', 'GET'],
  ])('is all there is: %s %s', async (path, method) => {
    const { ask, probes } = world(ok(undefined));
    expect(await ask(path, method)).toEqual([404, { ok: false, error: 'not_found' }]);
    expect(probes()).toBe(0);
  });
});
