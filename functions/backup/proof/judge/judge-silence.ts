import type { RunRecord, Signal, WorkRecord } from '../chronicle.ts';
import type { Night } from '../night.ts';
import type { World } from '../world.ts';
import { type Flaw, HOUR_MS, instant, MINUTE_MS } from './flaw.ts';
import { ANY_HINDRANCE, judgedSweeps } from './sweeps.ts';

/**
 * Whether people heard in time. A promise is due at an instant at which it could first be known that something did not
 * happen; a person must have a signal by fifteen minutes later, or, where every sweep until then was hindered by the
 * world, by the end of the first one that was not. Signals are messages in chat, alerts in the log, policies of the
 * monitoring and the outside watch.
 */
export interface SilenceVerdict {
  readonly silent: readonly Flaw[];
  /** How long after they were due people knew of those that could be kept in time: milliseconds, sorted. */
  readonly told: readonly number[];
  /** Promises that could only be kept later, since every sweep was hindered. */
  readonly hindered: number;
}

const TELL_MS = 15 * MINUTE_MS;
/** A server that stays so long after its deadline is one that cannot be deleted. */
const STUBBORN_MS = 45 * MINUTE_MS;
/** What a scheduler is given before its silence means something. */
const START_MS = 10 * MINUTE_MS;

/** The longest each state may last, as the design says. */
const LIMIT_MINUTES: Readonly<
  Record<string, { readonly daily: number; readonly weekly: number; readonly monthly: number }>
> = {
  planned: { daily: 180, weekly: 180, monthly: 180 },
  creating: { daily: 10, weekly: 10, monthly: 10 },
  booting: { daily: 12, weekly: 12, monthly: 12 },
  dumping: { daily: 60, weekly: 60, monthly: 60 },
  backing_up: { daily: 120, weekly: 120, monthly: 120 },
  retaining: { daily: 30, weekly: 30, monthly: 90 },
  checking: { daily: 45, weekly: 90, monthly: 90 },
  restoring: { daily: 45, weekly: 120, monthly: 120 },
};
const RUN_MS = 6 * HOUR_MS;

export function judgeSilence(
  { chronicle, time, servers }: World,
  nights: readonly Night[],
  bad: readonly Night[],
): SilenceVerdict {
  const sweeps = judgedSweeps(chronicle.sweeps);
  const silent: Flaw[] = [];
  const told: number[] = [];
  let hindered = 0;

  /** When the world let a sweep work, and by when a person has to know. */
  const limitOf = (dueMs: number): { readonly freeMs: number; readonly limitMs: number } => {
    const freeMs = sweeps.firstUnhinderedEnd(dueMs, ANY_HINDRANCE) + MINUTE_MS;
    return { freeMs, limitMs: Math.max(dueMs + TELL_MS, freeMs) };
  };

  /** `isIt` says of a text whether it speaks of the matter. */
  const expect = (
    dueMs: number,
    fromMs: number,
    what: string,
    isIt: (text: string, kind?: string) => boolean,
  ): void => {
    const { freeMs, limitMs } = limitOf(dueMs);
    if (limitMs > time.now()) return;
    const sweptMs = sweeps.lastUnhinderedEnd(dueMs, ANY_HINDRANCE);
    const isHeard = ({ atMs, channel, text, kind }: Signal): boolean =>
      (atMs >= fromMs && atMs <= limitMs && isIt(text, kind)) ||
      // That the sweeps themselves are not at work is what monitoring and the outside watch say.
      (freeMs > dueMs + TELL_MS && isFromOutside(channel) && atMs > sweptMs && atMs <= limitMs);
    const signal = chronicle.signals.find(isHeard);
    if (signal === undefined) silent.push({ atMs: dueMs, text: `nobody heard by ${instant(limitMs)}: ${what}` });
    else if (freeMs > dueMs + TELL_MS + MINUTE_MS) hindered += 1;
    else told.push(Math.max(0, signal.atMs - dueMs));
  };

  const begun = [...chronicle.runs.values()].map(({ states }) => states[0]?.atMs ?? 0);
  for (const { day, dueAtMs } of nights) {
    const { limitMs } = limitOf(dueAtMs + START_MS);
    // A quarter of an hour early is the night's run as well.
    if (begun.some(atMs => atMs >= dueAtMs - TELL_MS && atMs <= limitMs)) continue;
    expect(
      dueAtMs + START_MS,
      dueAtMs,
      `no run was begun on ${day}`,
      (text, kind) => kind === 'backup_missed' && text.includes(day),
    );
  }
  for (const work of chronicle.works) {
    const run = chronicle.runs.get(work.runId);
    if (work.lostAtMs === undefined || run === undefined) continue;
    const { runId } = work;
    expect(knowableAtMs(run, work, work.lostAtMs), work.bornAtMs, `${runId} came to nothing`, text =>
      isEndOf(text, runId),
    );
  }
  for (const { server, createdAtMs, deletedAtMs = Number.POSITIVE_INFINITY } of servers.history) {
    const expiredAtMs = Math.max(createdAtMs, server.expires?.getTime() ?? createdAtMs);
    if (deletedAtMs < expiredAtMs + STUBBORN_MS) continue;
    expect(expiredAtMs + STUBBORN_MS - TELL_MS, createdAtMs, `${server.name} cannot be deleted`, (_, kind) =>
      ['server_undeletable', 'cloud_unreachable', 'undone', 'sweeps'].includes(kind ?? ''),
    );
  }
  for (const { day, dueAtMs } of bad) {
    const isNews = (text: string, kind?: string): boolean => kind !== undefined || !/^Backup \S+ ✓/u.test(text);
    expect(dueAtMs + 9 * HOUR_MS, dueAtMs, `${day} has no good backup`, isNews);
  }
  return { silent, told: told.toSorted((a, b) => a - b), hindered };
}

const isFromOutside = (channel: Signal['channel']): boolean => channel === 'monitoring' || channel === 'outside watch';

const isEndOf = (text: string, runId: string): boolean =>
  text.startsWith(`✗ Backup ${runId} failed`) || text.includes(`"key":"backup_failed-${runId}"`);

/** When the function could first know: its word, or the end of the state the run was in when the work was lost. */
function knowableAtMs(run: RunRecord, { bornAtMs }: WorkRecord, lostAtMs: number): number {
  const over =
    run.states.find(({ state }) => state === 'deleting' || state === 'failed')?.atMs ?? Number.POSITIVE_INFINITY;
  const last = run.states.findLast(({ atMs, state }) => atMs <= lostAtMs && LIMIT_MINUTES[state] !== undefined);
  if (last === undefined) return Math.min(over, lostAtMs);
  const depth = run.types.includes('monthly') ? 'monthly' : run.types.includes('weekly') ? 'weekly' : 'daily';
  const limitMs = (LIMIT_MINUTES[last.state]?.[depth] ?? 0) * MINUTE_MS;
  return Math.max(lostAtMs, Math.min(over, last.atMs + limitMs, bornAtMs + RUN_MS));
}
