import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Seeded choices in small numbers: the same seed tells the same story. */
export interface Dice {
  /** Whole number between `low` and `high`, both included. */
  between(low: number, high: number): number;
  /** True once in `perMillion` of a million. */
  happens(perMillion: number): boolean;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** From 0 up to, not including, 1. */
  readonly fraction: () => number;
}

/** Each part of the world has its own, so that what one draws does not move what another does. */
export function rollDice(seed: number, part: number): Dice {
  const generator = xoroshiro128plus(seed * 1_000 + part);
  const between = (low: number, high: number): number => uniformInt(generator, low, high);
  return {
    between,
    happens: perMillion => between(1, 1_000_000) <= perMillion,
    pick: from => from[between(0, from.length - 1)] ?? from[0],
    fraction: () => between(0, 2 ** 30 - 1) / 2 ** 30,
  };
}
