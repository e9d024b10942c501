import type { OperateRequest, OperateResponse } from '../contracts/operate.ts';
import type { ReadJob } from '../contracts/read-job.ts';
import type { SubscriptionState } from '../contracts/subscription-state.ts';
import { countUnsent } from '../ingest/sweep-unsent.ts';
import type { HydrationGate, Mark } from '../ports/hydration-gate.ts';
import { err, ok, type Result } from '../result/result.ts';
import type { OperateHandlers } from './operate-edge.ts';
import type { OperateFailure } from './operate-failure.ts';
import { type ReplayPorts, replayEvents } from './replay-events.ts';

/**
 * What the operator's calls do, the same for every webhook Worker: its Durable Objects do the work, replays go to its
 * queue. An object that does not answer is a failure with a name. I/O: the ports.
 */
export interface OperatePorts extends ReplayPorts {
  readonly hydration: HydrationOperations;
  readonly subscription: SubscriptionOperations;
  readonly now: () => number;
}

/** The object that reads from the vendor, as operators need it. */
export interface HydrationOperations extends HydrationGate {
  state(): Promise<HydrationState>;
  startJobs(order: OperateRequest<'start-jobs'>): Promise<Result<readonly ReadJob[], OperationRefused>>;
  cancelJob(jobId: string): Promise<Result<ReadJob, OperationRefused>>;
  /** Absent where the vendor's API takes no tokens. */
  readonly token?: () => Promise<Result<OperateResponse<'token'>, OperationRefused>>;
}

export type HydrationState = Pick<OperateResponse<'state'>, 'backlog' | 'limits' | 'token' | 'jobs'>;

/** The object that keeps the subscription at the vendor. */
export interface SubscriptionOperations {
  state(): Promise<SubscriptionState>;
  act(action: OperateRequest<'subscription'>['action']): Promise<Result<SubscriptionState, OperationRefused>>;
}

/** `kind` is a snake_case fact; `not_found` and `unavailable` have a meaning of their own to whoever asks. */
export interface OperationRefused {
  readonly kind: string;
  readonly detail: string;
}

export function createOperateHandlers(ports: OperatePorts): OperateHandlers {
  const { hydration, subscription } = ports;
  return {
    state: async () => {
      const [read, subscribed, unsent] = await Promise.all([
        ask('hydration', () => hydration.state()),
        ask('subscription', () => subscription.state()),
        countUnsent(ports.overflow, ports.source),
      ]);
      if (!read.ok) return read;
      if (!subscribed.ok) return subscribed;
      if (!unsent.ok) return err(failureOf(unsent.error));
      return ok({ v: 1 as const, ...read.value, unsent: unsent.value, subscription: subscribed.value });
    },
    'start-jobs': async order => {
      const started = await askResult('hydration', () => hydration.startJobs(order));
      return started.ok ? ok({ jobs: [...started.value] }) : started;
    },
    'cancel-job': async ({ jobId }) => {
      const cancelled = await askResult('hydration', () => hydration.cancelJob(jobId));
      return cancelled.ok ? ok({ job: cancelled.value }) : cancelled;
    },
    replay: async order => {
      const replayed = await replayEvents(ports, order);
      return replayed.ok ? replayed : err(failureOf(replayed.error));
    },
    mark: async ({ marks }) => {
      const marked = await askResult('hydration', () => hydration.mark(marks.map(mark => toMark(mark, ports.now()))));
      return marked.ok ? ok({ marked: marks.length }) : marked;
    },
    token: async () => {
      if (hydration.token === undefined) return err(NO_TOKENS);
      return askResult('hydration', hydration.token);
    },
    subscription: async ({ action }) => {
      const acted = await askResult('subscription', () => subscription.act(action));
      return acted.ok ? ok({ state: acted.value }) : acted;
    },
  };
}

const NO_TOKENS: OperateFailure = {
  kind: 'refused',
  reason: 'no_tokens',
  detail: 'the vendor’s API takes no tokens that expire',
};

/** Its event, for the provenance of what is read: nobody but an operator asked. */
export const OPERATOR_MARK_EVENT = 'innkeeper.mark';

const toMark = ({ subject, id }: OperateRequest<'mark'>['marks'][number], nowMs: number): Mark => ({
  subject,
  id,
  seenAtMs: nowMs,
  lane: 'backfill',
  cause: {
    eventId: `operator-${subject}-${id}`,
    event: OPERATOR_MARK_EVENT,
    receivedAt: new Date(nowMs).toISOString(),
  },
});

/** A call of a Durable Object: what the platform throws (moved, overloaded, another release) is an answer, too. */
async function ask<T>(object: string, call: () => Promise<T>): Promise<Result<T, OperateFailure>> {
  try {
    return ok(await call());
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown error';
    return err({ kind: 'unavailable', reason: 'object_unavailable', detail: `the ${object} object: ${name}` });
  }
}

async function askResult<T>(
  object: string,
  call: () => Promise<Result<T, OperationRefused>>,
): Promise<Result<T, OperateFailure>> {
  const answered = await ask(object, call);
  if (!answered.ok) return answered;
  return answered.value.ok ? answered.value : err(failureOf(answered.value.error));
}

function failureOf({ kind, detail }: OperationRefused): OperateFailure {
  switch (kind) {
    case 'unavailable':
    case 'contention':
      return { kind: 'unavailable', reason: kind, detail };
    case 'not_found':
      return { kind: 'unknown', reason: kind, detail };
    default:
      return { kind: 'refused', reason: kind, detail };
  }
}
