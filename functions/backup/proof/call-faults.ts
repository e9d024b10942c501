import type { Dice } from '@innkeeper/local-stack/demo/world/dice';
import type { Servers } from '../src/ports.ts';

/** Single calls that go wrong: the next so many of a kind, or, in a storm, some of many kinds for a while. */
export type CallName = keyof Servers | 'store_read' | 'store_commit' | 'exchange' | 'report';

export interface CallFault {
  readonly call: CallName;
  /**
   * `refused`: nothing is done. `reply_lost`: done, and nobody hears of it. `applied_late`: nobody hears of it, and it is
   * done only later. `twice`: done two times at once.
   */
  readonly how: 'refused' | 'reply_lost' | 'applied_late' | 'twice';
  /** Kind of the error that the port answers. */
  readonly error: 'unavailable' | 'contention' | 'name_taken';
  readonly detail: string;
  readonly retryAfterMs?: number;
  /** How long the caller waits for it. */
  readonly delayMs?: number;
}

export interface Storm {
  readonly calls: readonly CallName[];
  readonly percent: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface CallFaults {
  arm(fault: string, count: number, armed: CallFault): void;
  brew(fault: string, storm: Storm): void;
  /** The fault of the call that is made now, if there is one. */
  take(call: CallName): CallFault | undefined;
  /** Faults nobody ran into are over. */
  disarm(): void;
}

export function callFaults(now: () => number, dice: Dice, onHit: (fault: string) => void): CallFaults {
  let armed: { readonly fault: string; left: number; readonly armed: CallFault }[] = [];
  let storms: (Storm & { readonly fault: string })[] = [];

  const struckBy = (call: CallName): CallFault | undefined => {
    const storm = storms.find(
      one => one.calls.includes(call) && one.fromMs <= now() && one.untilMs > now() && dice.chance(one.percent),
    );
    if (storm === undefined) return undefined;
    onHit(storm.fault);
    const how = dice.pick<CallFault['how']>(['refused', 'reply_lost', 'applied_late']);
    return { call, how, error: 'unavailable', detail: 'in a storm', delayMs: dice.between(0, 20_000) };
  };

  return {
    arm: (fault, count, one) => {
      armed.push({ fault, left: count, armed: one });
    },
    brew: (fault, storm) => {
      storms = [...storms.filter(({ untilMs }) => untilMs > now()), { fault, ...storm }];
    },
    take: call => {
      const found = armed.find(one => one.armed.call === call && one.left > 0);
      if (found === undefined) return struckBy(call);
      found.left -= 1;
      onHit(found.fault);
      return found.armed;
    },
    disarm: () => {
      armed = [];
    },
  };
}
