import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Seeded choices: the same seed tells the same day. */
export interface Dice {
  /** Whole number between `low` and `high`, both included. */
  between(low: number, high: number): number;
  /** True in `percent` of a hundred. */
  chance(percent: number): boolean;
  /** Throws on an empty list: whoever asks for one of nothing has a mistake. */
  pick<T>(from: readonly T[]): T;
  /** A new array in another order. */
  shuffle<T>(items: readonly T[]): T[];
}

export function rollDice(seed: number): Dice {
  const generator = xoroshiro128plus(seed);
  const between = (low: number, high: number): number => uniformInt(generator, low, high);
  return {
    between,
    chance: percent => between(1, 100) <= percent,
    pick: from => {
      const chosen = from.length === 0 ? undefined : from[between(0, from.length - 1)];
      if (chosen === undefined) throw new Error('nothing to pick from');
      return chosen;
    },
    shuffle: items => {
      const keyed = items.map(item => ({ item, key: between(0, 2 ** 30) }));
      return keyed.toSorted((left, right) => left.key - right.key).map(entry => entry.item);
    },
  };
}
