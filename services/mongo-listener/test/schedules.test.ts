import { expect, test } from 'vitest';
import { type StartCopy, startListenerCopy } from '../proof/listener-copy.ts';
import type { Outcome } from '../proof/run-schedule.ts';
import { describeFlaws, runSchedules } from '../proof/run-schedules.ts';
import {
  acknowledgesEarly,
  forgetsDeletions,
  healsNothing,
  overlooksOne,
  turnsOrderRound,
} from '../proof/wrong-listeners.ts';

/**
 * Chat and trouble, by chance: kills between any two steps, cuts, elections, lost history, dropped collections, Pub/Sub
 * that refuses, doubles or delays, positions that cannot be saved, two copies at once. `MONGODB_URI` names a real replica
 * set to play on.
 */
const uri = process.env['MONGODB_URI'] || undefined;

test('in 200 schedules nothing is lost, invented or out of order, and in the end all is known as it is', async () => {
  const outcomes: Outcome[] = [];
  const flawed = await runSchedules({
    seeds: Array.from({ length: 200 }, (_, index) => index + 1),
    uri,
    startCopy: startListenerCopy,
    onOutcome: outcome => outcomes.push(outcome),
  });
  expect(flawed.map(describeFlaws).join('\n')).toBe('');
  // That much did happen.
  expect(outcomes).toHaveLength(200);
  const sum = (count: (outcome: Outcome) => number): number => outcomes.reduce((total, one) => total + count(one), 0);
  expect(sum(({ changes }) => changes)).toBeGreaterThan(4_000);
  expect(sum(({ copies }) => copies)).toBeGreaterThan(400);
  expect(sum(({ healings }) => healings)).toBeGreaterThan(40);
}, 300_000);

/** What is wrong with a listener shows in one schedule or another: looks until it does. */
async function firstDamage(kind: keyof Outcome['damage'], startCopy: StartCopy): Promise<readonly string[]> {
  for (let first = 1; first <= 200; first += AT_ONCE) {
    const flawed = await runSchedules({
      seeds: Array.from({ length: AT_ONCE }, (_, index) => first + index),
      startCopy,
      patienceMs: 2_000,
    });
    // Not of those that were only not waited for.
    const found = flawed.filter(({ complaints }) => complaints.length === 0).flatMap(({ damage }) => damage[kind]);
    if (found.length > 0) return found;
  }
  return [];
}

const AT_ONCE = 6;

test.each<[mistake: string, kind: keyof Outcome['damage'], listener: StartCopy]>([
  ['that notes its position before Pub/Sub has the changes', 'lost', acknowledgesEarly],
  ['that looks for no deletions after a gap', 'different', forgetsDeletions],
  ['that does not look back after a gap', 'different', healsNothing],
  ['that turns the order of a batch round', 'disordered', turnsOrderRound],
  ['that overlooks a change', 'lost', overlooksOne],
])(
  'a listener %s is found out',
  async (_mistake, kind, startCopy) => {
    expect(await firstDamage(kind, startCopy)).not.toEqual([]);
  },
  120_000,
);
