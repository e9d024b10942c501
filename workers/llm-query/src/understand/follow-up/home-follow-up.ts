import type { ListingId } from '@innkeeper/shared/domain/ids';
import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Asked } from '../asked.ts';
import { hasAny, isCovered } from '../classes/coverage.ts';
import { topicOf } from '../classes/homes.ts';
import type { HomeIndex } from '../homes/home-index.ts';
import type { HomeFact } from '../lexicon/lexicon.ts';
import { wordsAt } from '../reading.ts';
import { isContinuation } from './changed-plan.ts';
import type { FollowUp } from './read-follow-up.ts';

/** What a home is called, for putting its name into a question. */
const nameOf = (homeIndex: HomeIndex, listingId: ListingId): string | undefined =>
  homeIndex.entries.get(listingId)?.name;

const positions: ReadonlyMap<string, number> = new Map(
  ['first', 'second', 'third', 'fourth', 'fifth'].flatMap((word, index) => [
    [word, index + 1] as const,
    [['1st', '2nd', '3rd', '4th', '5th'][index] ?? '', index + 1] as const,
    [String(index + 1), index + 1] as const,
  ]),
);
const bothWords: ReadonlySet<string> = new Set(['both', 'all', 'either', 'beide', 'ambos', 'ambas']);
const choiceWordsMax = 4;

/** The reply to "which one?" or "no such home": the question again, with that home in it. Pure. */
export function chosenHome(
  { reading }: Asked,
  last: Extract<Plan, { kind: 'which_home' | 'unknown_home' }>,
  homeIndex: HomeIndex,
): FollowUp | undefined {
  if (last.question === undefined || reading.dates.length > 0) return undefined;
  const again = (name: string): FollowUp => ({ question: (last.question ?? '').replace(last.words, () => name) });
  const [mention, second] = reading.homes;
  if (mention && !second && mention.meaning === 'one' && isCovered(reading, ['which'])) {
    return again(wordsAt(reading, mention.from, mention.to));
  }
  if (last.kind === 'unknown_home' || mention || reading.tokens.length > choiceWordsMax) return undefined;
  if (reading.tokens.some(token => bothWords.has(token.text))) return again(`both ${last.words}`);
  const position = reading.tokens.map(token => positions.get(token.text)).find(found => found !== undefined);
  if (position === undefined) return undefined;
  // "2" is Harbour View 2, wherever it stands in the list.
  const numbered = last.choices.find(choice => nameOf(homeIndex, choice)?.split(' ').includes(String(position)));
  const chosen = numbered ?? last.choices[position - 1];
  const name = chosen && nameOf(homeIndex, chosen);
  return name === undefined ? undefined : again(name);
}

/** More about the one home the thread speaks of: "is it ready?", "and the address?", "when do they leave?". Pure. */
export function aboutTheHome(asked: Asked, last: Plan, homeIndex: HomeIndex): FollowUp | undefined {
  const { reading } = asked;
  const [home, second] = 'homes' in last ? last.homes : [];
  if (!home || second || reading.homes.length > 0) return undefined;
  const aboutStay = isCovered(reading, ['pronoun', 'time', 'arrive', 'depart', 'how_long', 'stay']);
  const isPerson = hasAny(reading, 'pronoun') && !speaksOfPlace(asked);
  if (last.kind === 'occupant' && isPerson && aboutStay && reading.dates.length === 0) return { plan: last };
  const name = nameOf(homeIndex, home);
  if (name === undefined) return undefined;
  const it = reading.parts.find(part => part.kind === 'tag' && part.tag === 'pronoun');
  if (it && speaksOfPlace(asked)) {
    const start = reading.tokens[it.from]?.start ?? 0;
    const end = reading.tokens[it.to - 1]?.end ?? start;
    return { question: `${reading.question.slice(0, start)}${name}${reading.question.slice(end)}` };
  }
  const topic = factAlone(asked);
  return topic === undefined ? undefined : { plan: { kind: 'home', homes: [home], topic } };
}

/** "and the address?" */
function factAlone({ reading }: Asked): string | undefined {
  const fact = [...reading.tags].find(tag => tag.startsWith('fact:'));
  const isAlone = fact !== undefined && isContinuation(reading) && isCovered(reading, [fact, 'which']);
  return isAlone && reading.dates.length === 0 ? topicOf(fact.slice('fact:'.length) as HomeFact) : undefined;
}

const placeWords: ReadonlySet<string> = new Set(['it', 'its', 'there', 'that', 'this']);
const speaksOfPlace = ({ reading }: Asked): boolean =>
  reading.parts.some(
    part => part.kind === 'tag' && part.tag === 'pronoun' && placeWords.has(reading.tokens[part.from]?.text ?? ''),
  );
