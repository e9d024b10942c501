import type { Tag } from '../lexicon/lexicon.ts';
import type { Part, Reading } from '../reading.ts';

/**
 * The guard of every rule: a question is answered by a rule only if each of its words means something to that rule.
 * One word more ("with a dog", "before three") and it is free text. Pure.
 */

/** Words that change nothing in a question about homes and stays. */
const neutral: ReadonlySet<Tag> = new Set(['filler', 'aux', 'and', 'prep', 'in', 'possessive', 'fragment']);

export function isCovered(reading: Reading, allowed: readonly Tag[], names = 0): boolean {
  if (reading.unknown.length !== names) return false;
  for (const tag of reading.tags) if (!neutral.has(tag) && !allowed.includes(tag)) return false;
  return reading.parts.every((part, at) => !isDangling(reading, part, at)) && !isJourney(reading.parts);
}

export const hasAny = (reading: Reading, ...tags: readonly Tag[]): boolean => tags.some(tag => reading.tags.has(tag));

const isTag = (part: Part | undefined, ...tags: readonly Tag[]): boolean =>
  part?.kind === 'tag' && tags.includes(part.tag);

/** A preposition without what it belongs to: the thing it spoke of is missing or was read as something else. */
function isDangling(reading: Reading, part: Part, at: number): boolean {
  const { parts } = reading;
  if (!isTag(part, 'prep')) return isTag(part, 'which') && isRepetition(reading, part, parts[at + 1]);
  const next = parts.slice(at + 1).find(candidate => !isTag(candidate, 'filler'));
  return next === undefined || isTag(next, 'prep', 'aux', 'and', 'possessive');
}

const everyWords: ReadonlySet<string> = new Set([
  'every',
  'each',
  'all',
  'any',
  'alle',
  'tous',
  'toutes',
  'todos',
  'todas',
]);

/** "every Friday" is not one Friday. */
const isRepetition = ({ tokens }: Reading, part: Part, next: Part | undefined): boolean =>
  next?.kind === 'date' && everyWords.has(tokens[part.from]?.text ?? '');

/** "from the Blue Flat to the Garden Studio" is about a move. */
function isJourney(parts: readonly Part[]): boolean {
  const homes = parts.flatMap((part, at) => (part.kind === 'home' ? [at] : []));
  const [first, second] = homes;
  if (first === undefined || second === undefined) return false;
  return !parts.slice(first + 1, second).some(part => isTag(part, 'and'));
}

const openings: ReadonlySet<string> = new Set([
  'from',
  'starting',
  'after',
  'before',
  'ab',
  'von',
  'vom',
  'desde',
  'des',
]);

/** "from Sunday" without an end: which days are meant is not said. */
export const isOpenRange = ({ parts, tokens }: Reading): boolean =>
  parts.some(
    (part, at) => parts[at + 1]?.kind === 'date' && isTag(part, 'prep') && openings.has(tokens[part.from]?.text ?? ''),
  );
