import { type Call, type Dependency, dependencyOf } from '../faults/fault-points.ts';
import type { Trouble } from '../faults/trouble.ts';
import type { Dice } from './dice.ts';
import type { VirtualTime } from './virtual-time.ts';

/**
 * One process. It meets the world only in calls of ports, and between any two of them it may die: then nothing it waits
 * for ever answers, and everything it held is gone. What the world took before stays taken.
 */
export interface Life {
  readonly isOver: boolean;
  /** Its work is done: nothing more can happen to it. */
  end(): void;
  /** `failed` is what the caller hears when nobody answers it; `act` runs in one turn. */
  call<T, F>(call: Call, failed: F, act: () => T): Promise<T | F>;
  /** Resolves after so many milliseconds, unless it dies. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

export interface LifeOptions {
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly trouble: Trouble;
}

/** `died` is called once, when it dies before `end`. */
export function life({ time, dice, trouble }: LifeOptions, died: () => void): Life {
  let isOver = false;

  const kill = (): void => {
    isOver = true;
    died();
  };

  return {
    get isOver() {
      return isOver;
    },
    end: () => {
      isOver = true;
    },
    call: (call, failed, act) =>
      new Promise(resolve => {
        if (isOver) return;
        const fault = trouble.strike(call);
        const [leastMs, mostMs] = fault === 'slow' ? SLOW_MS : TRAVEL_MS[dependencyOf[call]];
        const travelMs = dice.between(leastMs, mostMs);
        time.at(time.now() + travelMs, () => {
          if (isOver) return;
          if (fault === 'dies_before') return kill();
          if (fault === 'refused') return resolve(failed);
          const answer = act();
          if (fault === 'dies_after') return kill();
          resolve(fault === 'reply_lost' ? failed : answer);
        });
      }),
    pause: milliseconds =>
      new Promise(resolve => {
        time.at(time.now() + milliseconds, () => {
          if (!isOver) resolve();
        });
      }),
  };
}

/** Ordinary answers: enough for others to come between two calls. */
const TRAVEL_MS: Readonly<Record<Dependency, readonly [number, number]>> = {
  queue: [1, 40],
  bucket: [1, 60],
  store: [1, 40],
  gate: [1, 30],
  vendor: [60, 900],
};
/** Longer than what any caller waits for. */
const SLOW_MS = [800, 12_000] as const;
