import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FloodQuestion, playFlood } from '../../test/support/flooded-assistant.ts';
import { answerMessageId } from '../answer-message-id.ts';
import { TURNS_PER_WINDOW, WINDOW_MS } from './turn-ledger.ts';

const question = fc.record({
  asker: fc.constantFrom('frida', 'frida', 'frida', 'bruno', 'ana', 'li', 'omar'),
  thread: fc.integer({ min: 0, max: 15 }).map(number => `thread-${number}`),
  atMs: fc.integer({ min: 0, max: 20_000 }),
  editedAfterMs: fc.option(fc.integer({ min: 1, max: 90_000 }), { nil: undefined, freq: 6 }),
});
const flood = fc.record({
  questions: fc
    .array(question, { minLength: 1, maxLength: 45 })
    .map(all => all.map((one, number): FloodQuestion => ({ ...one, id: `question-${number}` }))),
  crashes: fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 6 }),
});

/** The most of these instants that fall into any minute. */
const mostInAMinute = (instants: readonly number[]): number =>
  Math.max(0, ...instants.map(first => instants.filter(at => at >= first && at < first + 60_000).length));

test('a flood, killed between any two steps, is answered once each, in turn and within the limit', async () => {
  await fc.assert(
    fc.asyncProperty(flood, async ({ questions, crashes }) => {
      const { server, waits, marksLeft, interactions } = await playFlood({ questions, crashes, exemptsBot: false });
      const answers = await Promise.all(questions.map(({ id }) => answerMessageId(id, 0)));
      expect([...server.messages.keys()].toSorted()).toEqual(answers.toSorted());
      expect(interactions).toBe(questions.length);
      expect(marksLeft).toBe(0);

      expect(server.refusals()).toBe(0);
      for (const instants of server.arrivals.values()) {
        expect(mostInAMinute(instants)).toBeLessThanOrEqual(TURNS_PER_WINDOW);
      }
      // An edit is one more call, and a crash may cost one turn.
      const callsAtMost = questions.length * 2 + crashes.length;
      const windows = 2 + Math.ceil(callsAtMost / TURNS_PER_WINDOW);
      expect(Math.max(...waits.values())).toBeLessThanOrEqual(windows * WINDOW_MS);
    }),
    { numRuns: 20 },
  );
}, 30_000);

test('one person’s flood keeps nobody else waiting longer than a minute', async () => {
  const questions = Array.from({ length: 60 }, (_, number) => ({
    id: `flood-${number}`,
    asker: 'frida',
    thread: `thread-${number}`,
    atMs: number,
    editedAfterMs: undefined,
  }));
  const bruno = { id: 'bruno', asker: 'bruno', thread: 'bruno', atMs: 30_000, editedAfterMs: undefined };
  const { waits, server } = await playFlood({ questions: [...questions, bruno], crashes: [], exemptsBot: false });
  expect(waits.get('bruno')).toBeLessThan(WINDOW_MS);
  expect(server.messages.size).toBe(61);
  expect(Math.max(...waits.values())).toBeLessThanOrEqual(7 * WINDOW_MS);
});

test('a bot that Rocket.Chat does not count answers a flood at once', async () => {
  const questions = Array.from({ length: 60 }, (_, number) => ({
    id: `flood-${number}`,
    asker: 'frida',
    thread: `thread-${number}`,
    atMs: number,
    editedAfterMs: undefined,
  }));
  const { waits, server } = await playFlood({ questions, crashes: [40], exemptsBot: true });
  expect(server.messages.size).toBe(60);
  expect(Math.max(...waits.values())).toBeLessThan(30_000);
});
