import { FAULTS } from './fault-points.ts';
import type { Simulated } from './simulate.ts';

/** Nights that may end without a backup though the world allowed one: a year's trouble may fall together once. */
export const missedMax = (days: number): number => Math.ceil(days / 366);

/** A year in some lines, and what was wrong with it in some more. */
export function describeVerdict({ verdict, nights }: Simulated): readonly string[] {
  const { counts, runs, servers, told, hits, unseen } = verdict;
  const number = (value: number): string => value.toLocaleString('en-GB');
  const minutes = (ms: number): string => `${(ms / 60_000).toFixed(1)} min`;
  const faults = [...hits.values()].reduce((total, count) => total + count, 0);
  return [
    `· ${number(faults)} faults of ${hits.size} kinds out of ${Object.keys(FAULTS).length}; ` +
      `${number(verdict.sweeps)} sweeps, ${number(servers.made)} servers, ${number(verdict.messages)} messages in chat`,
    `· runs: ${Object.entries(runs)
      .toSorted(([a], [b]) => a.localeCompare(b))
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}`,
    `· nights: ${verdict.nights.good} of ${nights.length} good, ${verdict.nights.impossible} in which the world allowed ` +
      `none all day, ${counts.missed} missed (at most ${missedMax(nights.length)})`,
    `· servers: ${counts.leaked} leaked (15 min past their deadline though a sweep could have deleted them; ` +
      `${servers.hindered} while deletion was refused or no sweep could see them, at most ` +
      `${minutes(servers.longestPastDeadlineMs)}), ${counts.doubled} doubled, ${counts.wronglyGone} wrongly said to be gone`,
    `· silence: of ${number(told.promises)} things that did not happen, ${counts.silent} that nobody heard of; people ` +
      `knew after ${minutes(told.medianMs)} (median), ${minutes(told.worstMs)} (worst; 15 min are promised); ` +
      `${told.hindered} when no sweep could work, told by the first one that could or by the watch outside`,
    `· ${counts.falselyGood} runs wrongly called good, ${counts.wronglyBlamed} wrongly blamed, ` +
      `${counts.wronglyWritten} wrong costs or summaries, ${counts.other} other flaws ` +
      '(two runs alive, secrets told, exceptions, credentials of the wrong power)',
    `· not seen: ${seen(unseen)}`,
  ];
}

function seen(unseen: Simulated['verdict']['unseen']): string {
  const parts = Object.entries(unseen).flatMap(([kind, names]) =>
    names.length === 0 ? [] : [`${names.length} ${kind}`],
  );
  return parts.length === 0 ? 'nothing; every fault, alert, state and reason has come' : parts.join(', ');
}

/** Each flaw with the hours around the first ones, and how to see them again. */
export function describeFlaws(
  { world, verdict }: Simulated,
  { seed, days }: { readonly seed: number; readonly days: number },
): readonly string[] {
  const instant = (atMs: number): string => new Date(atMs).toISOString().slice(0, 16);
  const histories = verdict.flaws.slice(0, HISTORIES_MAX).flatMap(({ atMs, promise, text }) => [
    '',
    `around ${promise}: ${text}`,
    ...world.chronicle
      .between(atMs - BEFORE_MS, atMs + AFTER_MS)
      .slice(-LINES_MAX)
      .map(line => `  ${line.slice(0, COLUMNS_MAX)}`),
  ]);
  return [
    `seed ${seed}; again: ./dev prove-backups --seed ${seed} --days ${days}`,
    ...verdict.flaws.slice(0, FLAWS_MAX).map(({ atMs, promise, text }) => `${instant(atMs)} ${promise}: ${text}`),
    ...histories,
  ];
}

const HISTORIES_MAX = 2;
const FLAWS_MAX = 20;
const LINES_MAX = 60;
const COLUMNS_MAX = 240;
const BEFORE_MS = 2 * 3_600_000;
const AFTER_MS = 40 * 60_000;
