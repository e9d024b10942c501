import type { Plan } from '@innkeeper/shared/domain/plan';
import { type Asked, onlyWhen } from '../asked.ts';
import type { Tag } from '../lexicon/lexicon.ts';
import { homesOf, type Reading } from '../reading.ts';
import { hasAny, isCovered } from './coverage.ts';

type NotYetPlan = Extract<Plan, { kind: 'not_yet' }>;

/** Who should have come or gone and has not: "who hasn't arrived", "has everyone checked out", "no-shows". Pure. */
export function readNotYet(asked: Asked): Plan | undefined {
  const { reading } = asked;
  const movement = missingMovement(reading);
  const when = movement && onlyWhen(asked, { unit: 'days', lean: 'near' });
  return when && { kind: 'not_yet', movement, when, homes: homesOf(reading) };
}

const around: readonly Tag[] = [
  'who',
  'which',
  'guest',
  'all_of_them',
  'not',
  'still',
  'booking',
  'now',
  'homes',
  'stay',
];
const movements = [
  ['arrived', 'not_arrived', 'arrived', ['arrive', 'arrival']],
  ['left', 'not_left', 'departed', ['depart', 'departure']],
] as const;

function missingMovement(reading: Reading): NotYetPlan['movement'] | undefined {
  for (const [movement, missing, done, others] of movements) {
    const isMissing =
      reading.tags.has(missing) || (reading.tags.has(done) && (deniesOrAsksForAll(reading) || asksOfHome(reading)));
    // "who didn't arrive", "did everyone arrive": the verb without its past, said of the past.
    const isDenied = hasAny(reading, 'arrive', 'depart') && hasAny(reading, ...others) && saysDid(reading);
    const isOpen =
      (reading.tags.has('open') && reading.tags.has(others[1])) ||
      (reading.tags.has(others[0]) && isStillToCome(reading));
    if (!isMissing && !isDenied && !isOpen) continue;
    if (isCovered(reading, [...around, missing, done, ...others, ...(isOpen ? (['open'] as const) : [])]))
      return movement;
  }
  return undefined;
}

/** "has the guest in the Blue Flat left yet" */
const asksOfHome = ({ tags, homes, dates }: Reading): boolean =>
  homes.length > 0 && dates.length === 0 && tags.has('guest') && tags.has('still') && tags.has('aux');

const deniesOrAsksForAll = (reading: Reading): boolean => hasAny(reading, 'not', 'all_of_them') || saysAll(reading);

const stillWords: ReadonlySet<string> = new Set('still|noch|encore|todavia|aun|ainda'.split('|'));

/** "wer kommt heute noch", "quem ainda chega hoje" */
const isStillToCome = ({ parts, tokens, tags }: Reading): boolean =>
  (tags.has('who') || tags.has('guest')) &&
  !tags.has('not') &&
  parts.some(part => part.kind === 'tag' && part.tag === 'still' && stillWords.has(tokens[part.from]?.text ?? ''));

const allWords: ReadonlySet<string> = new Set('todos|todas|tous|toutes|alle'.split('|'));

/** "ya llegaron todos", "tous les clients sont partis"; not "todos los que llegaron". */
const saysAll = ({ parts, tokens, tags }: Reading): boolean => {
  const which = parts.filter(part => part.kind === 'tag' && part.tag === 'which');
  return !tags.has('who') && which.length === 1 && allWords.has(tokens[which[0]?.from ?? 0]?.text ?? '');
};

const didWords: ReadonlySet<string> = new Set('didnt|did'.split('|'));
const saysDid = (reading: Reading): boolean =>
  reading.parts.some(
    part =>
      part.kind === 'tag' &&
      (part.tag === 'not' || part.tag === 'all_of_them') &&
      didWords.has(reading.tokens[part.from]?.text ?? ''),
  );
