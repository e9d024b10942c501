import type { Plan } from '@innkeeper/shared/domain/plan';
import { describe, expect, it } from 'vitest';
import type { Phrasing } from './__fixtures__/expected-plans.ts';
import { heldBackPhrasings } from './__fixtures__/phrasings-held-back.ts';
import { precisePhrasings } from './__fixtures__/phrasings-precise.ts';
import { tunedPhrasings } from './__fixtures__/phrasings-tuned.ts';
import { homes, words } from './__fixtures__/world.ts';
import { understand } from './understand.ts';

const planOf = ({ text, askedAt, context }: Phrasing): Plan =>
  understand({ text, askedAt, homes, words, ...(context ? { context } : {}) });

function misread(phrasings: readonly Phrasing[]): readonly string[] {
  return phrasings.flatMap(phrasing => {
    const plan = planOf(phrasing);
    const same = JSON.stringify(sorted(plan)) === JSON.stringify(sorted(phrasing.plan));
    return same
      ? []
      : [`${phrasing.text}\n  expected ${JSON.stringify(phrasing.plan)}\n  read     ${JSON.stringify(plan)}`];
  });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}

describe('phrasings', () => {
  it.each([
    ['written before the rules and used to tune them', tunedPhrasings],
    ['written before the rules and held back', heldBackPhrasings],
    ['close calls', precisePhrasings],
  ])('%s: every one is read exactly', (_, phrasings) => {
    expect(misread(phrasings)).toEqual([]);
  });
});
