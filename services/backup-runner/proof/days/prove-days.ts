import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { succeeded } from '../succeeded.ts';
import { backupServer } from './backup-server.ts';
import { keepDiary } from './diary.ts';
import { planDays } from './plan-days.ts';
import { newTally, playDay, type Tally } from './play-day.ts';
import { findUnrestorable } from './restore-snapshots.ts';
import { startVaultOnClock } from './vault-on-clock.ts';

/** Many virtual days of backup and retention against the vault with its rules on, each compared with the calendar. */
export interface DaysOrder {
  readonly days: number;
  readonly seed: number;
  /** First day, `YYYY-MM-DD`. */
  readonly from: string;
  /** The real program. */
  readonly restic: string;
  readonly onDay?: (day: string, snapshots: number) => void;
}

export interface DaysOutcome extends Tally {
  /** Days that were as they should be. */
  readonly days: number;
  readonly taken: number;
  /** In the repository at the end; every one was restored and compared byte by byte. */
  readonly left: number;
  /** What the vault refused, by `<reason> <kind of request>`. */
  readonly refusals: Readonly<Record<string, number>>;
  /** What was not as the calendar or the rules have it. The first difference ends the proof. */
  readonly differences: readonly string[];
}

export async function proveDays(order: DaysOrder): Promise<DaysOutcome> {
  const cacheDirectory = await mkdtemp(join(tmpdir(), 'innkeeper-cache-'));
  const vault = await startVaultOnClock(new Date(order.from));
  const server = backupServer(vault, order.restic, cacheDirectory);
  const stage = { vault, server, diary: keepDiary(), tally: newTally() };
  const differences: string[] = [];
  let days = 0;
  let left = 0;
  try {
    for (const planned of planDays(order)) {
      const difference = await playDay(stage, planned);
      if (difference !== undefined) {
        differences.push(`${planned.day}: ${difference}`);
        break;
      }
      days += 1;
      order.onDay?.(planned.day, stage.diary.standing);
    }
    const reader = await server.open('read');
    const there = await succeeded(reader.snapshots());
    left = there.length;
    await succeeded(reader.check());
    differences.push(...(await findUnrestorable(reader, there)).map(name => `cannot be restored: ${name}`));
  } finally {
    await vault[Symbol.asyncDispose]();
    await rm(cacheDirectory, { recursive: true, force: true });
  }
  const refusals = vault.refusals();
  if (differences.length === 0) differences.push(...unexpected(refusals, stage.tally));
  return { ...stage.tally, days, taken: stage.diary.taken, left, refusals, differences };
}

/** A probe is refused once for its scope and twice for an age, a young pack once; nothing else is refused at all. */
function unexpected(refusals: Readonly<Record<string, number>>, { probes, packsTooYoung }: Tally): string[] {
  const expected = new Map([
    ['scope_forbids delete', probes],
    ['too_young delete', 2 * probes + packsTooYoung],
  ]);
  const names = new Set([...expected.keys(), ...Object.keys(refusals)]);
  return [...names]
    .filter(name => (refusals[name] ?? 0) !== (expected.get(name) ?? 0))
    .map(name => `the vault refused ${refusals[name] ?? 0} times with ${name}, expected ${expected.get(name) ?? 0}`);
}
