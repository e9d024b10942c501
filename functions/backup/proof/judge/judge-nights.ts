import type { ConditionKind } from '../conditions.ts';
import type { Night } from '../night.ts';
import type { World } from '../world.ts';
import { type Flaw, HOUR_MS } from './flaw.ts';

/** Which nights brought a good backup: done by the document, and truly done. */
export interface NightVerdict {
  readonly good: number;
  /** Nights without one before the next was due, though there was time enough for one. */
  readonly missed: readonly Flaw[];
  /** Nights that left no time: something lasted all day. */
  readonly impossible: number;
  /** Called good, and the work was not done. */
  readonly falselyGood: readonly Flaw[];
  /** Without a good one, for others to ask about. */
  readonly bad: readonly Night[];
}

/** While these last, no run can be good. */
const PREVENTING: readonly ConditionKind[] = [
  'cloud_down',
  'cloud_denied',
  'sold_out',
  'quota_full',
  'no_image',
  'old_image',
  'arm_image',
  'large_image',
  'types_gone',
  'work_impossible',
  'store_down',
  'project_suspended',
];

/** A weekly run with its waits takes half of it. */
const NEEDED_MS = 4 * HOUR_MS;

export function judgeNights(world: World, nights: readonly Night[]): NightVerdict {
  const { chronicle } = world;
  const completed = new Set(
    chronicle.works.filter(({ completedAtMs }) => completedAtMs !== undefined).map(({ runId }) => runId),
  );
  const done = [...chronicle.runs.values()].flatMap(({ runId, states }) => {
    const end = states.find(({ state }) => state === 'done');
    return end === undefined ? [] : [{ runId, atMs: end.atMs }];
  });
  const falselyGood = done
    .filter(({ runId }) => !completed.has(runId))
    .map(({ runId, atMs }) => ({ atMs, text: `${runId} is called good, and its work was not done` }));

  const bad: Night[] = [];
  const missed: Flaw[] = [];
  let impossible = 0;
  for (const [index, night] of nights.entries()) {
    const untilMs = nights[index + 1]?.dueAtMs ?? world.time.now();
    const isGood = done.some(({ runId, atMs }) => completed.has(runId) && atMs >= night.dueAtMs && atMs < untilMs);
    if (isGood) continue;
    bad.push(night);
    if (longestFreeMs(world, night.dueAtMs, untilMs) < NEEDED_MS) impossible += 1;
    else missed.push({ atMs: night.dueAtMs, text: `${night.day} has no good backup` });
  }
  return { good: nights.length - bad.length, missed, impossible, falselyGood, bad };
}

function longestFreeMs({ conditions }: World, fromMs: number, untilMs: number): number {
  const prevented = conditions.all
    .filter(({ kind }) => PREVENTING.includes(kind))
    .map(condition => ({ fromMs: condition.fromMs, untilMs: condition.untilMs ?? Number.POSITIVE_INFINITY }))
    .filter(span => span.untilMs > fromMs && span.fromMs < untilMs)
    .toSorted((a, b) => a.fromMs - b.fromMs);
  let freeFromMs = fromMs;
  let longestMs = 0;
  for (const span of prevented) {
    longestMs = Math.max(longestMs, span.fromMs - freeFromMs);
    freeFromMs = Math.max(freeFromMs, span.untilMs);
  }
  return Math.max(longestMs, untilMs - freeFromMs);
}
