import type { Dice } from '../time/dice.ts';

/** Ids of a form that no vendor has promised not to use. */
const ODD = [
  (name: string) => `${name}/slash`,
  (name: string) => `${name}%2F`,
  (name: string) => `__${name}__`,
  (name: string) => `${name} with spaces`,
  (name: string) => `${name}-ünï-Ж-漢-🦉`,
  (name: string) => `${name}-${'x'.repeat(240)}`,
  (name: string) => `${name}-${'x'.repeat(2_000)}`,
  (name: string) => `${name}\u0000null`,
  (name: string) => `${name}\ud800surrogate`,
  (name: string) => `../${name}`,
] as const;

const ODD_PER_MILLION = 2_000;

/** One in so many is odd; `undefined` for all others. */
export function oddId(dice: Dice, name: string): string | undefined {
  return dice.happens(ODD_PER_MILLION) ? dice.pick(ODD)(name) : undefined;
}
