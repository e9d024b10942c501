import { err } from '@innkeeper/shared/result/result';
import type { Clock } from '../programs/clock.ts';
import { GRACE_MS, type ProgramRunner } from '../programs/program-runner.ts';

/** Until when this deployment alone may change something; for ever while it holds no lock and only looks. */
export interface Lease {
  until: number;
}

export const noLease = (): Lease => ({ until: Number.POSITIVE_INFINITY });

/** Begins no program that could still run once somebody else may take over. */
export function withinLease(runner: ProgramRunner, clock: Clock, lease: Lease): ProgramRunner {
  return {
    run: async call =>
      clock.now() + call.timeoutMs + GRACE_MS > lease.until
        ? err({ kind: 'failed', exitCode: -1, lastWords: 'It was not begun: the lock could run out meanwhile.' })
        : runner.run(call),
  };
}
