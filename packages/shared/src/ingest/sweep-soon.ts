import type { Result } from '../result/result.ts';
import type { DeliveryFailure } from './delivery-fate.ts';
import type { Sweep } from './sweep-unsent.ts';

/**
 * Sweeps shortly after the queue refused a delivery, because most outages are short; what it leaves, the cron takes.
 * One at a time in an isolate. I/O: `sweep`, the wait.
 */
export interface SweepSoon {
  readonly onUnsent: () => void;
  /** The sweep that is owed, if one is and none is under way: to be kept alive beyond the answer. */
  due(): Promise<void> | undefined;
}

/** How long a Worker may go on after its answer. Then it is cut off, without a word to what was under way. */
const CUT_OFF_MS = 30_000;
/** Together with the sweeps below that. */
const WAITS_MS = [1_000, 2_000, 4_000, 8_000];

export function createSweepSoon(options: {
  readonly sweep: () => Promise<Result<Sweep, DeliveryFailure>>;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly now: () => number;
}): SweepSoon {
  let isOwed = false;
  let underWaySinceMs: number | undefined;

  const run = async (): Promise<void> => {
    for (const waitMs of WAITS_MS) {
      await options.wait(waitMs);
      isOwed = false;
      const swept = await options.sweep();
      if (swept.ok && !swept.value.isUnfinished && !isOwed) return;
    }
  };

  return {
    onUnsent: () => {
      isOwed = true;
    },
    due: () => {
      const isUnderWay = underWaySinceMs !== undefined && options.now() - underWaySinceMs < CUT_OFF_MS;
      if (!isOwed || isUnderWay) return undefined;
      underWaySinceMs = options.now();
      return run().finally(() => {
        underWaySinceMs = undefined;
      });
    },
  };
}
