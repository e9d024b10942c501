import type { Dice } from '../time/dice.ts';
import { type Call, type Dependency, dependencyOf, FAULT_RATES, type Fault, type FaultPoint } from './fault-points.ts';

/** When what goes wrong: single calls by chance, and each dependency as a whole now and then. Until it is ended. */
export interface Trouble {
  /** What happens to the call that is made now. */
  strike(call: Call): Fault | undefined;
  /** Nothing goes wrong any more. */
  end(): void;
  /** How long a dependency was away between two instants, ms, all of them together. */
  awayMs(fromMs: number, untilMs: number): number;
  readonly hits: ReadonlyMap<FaultPoint, number>;
  readonly isOver: boolean;
}

interface Outage {
  readonly dependency: Dependency;
  readonly fromMs: number;
  readonly untilMs: number;
}

export function trouble(dice: Dice, now: () => number, outages: readonly Outage[]): Trouble {
  const hits = new Map<FaultPoint, number>();
  let isOver = false;
  const hit = (point: FaultPoint): void => void hits.set(point, (hits.get(point) ?? 0) + 1);

  const isAway = (dependency: Dependency): boolean =>
    outages.some(outage => outage.dependency === dependency && outage.fromMs <= now() && now() < outage.untilMs);

  return {
    hits,
    get isOver() {
      return isOver;
    },
    end: () => {
      isOver = true;
    },
    strike: call => {
      if (isOver) return undefined;
      const dependency = dependencyOf[call];
      if (isAway(dependency)) {
        hit(`outage:${dependency}`);
        return dice.happens(OUTAGE_REPLY_LOST_PER_MILLION) ? 'reply_lost' : 'refused';
      }
      let drawn = dice.between(1, 1_000_000);
      for (const [fault, perMillion] of RATES) {
        drawn -= perMillion;
        if (drawn > 0) continue;
        hit(`${call}:${fault}`);
        return fault;
      }
      return undefined;
    },
    awayMs: (fromMs, untilMs) =>
      outages.reduce(
        (sum, outage) => sum + Math.max(0, Math.min(outage.untilMs, untilMs) - Math.max(outage.fromMs, fromMs)),
        0,
      ),
  };
}

const RATES = Object.entries(FAULT_RATES) as readonly (readonly [Fault, number])[];
/** What is down mostly does nothing; the rest answers too late. */
const OUTAGE_REPLY_LOST_PER_MILLION = 100_000;

/** Each dependency goes down every quarter of an hour to every hour, for seconds to minutes. */
export function planOutages(dice: Dice, fromMs: number, untilMs: number): readonly Outage[] {
  return [...new Set(Object.values(dependencyOf))].flatMap(dependency => {
    const outages: Outage[] = [];
    let atMs = fromMs + dice.between(5 * MINUTE_MS, 60 * MINUTE_MS);
    while (atMs < untilMs) {
      const lengthMs = dice.happens(SHORT_PER_MILLION) ? dice.between(5_000, 60_000) : dice.between(1, 6) * MINUTE_MS;
      outages.push({ dependency, fromMs: atMs, untilMs: atMs + lengthMs });
      atMs += lengthMs + dice.between(15 * MINUTE_MS, 60 * MINUTE_MS);
    }
    return outages;
  });
}

const MINUTE_MS = 60_000;
const SHORT_PER_MILLION = 600_000;
