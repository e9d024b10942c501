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

/** Together with the sweeps below the half minute that a Worker may go on after its answer. */
const WAITS_MS = [1_000, 2_000, 4_000, 8_000];

export function createSweepSoon(options: {
  readonly sweep: () => Promise<Result<Sweep, DeliveryFailure>>;
  readonly wait: (milliseconds: number) => Promise<void>;
}): SweepSoon {
  let isOwed = false;
  let isUnderWay = false;

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
      if (!isOwed || isUnderWay) return undefined;
      isUnderWay = true;
      return run().finally(() => {
        isUnderWay = false;
      });
    },
  };
}
