import type { BackupRun, RunState } from '@innkeeper/shared/contracts/backup/backup-run';
import type { BackupFailure, LaunchFailure } from '@innkeeper/shared/contracts/backup/failure';
import { BackupStep } from '@innkeeper/shared/contracts/backup/steps';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { CREATION_LEASE_MS, inMs, RUN_MS_MAX, stateDeadline } from './deadlines.ts';

/** The state machine of a run: run, event and time in; the run after it, or why that cannot be. Pure. */
export type RunEvent =
  /** Somebody begins to order the server, or takes over from somebody whose lease is over. */
  | { readonly kind: 'creation_started' }
  | {
      readonly kind: 'creation_postponed';
      readonly reason: LaunchFailure;
      readonly detail: string;
      readonly nextAttemptAt: Date;
    }
  | { readonly kind: 'server_created'; readonly server: RunServer; readonly expires: Date | undefined }
  | { readonly kind: 'key_bound'; readonly publicKey: string; readonly runnerVersion: string }
  | { readonly kind: 'retention_granted' }
  | { readonly kind: 'progressed'; readonly progress: Omit<NonNullable<BackupRun['progress']>, 'at'> }
  | { readonly kind: 'step_finished'; readonly outcome: BackupRun['outcomes'][number] }
  | { readonly kind: 'work_finished'; readonly overheadMs: number }
  /** Whoever notices: the run is over, its server goes. */
  | { readonly kind: 'failed'; readonly reason: BackupFailure; readonly detail: string }
  | { readonly kind: 'deletion_started' }
  | {
      readonly kind: 'server_gone';
      readonly anomalies: BackupRun['anomalies'];
      readonly cost: BackupRun['cost'];
    }
  /** It could not be deleted in time: the run ends without it, and whoever looks for orphans goes on trying. */
  | { readonly kind: 'server_left_behind'; readonly anomalies: BackupRun['anomalies'] };

export type RunServer = NonNullable<BackupRun['server']>;

/** The event does not belong to the state. */
export interface NotAllowed {
  readonly kind: 'not_allowed';
  readonly state: RunState;
  readonly event: RunEvent['kind'];
}

const STEPS: readonly RunState[] = BackupStep.options;
const BEFORE_THE_END: readonly RunState[] = ['planned', 'creating', 'booting', ...STEPS];

const ALLOWED: Record<RunEvent['kind'], readonly RunState[]> = {
  creation_started: ['planned', 'creating'],
  creation_postponed: ['creating'],
  server_created: ['creating'],
  key_bound: ['booting'],
  retention_granted: ['retaining'],
  progressed: STEPS,
  step_finished: STEPS,
  work_finished: ['restoring'],
  failed: BEFORE_THE_END,
  deletion_started: ['reported'],
  server_gone: ['deleting'],
  server_left_behind: ['deleting'],
};

export const isEnded = ({ state }: Pick<BackupRun, 'state'>): boolean => state === 'done' || state === 'failed';

/** The server is at work, as far as anybody knows. */
export const isWorking = ({ state }: Pick<BackupRun, 'state'>): boolean => STEPS.includes(state);

export function transition(run: BackupRun, event: RunEvent, now: Date): Result<BackupRun, NotAllowed> {
  if (!ALLOWED[event.kind].includes(run.state))
    return err({ kind: 'not_allowed', state: run.state, event: event.kind });
  return ok(apply(run, event, now));
}

function apply(run: BackupRun, event: RunEvent, now: Date): BackupRun {
  const at = now.toISOString();
  switch (event.kind) {
    case 'creation_started':
      return startCreation(run, now);
    case 'creation_postponed': {
      const { reason, detail, nextAttemptAt } = event;
      const creation = {
        attempts: run.creation.attempts,
        nextAttemptAt: nextAttemptAt.toISOString(),
        lastProblem: detail,
        waitingFor: reason,
      };
      return enter({ ...run, creation }, 'planned', now);
    }
    case 'server_created':
      return startBooting(run, event, now);
    case 'key_bound': {
      const credential = { ...run.credential, publicKey: event.publicKey, boundAt: at };
      const server = run.server === undefined ? {} : { server: { ...run.server, runnerVersion: event.runnerVersion } };
      return enter({ ...run, ...server, credential }, 'dumping', now);
    }
    case 'retention_granted':
      return { ...run, credential: { ...run.credential, retentionAt: at } };
    case 'progressed':
      return { ...run, progress: { ...event.progress, at } };
    case 'step_finished': {
      const { progress: _over, ...rest } = run;
      return enter({ ...rest, outcomes: [...run.outcomes, event.outcome] }, stepAfter(run.state), now);
    }
    case 'work_finished':
      return enter({ ...run, overheadMs: event.overheadMs }, 'reported', now);
    case 'failed': {
      const failure = { reason: event.reason, detail: event.detail, at, during: run.state };
      return enter({ ...run, failure }, 'deleting', now);
    }
    case 'deletion_started':
      return enter(run, 'deleting', now);
    case 'server_gone': {
      const { anomalies, cost } = event;
      const server = run.server === undefined ? {} : { server: { ...run.server, goneAt: at } };
      return end({ ...run, ...server, anomalies, ...(cost === undefined ? {} : { cost }) }, now);
    }
    case 'server_left_behind':
      return end({ ...run, anomalies: event.anomalies }, now);
  }
}

/** Taking over keeps the state's deadline, or a creation that hangs could be taken over for ever. */
function startCreation(run: BackupRun, now: Date): BackupRun {
  const creation = {
    ...run.creation,
    attempts: run.creation.attempts + 1,
    nextAttemptAt: inMs(now, CREATION_LEASE_MS),
  };
  if (run.state === 'creating') return { ...run, creation };
  return enter({ ...run, creation, runDeadline: inMs(now, RUN_MS_MAX) }, 'creating', now);
}

function startBooting(run: BackupRun, event: Extract<RunEvent, { kind: 'server_created' }>, now: Date): BackupRun {
  const { nextAttemptAt: _over, lastProblem: _solved, waitingFor: _had, ...creation } = run.creation;
  const expires = event.expires?.toISOString() ?? run.runDeadline;
  // A server of an earlier try carries an earlier label, and may be removed then.
  const runDeadline = expires < run.runDeadline ? expires : run.runDeadline;
  const booting = enter({ ...run, creation, runDeadline, server: event.server }, 'booting', now);
  return { ...booting, credential: { ...run.credential, expiresAt: booting.stateDeadline } };
}

const end = (run: BackupRun, now: Date): BackupRun =>
  enter({ ...run, endedAt: now.toISOString() }, run.failure === undefined ? 'done' : 'failed', now);

function enter(run: BackupRun, state: RunState, now: Date): BackupRun {
  if (run.state === state) return run;
  return { ...run, state, stateSince: now.toISOString(), stateDeadline: stateDeadline(run, state, now) };
}

/** The last step's state lasts until the server says that everything is finished. */
function stepAfter(state: RunState): RunState {
  const steps = BackupStep.options;
  const index = steps.findIndex(step => step === state);
  return steps[index + 1] ?? state;
}
