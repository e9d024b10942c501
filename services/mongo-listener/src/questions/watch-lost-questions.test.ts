import { createLog } from '@innkeeper/shared/log/log';
import { ok } from '@innkeeper/shared/result/result';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { expect, it } from 'vitest';
import { watchLostQuestions } from './watch-lost-questions.ts';

it('looks at once and every 10 s until it is stopped, and tells of trouble when it begins and ends', async () => {
  const stop = new AbortController();
  const events: unknown[] = [];
  const pauses: number[] = [];
  /** Per round; the process stops after the last. */
  const isDown = [false, true, true, false];
  await watchLostQuestions({
    source: {
      messages: async function* () {
        if (isDown[pauses.length]) throw new TypeError('mongodb://user:password@db is down');
        yield* [];
      },
      rooms: () => Promise.resolve(new Map()),
    },
    interactions: inMemoryDocumentStore(),
    operations: inMemoryDocumentStore(),
    offer: () => Promise.resolve(ok(undefined)),
    assistant: { userId: 'bOtUsErId00000001', username: 'concierge.bot', words: [] },
    clock: {
      now: () => new Date(Date.parse('2026-11-21T12:00:00.000Z') + pauses.length * 10_000),
      elapsedMs: () => 0,
      pause: ms => {
        pauses.push(ms);
        if (pauses.length === isDown.length) stop.abort();
        return Promise.resolve();
      },
    },
    log: createLog('mongo-listener', line => events.push(JSON.parse(line))),
    alert: () => undefined,
    signal: stop.signal,
  });

  expect(pauses).toEqual([10_000, 10_000, 10_000, 10_000]);
  expect(events).toEqual([
    {
      severity: 'WARNING',
      deployable: 'mongo-listener',
      event: 'questions.held_up',
      kind: 'mongodb',
      detail: 'TypeError',
    },
    { severity: 'INFO', deployable: 'mongo-listener', event: 'questions.resumed', after: 'mongodb' },
  ]);
});
