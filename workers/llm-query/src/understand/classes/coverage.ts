import type { Tag } from '../lexicon/lexicon.ts';
import type { Part, Reading } from '../reading.ts';

/**
 * The guard of every rule: a question is answered by a rule only if each of its words means something to that rule.
 * One word more ("with a dog", "before three") and it is free text. Pure.
 */

/** Words that change nothing in a question about homes and stays. */
const neutral: ReadonlySet<Tag> = new Set(['filler', 'aux', 'and', 'prep', 'in', 'possessive', 'fragment']);

export function isCovered(
  reading: Reading,
  allowed: readonly Tag[],
  { names = 0, limits = 0 }: { names?: number; limits?: number } = {},
): boolean {
  if (reading.unknown.length !== names || reading.limits.length !== limits) return false;
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
  // "how long is Maria booked for", "what street is it on"
  if (next === undefined) return !endsOpen(reading);
  return isTag(next, 'prep', 'aux', 'and', 'possessive');
}

/** Questions whose preposition may stand last: "how many guests did Maria book for". */
const endsOpen = (reading: Reading): boolean =>
  hasAny(reading, 'how_long', 'fact:address') || (reading.tags.has('count') && reading.unknown.length === 1);

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

const openings: ReadonlySet<string> = new Set(['from', 'starting', 'after', 'before', 'ab', 'desde', 'des']);

/** "from Sunday" without an end: which days are meant is not said. */
export const isOpenRange = ({ parts, tokens }: Reading): boolean =>
  parts.some(
    (part, at) => parts[at + 1]?.kind === 'date' && isTag(part, 'prep') && openings.has(tokens[part.from]?.text ?? ''),
  );
