import { METRICS } from '../src/alerts/metrics.ts';
import type { Chronicle } from './chronicle.ts';
import type { VirtualTime } from './virtual-time.ts';

/**
 * The alerting policies that infrastructure makes of `METRICS`: what reaches people when the functions themselves cannot
 * say it. (The policy of alerts is the signal `log`.)
 */
export interface Monitoring {
  /** A sweep has finished; these parts of it could not be done. */
  swept(undone: readonly string[]): void;
}

const MINUTE_MS = 60_000;

export function monitoring(time: VirtualTime, chronicle: Chronicle): Monitoring {
  const { windowMinutes: silenceMinutes } = METRICS['backup/sweeps'].policy;
  const { windowMinutes, threshold } = METRICS['backup/undone'].policy;
  let sweeps = 0;
  let failures: number[] = [];
  let isFailing = false;

  return {
    swept: undone => {
      sweeps += 1;
      const mine = sweeps;
      time.at(time.now() + silenceMinutes * MINUTE_MS, () => {
        if (sweeps === mine) chronicle.signal('monitoring', 'sweeps', `no sweep for ${silenceMinutes} minutes`);
      });
      const now = time.now();
      failures = [...failures, ...undone.map(() => now)].filter(atMs => atMs > now - windowMinutes * MINUTE_MS);
      const isFailingNow = failures.length > threshold;
      if (isFailingNow && !isFailing) {
        chronicle.signal(
          'monitoring',
          'undone',
          `${failures.length} parts of sweeps failed within ${windowMinutes} minutes`,
        );
      }
      isFailing = isFailingNow;
    },
  };
}
