import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../src/clock.ts';
import { never } from './mortal.ts';

/**
 * Time that runs `factor` times as fast, so that leases and back-offs of seconds take milliseconds. Once `death` aborts,
 * whoever pauses does not wake up.
 */
export function quickClock(factor: number, death: AbortSignal): Clock {
  const startedAt = Date.now();
  const startedMs = performance.now();
  const elapsedMs = (): number => (performance.now() - startedMs) * factor;
  return {
    now: () => new Date(startedAt + elapsedMs()),
    elapsedMs,
    pause: async (ms, signal) => {
      const earlier = signal === undefined ? death : AbortSignal.any([death, signal]);
      await pause(ms / factor, undefined, { signal: earlier }).catch(() => undefined); // only an abort ends it early
      if (death.aborted) await never();
    },
  };
}
