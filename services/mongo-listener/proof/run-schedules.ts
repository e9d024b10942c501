import type { StartCopy } from './listener-copy.ts';
import { type MongoServer, reachMongo } from './mongo-server.ts';
import { isFlawless, type Outcome, runSchedule } from './run-schedule.ts';
import { planSchedule } from './schedule.ts';

/** Many schedules, some at once, each server played on by one after the other. */
export interface RunSchedulesOptions {
  readonly seeds: readonly number[];
  /** A real replica set; without it, stand-ins of our own. */
  readonly uri?: string | undefined;
  readonly startCopy: StartCopy;
  /** How long a listener has in the end: milliseconds. */
  readonly patienceMs?: number;
  readonly onOutcome?: (outcome: Outcome) => void;
}

/** Those that found something wrong. */
export async function runSchedules({
  seeds,
  uri,
  startCopy,
  patienceMs = PATIENCE_MS,
  onOutcome,
}: RunSchedulesOptions): Promise<Outcome[]> {
  const left = [...seeds];
  const flawed: Outcome[] = [];
  const server = uri === undefined ? 'obedient' : 'real';

  async function play(mongo: MongoServer): Promise<void> {
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
      const outcome = await runSchedule(planSchedule(seed, server), { server: mongo, startCopy, patienceMs });
      if (!isFlawless(outcome)) flawed.push(outcome);
      onOutcome?.(outcome);
    }
  }

  await Promise.all(
    Array.from({ length: Math.min(LANES, seeds.length) }, async () => {
      const mongo = await reachMongo(uri);
      try {
        await play(mongo);
      } finally {
        await mongo.close();
      }
    }),
  );
  return flawed;
}

/** Hundreds of times what it takes: whoever needs longer never arrives. */
const PATIENCE_MS = 15_000;

/** Schedules mostly wait: for answers, for a lease, for an election. */
const LANES = 6;

/** What was wrong, and how to see it again. */
export function describeFlaws({ seed, damage, complaints }: Outcome): string {
  const sentences = [
    ...complaints,
    ...(Object.entries(damage) as [string, readonly string[]][]).flatMap(([kind, found]) =>
      found.map(line => `${kind}: ${line}`),
    ),
  ];
  const shown = sentences.slice(0, SENTENCES_MAX);
  const more = sentences.length > shown.length ? [`… and ${sentences.length - shown.length} more`] : [];
  return [`seed ${seed}; again: ./dev prove-listener --seed ${seed} --schedules 1`, ...shown, ...more].join('\n  ');
}

const SENTENCES_MAX = 10;
