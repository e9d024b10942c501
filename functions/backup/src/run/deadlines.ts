import type { BackupRun, RunState } from '@innkeeper/shared/contracts/backup/backup-run';

/** How long each state may take before the sweep gives it up. Pure. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A state's limit on an ordinary day, and on one with the weekly or monthly work. */
interface StateLimit {
  readonly daily: number;
  readonly weekly?: number;
  readonly monthly?: number;
}

const LIMITS: Record<Exclude<RunState, 'done' | 'failed'>, StateLimit> = {
  /** Capacity comes back within an hour or two as a rule; later the night is over. */
  planned: { daily: 3 * HOUR_MS },
  creating: { daily: 10 * MINUTE_MS },
  /** Half a minute as a rule; the one-time token lives as long. */
  booting: { daily: 12 * MINUTE_MS },
  dumping: { daily: 60 * MINUTE_MS },
  backing_up: { daily: 120 * MINUTE_MS },
  /** Monthly: prune. */
  retaining: { daily: 30 * MINUTE_MS, monthly: 90 * MINUTE_MS },
  /** Weekly: a tenth of the data is read. */
  checking: { daily: 45 * MINUTE_MS, weekly: 90 * MINUTE_MS },
  /** Weekly: the databases are rebuilt. */
  restoring: { daily: 45 * MINUTE_MS, weekly: 120 * MINUTE_MS },
  reported: { daily: 10 * MINUTE_MS },
  /** Afterwards a person is told and the run ends, lest it keep the next one from starting; its server is an orphan. */
  deleting: { daily: 30 * MINUTE_MS },
};

/** From the order of the server to its own power-off: also the life of its vault token and of its label. */
export const RUN_MS_MAX = 6 * HOUR_MS;

/**
 * Whoever orders a server has this long before another may take over: as long as two places take that keep their orders
 * running. Whoever takes longer meets the other at the server's name, which is unique.
 */
export const CREATION_LEASE_MS = 3 * MINUTE_MS;

/** Between two tries to get a server: shorter than the sweep's rhythm, so that each sweep tries. */
export const CREATION_RETRY_MS = 4 * MINUTE_MS;

/** A repeated `begin` is answered for so long after the first: replies get lost, tokens must not live on. */
export const BEGIN_REPEAT_MS = 5 * MINUTE_MS;

export function stateLimitMs(state: Exclude<RunState, 'done' | 'failed'>, types: BackupRun['types']): number {
  const { daily, weekly = daily, monthly = weekly } = LIMITS[state];
  if (types.includes('monthly')) return monthly;
  return types.includes('weekly') ? weekly : daily;
}

/**
 * When a state entered at `now` is given up. Waiting for capacity counts from the plan, however often it is tried; the
 * server's own work ends with the run.
 */
export function stateDeadline(run: BackupRun, state: RunState, now: Date): string {
  switch (state) {
    case 'done':
    case 'failed':
      return now.toISOString();
    case 'planned':
      return inMs(new Date(run.createdAt), stateLimitMs(state, run.types));
    case 'creating':
    case 'reported':
    case 'deleting':
      return inMs(now, stateLimitMs(state, run.types));
    case 'booting':
    case 'dumping':
    case 'backing_up':
    case 'retaining':
    case 'checking':
    case 'restoring': {
      const own = inMs(now, stateLimitMs(state, run.types));
      return own < run.runDeadline ? own : run.runDeadline;
    }
  }
}

export const inMs = (from: Date, ms: number): string => new Date(from.getTime() + ms).toISOString();
