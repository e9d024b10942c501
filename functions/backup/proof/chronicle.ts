import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { LogFields } from '@innkeeper/shared/log/log';
import type { CallName } from './call-faults.ts';
import type { ServerFate } from './server-fate.ts';

/**
 * What truly happened in a simulated year, written down by the world itself: the judge reads this, not what the code
 * under test believes. Holds also what people could see.
 */
export type Channel = 'chat' | 'log' | 'outside watch' | 'monitoring';

/** Something a person could notice. */
export interface Signal {
  readonly atMs: number;
  readonly channel: Channel;
  /** Kind of the alert, where it is one. */
  readonly kind: string | undefined;
  /** Everything that was said, for whoever looks for a run or a server in it. */
  readonly text: string;
}

export type Disturbance = CallName | 'chat' | 'outside watch' | 'killed';

export interface SweepRecord {
  readonly startedAtMs: number;
  endedAtMs: number | undefined;
  /** What was in its way: calls that failed or were slow, its own death. */
  readonly disturbedBy: Set<Disturbance>;
}

/** The life of one server as the world saw it. */
export interface WorkRecord {
  readonly runId: string;
  readonly serverId: number;
  readonly bornAtMs: number;
  readonly fate: ServerFate;
  /** Everything a backup is was truly done. */
  completedAtMs?: number;
  /** It will never be done: when that became so. */
  lostAtMs?: number;
}

/** The life of one run as its document tells it to everybody: state by state, with the world's time. */
export interface RunRecord {
  readonly runId: string;
  readonly day: string;
  readonly types: readonly string[];
  readonly trigger: string;
  readonly states: { readonly state: string; readonly atMs: number }[];
  /** Why it failed. */
  reason?: string;
  /** It says that its server is gone. */
  goneSaidAtMs?: number;
}

export interface Chronicle {
  readonly signals: readonly Signal[];
  readonly sweeps: readonly SweepRecord[];
  readonly works: readonly WorkRecord[];
  readonly runs: ReadonlyMap<string, RunRecord>;
  /** How often each fault truly took effect. */
  readonly hits: ReadonlyMap<string, number>;
  /** What must never be: said at once, whoever sees it. */
  readonly flaws: readonly { readonly atMs: number; readonly text: string }[];
  readonly states: ReadonlySet<string>;
  /** Why runs failed. */
  readonly reasons: ReadonlySet<string>;
  readonly alerts: ReadonlyMap<string, number>;
  note(text: string): void;
  readonly hit: (fault: string) => void;
  flaw(text: string): void;
  signal(channel: Channel, kind: string | undefined, text: string): void;
  line(severity: 'info' | 'warning' | 'error', event: string, fields: LogFields | undefined): void;
  sweep(record: SweepRecord): void;
  work(record: WorkRecord): void;
  /** A run's document says so. */
  run(run: BackupRun): void;
  /** What was noted between two instants, as lines. */
  between(fromMs: number, untilMs: number): readonly string[];
}

/** `secrets` must be in no line and no message. */
export function chronicle(now: () => number, secrets: readonly string[]): Chronicle {
  const signals: Signal[] = [];
  const sweeps: SweepRecord[] = [];
  const works: WorkRecord[] = [];
  const hits = new Map<string, number>();
  const flaws: { atMs: number; text: string }[] = [];
  const states = new Set<string>();
  const reasons = new Set<string>();
  const alerts = new Map<string, number>();
  const runs = new Map<string, RunRecord>();
  const notes: { atMs: number; text: string }[] = [];

  const note = (text: string): void => {
    notes.push({ atMs: now(), text });
  };
  const flaw = (text: string): void => {
    flaws.push({ atMs: now(), text });
    note(`FLAW ${text}`);
  };
  const signal = (channel: Channel, kind: string | undefined, text: string): void => {
    signals.push({ atMs: now(), channel, kind, text });
    note(`${channel}: ${text.replaceAll('\n', ' / ')}`);
    if (secrets.some(secret => text.includes(secret))) flaw(`a secret was told: ${text}`);
  };

  return {
    signals,
    sweeps,
    works,
    runs,
    hits,
    flaws,
    states,
    reasons,
    alerts,
    note,
    flaw,
    signal,
    hit: fault => {
      hits.set(fault, (hits.get(fault) ?? 0) + 1);
      note(`fault ${fault}`);
    },
    line: (severity, event, fields) => {
      // One every five minutes: nobody reads them.
      if (event === 'sweep.finished') return;
      const text = `${event} ${JSON.stringify(fields ?? {})}`;
      if (!event.startsWith('alert.')) {
        note(`log ${severity} ${text}`);
        if (secrets.some(secret => text.includes(secret))) flaw(`a secret was logged: ${event}`);
        return;
      }
      const kind = event.slice('alert.'.length);
      alerts.set(kind, (alerts.get(kind) ?? 0) + 1);
      signal('log', kind, text);
    },
    sweep: record => sweeps.push(record),
    work: record => works.push(record),
    run: ({ runId, day, types, trigger, state, failure, server }) => {
      const known: RunRecord = runs.get(runId) ?? { runId, day, types, trigger: trigger.kind, states: [] };
      runs.set(runId, known);
      if (known.states.at(-1)?.state === state) return;
      known.states.push({ state, atMs: now() });
      if (server?.goneAt !== undefined) known.goneSaidAtMs ??= now();
      states.add(state);
      if (failure !== undefined) {
        known.reason = failure.reason;
        reasons.add(failure.reason);
      }
      note(`run ${runId} is ${state}${failure === undefined ? '' : `: ${failure.reason}`}`);
      const alive = [...runs.values()].filter(run => !['done', 'failed'].includes(run.states.at(-1)?.state ?? ''));
      if (alive.length > 1) flaw(`${alive.length} runs are alive: ${alive.map(one => one.runId).join(', ')}`);
    },
    between: (fromMs, untilMs) =>
      notes
        .filter(({ atMs }) => atMs >= fromMs && atMs <= untilMs)
        .map(({ atMs, text }) => `${new Date(atMs).toISOString().slice(0, 19)} ${text}`),
  };
}
