import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Seeded choices: the same seed tells the same world and asks the same questions. */
export interface Dice {
  /** Whole number between `low` and `high`, both included. */
  between(low: number, high: number): number;
  /** True in `percent` of a hundred. */
  chance(percent: number): boolean;
  /** Throws on an empty list: whoever asks for one of nothing has a mistake. */
  pick<T>(from: readonly T[]): T;
  shuffle<T>(items: readonly T[]): T[];
}

export function rollDice(seed: number): Dice {
  const generator = xoroshiro128plus(seed);
  const between = (low: number, high: number): number => uniformInt(generator, low, high);
  return {
    between,
    chance: percent => between(1, 100) <= percent,
    pick: from => {
      const chosen = from[from.length === 0 ? 0 : between(0, from.length - 1)];
      if (chosen === undefined) throw new Error('nothing to pick from');
      return chosen;
    },
    shuffle: items =>
      items
        .map(item => ({ item, key: between(0, 2 ** 30) }))
        .toSorted((left, right) => left.key - right.key)
        .map(({ item }) => item),
  };
}

/** A number from a text, equal on every machine: 32-bit FNV-1a. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
