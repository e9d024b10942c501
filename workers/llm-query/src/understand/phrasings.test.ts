import type { Plan } from '@innkeeper/shared/domain/plan';
import { describe, expect, it } from 'vitest';
import { classesAtFirstSight } from './__fixtures__/classes-first-sight.ts';
import { heldBackClasses } from './__fixtures__/classes-held-back.ts';
import { tunedClasses } from './__fixtures__/classes-tuned.ts';
import { tunedLanguages } from './__fixtures__/classes-tuned-languages.ts';
import { chatAsked } from './__fixtures__/english-chat-asked.ts';
import { chatAboutDetails } from './__fixtures__/english-chat-details.ts';
import { detailsAtFirstSight } from './__fixtures__/english-chat-first-sight-details.ts';
import { listsAtFirstSight } from './__fixtures__/english-chat-first-sight-lists.ts';
import { chatAboutLists } from './__fixtures__/english-chat-lists.ts';
import { typedByFour } from './__fixtures__/english-chat-typists.ts';
import type { Phrasing } from './__fixtures__/expected-plans.ts';
import { frenchParaphrases } from './__fixtures__/paraphrases-french.ts';
import { frenchAtFirstSight } from './__fixtures__/paraphrases-french-first-sight.ts';
import { germanParaphrases } from './__fixtures__/paraphrases-german.ts';
import { germanAtFirstSight } from './__fixtures__/paraphrases-german-first-sight.ts';
import { portugueseParaphrases } from './__fixtures__/paraphrases-portuguese.ts';
import { portugueseAtFirstSight } from './__fixtures__/paraphrases-portuguese-first-sight.ts';
import { spanishParaphrases } from './__fixtures__/paraphrases-spanish.ts';
import { spanishAtFirstSight } from './__fixtures__/paraphrases-spanish-first-sight.ts';
import { heldBackPhrasings } from './__fixtures__/phrasings-held-back.ts';
import { precisePhrasings } from './__fixtures__/phrasings-precise.ts';
import { tunedPhrasings } from './__fixtures__/phrasings-tuned.ts';
import { homes, words } from './__fixtures__/world.ts';
import { understand } from './understand.ts';

/** Whom a search is about besides is proven in `classes/search.test.ts`. */
function planOf({ text, askedAt, context }: Phrasing): Plan {
  const plan = understand({ text, askedAt, homes, words, ...(context ? { context } : {}) });
  if (plan.kind !== 'search') return plan;
  const { whose: _, ...search } = plan;
  return search;
}

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
    ['of the later classes, used to tune them', tunedClasses],
    ['of the later classes in other languages, used to tune them', tunedLanguages],
    ['of the later classes, written after their rules: 116 of 134 at first sight', classesAtFirstSight],
    ['of the later classes, held back', heldBackClasses],
    ['as a front desk types them, about days and homes', chatAboutLists],
    ['as a front desk types them, about guests, calls and work', chatAboutDetails],
    ['as a front desk types them, about days and homes, written after the rules', listsAtFirstSight],
    ['as a front desk types them, about guests, calls and work, written after the rules', detailsAtFirstSight],
    ['of a party, of a listing, of readiness: wide sets', chatAsked],
    ['as four typists type them, with orders and what comes next', typedByFour],
    ['as a front desk types them, in German', [...germanParaphrases, ...germanAtFirstSight]],
    ['as a front desk types them, in French', [...frenchParaphrases, ...frenchAtFirstSight]],
    ['as a front desk types them, in Spanish', [...spanishParaphrases, ...spanishAtFirstSight]],
    ['as a front desk types them, in Portuguese', [...portugueseParaphrases, ...portugueseAtFirstSight]],
  ])('%s: every one is read exactly', (_, phrasings) => {
    expect(misread(phrasings)).toEqual([]);
  });
});
