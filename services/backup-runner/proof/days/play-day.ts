import { succeeded } from '../succeeded.ts';
import { type BackupServer, PROVEN_SOURCES, type ProvenSource, ZONE } from './backup-server.ts';
import type { Diary } from './diary.ts';
import type { PlannedDay, PlannedRun } from './plan-days.ts';
import { probeRules } from './probe-rules.ts';
import type { VaultOnClock } from './vault-on-clock.ts';

/** Where the days are played. */
export interface Stage {
  readonly vault: VaultOnClock;
  readonly server: BackupServer;
  readonly diary: Diary;
  readonly tally: Tally;
}

export interface Tally {
  runs: number;
  /** Of these, ended before their retention, as planned. */
  cutShort: number;
  removed: number;
  prunes: number;
  bytesFreed: number;
  /** Refused to prune for now, because the vault holds packs for 14 days. */
  packsTooYoung: number;
  /** Attempts on the vault's rules, each refused. */
  probes: number;
}

export const newTally = (): Tally => ({
  runs: 0,
  cutShort: 0,
  removed: 0,
  prunes: 0,
  bytesFreed: 0,
  packsTooYoung: 0,
  probes: 0,
});

/** A sentence when something was not as the calendar or the rules have it. */
export async function playDay(stage: Stage, { day, runs }: PlannedDay): Promise<string | undefined> {
  for (const planned of runs) {
    const difference = await playRun(stage, planned, beginning(stage.vault, day, planned.beginsMinute));
    if (difference !== undefined) return `run ${planned.runId}: ${difference}`;
  }
  return undefined;
}

const MINUTE_MS = 60_000;

/** By the wall clock; one run at a time, so a run that is still there is waited for. */
function beginning(vault: VaultOnClock, day: string, minute: number): Date {
  const wallMs = Date.parse(day) + minute * MINUTE_MS;
  const shown = new Date(wallMs).toLocaleString('sv-SE', { timeZone: ZONE });
  const offsetMs = Date.parse(`${shown.replace(' ', 'T')}Z`) - wallMs;
  return new Date(Math.max(wallMs - offsetMs, vault.now().getTime() + MINUTE_MS));
}

async function playRun(stage: Stage, planned: PlannedRun, beganAt: Date): Promise<string | undefined> {
  const { vault, server, diary, tally } = stage;
  const { runId, prune } = planned;
  const sources = sourcesOf(planned);
  const endedAt = new Date(beganAt.getTime() + planned.durationMinutes * MINUTE_MS);
  await vault.setClock(endedAt);
  for (const source of sources) await server.backUp({ source, runId, beganAt });
  const retention =
    planned.failsAt === undefined ? await succeeded(server.retain({ runId, now: endedAt, prune })) : undefined;
  tally.runs += 1;
  tally.cutShort += retention === undefined ? 1 : 0;
  tally.removed += retention?.removed.length ?? 0;
  tally.prunes += retention?.pruned === undefined ? 0 : 1;
  tally.bytesFreed += retention?.pruned?.freedBytes ?? 0;
  tally.packsTooYoung += retention?.pruned?.refused ?? 0;

  const there = await succeeded((await server.open('read')).snapshots());
  const difference = diary.compare(there, { taken: sources.length, endedAt, retention });
  if (difference !== undefined || retention?.pruned === undefined) return difference;
  tally.probes += 1;
  return probeRules(server, there);
}

export function sourcesOf({ failsAt }: PlannedRun): readonly ProvenSource[] {
  const all = Object.keys(PROVEN_SOURCES) as ProvenSource[];
  if (failsAt === 'starting') return [];
  return failsAt === 'half_way' ? all.slice(0, 1) : all;
}
