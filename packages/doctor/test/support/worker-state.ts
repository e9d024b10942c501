import type { OperateResponse } from '@innkeeper/shared/contracts/operate';

type WorkerState = OperateResponse<'state'>;

/** A webhook Worker that is well; a test says only what it is about. */
export function workerState(url: string, now: Date, changes: Partial<WorkerState> = {}): WorkerState {
  const at = now.toISOString();
  return {
    v: 1,
    backlog: { byLane: { live: 0, backfill: 0 }, bySubject: {}, oldestMs: 0, failing: 0 },
    limits: { windows: [], waitMs: 0 },
    token: { expiresAt: new Date(now.getTime() + 3_600_000).toISOString(), attemptsLeft: 4 },
    unsent: 0,
    jobs: [],
    subscription: {
      v: 1,
      subscriptions: [{ id: 'a1', url, role: 'live', active: true, hasSecret: true, since: at }],
      missingEvents: [],
      surplusEvents: [],
      foreign: 0,
      checkedAt: at,
      history: [],
    },
    ...changes,
  };
}
