import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { err, ok } from '@innkeeper/shared/result/result';
import type { DeadMan } from '../ports.ts';

/**
 * A model of an outside watch as healthchecks.io and its kin are: it expects a good word every `periodMs`, waits `graceMs`
 * longer, then raises the alarm by its own means; a bad word raises it at once. No I/O; time is the caller's.
 */
export interface InMemoryDeadMan extends DeadMan {
  readonly pings: readonly {
    readonly signal: Parameters<DeadMan['ping']>[0];
    readonly runId: RunId;
    readonly atMs: number;
  }[];
  /** When it raised the alarm, and why; one entry for each time it went from well to unwell. */
  alarms(): readonly { readonly atMs: number; readonly why: 'silence' | 'failed' }[];
  /** Every later ping fails as if the watch could not be reached. */
  setReachable(isReachable: boolean): void;
}

export function inMemoryDeadMan({
  now = () => Date.now(),
  periodMs = 24 * 3_600_000,
  graceMs = 6 * 3_600_000,
}: {
  readonly now?: () => number;
  readonly periodMs?: number;
  readonly graceMs?: number;
} = {}): InMemoryDeadMan {
  const pings: InMemoryDeadMan['pings'][number][] = [];
  const startedAtMs = now();
  let isReachable = true;

  return {
    pings,
    ping: async (signal, runId) => {
      if (!isReachable) return err({ kind: 'unavailable', detail: 'the outside watch cannot be reached' });
      pings.push({ signal, runId, atMs: now() });
      return ok(undefined);
    },
    alarms: () => {
      const alarms: { atMs: number; why: 'silence' | 'failed' }[] = [];
      let isWell = true;
      let expectedByMs = startedAtMs + periodMs + graceMs;
      const silentUntil = (atMs: number): void => {
        if (isWell && atMs > expectedByMs) {
          alarms.push({ atMs: expectedByMs, why: 'silence' });
          isWell = false;
        }
      };
      for (const { signal, atMs } of pings) {
        silentUntil(atMs);
        if (signal === 'failed' && isWell) alarms.push({ atMs, why: 'failed' });
        isWell = signal === 'good';
        if (isWell) expectedByMs = atMs + periodMs + graceMs;
      }
      silentUntil(now());
      return alarms;
    },
    setReachable: reachable => {
      isReachable = reachable;
    },
  };
}
