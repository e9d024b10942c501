import { RunState } from '@innkeeper/shared/contracts/backup/backup-run';
import { BackupFailure } from '@innkeeper/shared/contracts/backup/failure';
import { ALERT_CATALOGUE } from '../../src/alerts/alert-catalogue.ts';
import { FAULTS } from '../fault-points.ts';
import type { Night } from '../night.ts';
import type { World } from '../world.ts';
import type { Flaw } from './flaw.ts';
import { judgeBlame } from './judge-blame.ts';
import { judgeNights } from './judge-nights.ts';
import { judgeRecords } from './judge-records.ts';
import { judgeServers } from './judge-servers.ts';
import { judgeSilence } from './judge-silence.ts';

/** What the year was like, by what truly happened in it. */
export interface Verdict {
  /** In the order of their time; empty when all promises were kept. */
  readonly flaws: readonly (Flaw & { readonly promise: Breach })[];
  readonly counts: Readonly<Record<Breach, number>>;
  readonly nights: { readonly good: number; readonly impossible: number };
  readonly runs: Readonly<Record<string, number>>;
  readonly servers: { readonly made: number; readonly hindered: number; readonly longestPastDeadlineMs: number };
  /** Promises that were due; those that nobody could keep in time; how long after they were due people knew. */
  readonly told: {
    readonly promises: number;
    readonly hindered: number;
    readonly medianMs: number;
    readonly worstMs: number;
  };
  readonly messages: number;
  readonly sweeps: number;
  /** What has not been seen. */
  readonly unseen: {
    readonly faults: readonly string[];
    readonly alerts: readonly string[];
    readonly states: readonly string[];
    readonly reasons: readonly string[];
  };
  readonly hits: ReadonlyMap<string, number>;
}

/** The promises a backup makes, each by the name of its breach. */
export type Breach =
  | 'leaked'
  | 'doubled'
  | 'wronglyGone'
  | 'silent'
  | 'missed'
  | 'falselyGood'
  | 'wronglyBlamed'
  | 'wronglyWritten'
  | 'other';

export function judge(world: World, nights: readonly Night[]): Verdict {
  const { chronicle, servers, chat } = world;
  const ofServers = judgeServers(world);
  const ofNights = judgeNights(world, nights);
  const ofSilence = judgeSilence(world, nights, ofNights.bad);
  const breaches: Readonly<Record<Breach, readonly Flaw[]>> = {
    leaked: ofServers.leaked,
    doubled: ofServers.doubled,
    wronglyGone: ofServers.wronglyGone,
    silent: ofSilence.silent,
    missed: ofNights.missed,
    falselyGood: ofNights.falselyGood,
    wronglyBlamed: judgeBlame(world),
    wronglyWritten: judgeRecords(world),
    other: chronicle.flaws,
  };
  const promises = Object.keys(breaches) as Breach[];
  const flaws = promises
    .flatMap(promise => breaches[promise].map(flaw => ({ ...flaw, promise })))
    .toSorted((a, b) => a.atMs - b.atMs);
  const counts = Object.fromEntries(promises.map(promise => [promise, breaches[promise].length])) as Verdict['counts'];
  const { told } = ofSilence;
  return {
    flaws,
    counts,
    nights: { good: ofNights.good, impossible: ofNights.impossible },
    runs: countRuns(world),
    servers: { made: servers.history.length, ...ofServers },
    told: {
      promises: told.length + ofSilence.hindered,
      hindered: ofSilence.hindered,
      medianMs: told[Math.floor(told.length / 2)] ?? 0,
      worstMs: told.at(-1) ?? 0,
    },
    messages: chat.messages.length,
    sweeps: chronicle.sweeps.length,
    unseen: {
      faults: Object.keys(FAULTS).filter(fault => !chronicle.hits.has(fault)),
      alerts: Object.keys(ALERT_CATALOGUE).filter(kind => !chronicle.alerts.has(kind)),
      states: RunState.options.filter(state => !chronicle.states.has(state)),
      reasons: BackupFailure.options.filter(reason => !chronicle.reasons.has(reason)),
    },
    hits: chronicle.hits,
  };
}

/** By how they were started and how they ended. */
function countRuns({ chronicle }: World): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { trigger, states } of chronicle.runs.values()) {
    const name = `${trigger}: ${states.at(-1)?.state ?? 'none'}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}
