import type { ListingId } from '@innkeeper/shared/domain/ids';
import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Asked } from '../asked.ts';
import { hasAny, isCovered } from '../classes/coverage.ts';
import { topicOf } from '../classes/homes.ts';
import type { HomeIndex } from '../homes/home-index.ts';
import type { HomeFact, Tag } from '../lexicon/lexicon.ts';
import { type Part, type Reading, wordsAt } from '../reading.ts';
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
  const aboutStay = isCovered(reading, [
    'pronoun',
    'time',
    'arrive',
    'depart',
    'departure_time',
    'how_long',
    'stay',
    'count',
    'guest',
  ]);
  const isPerson = hasAny(reading, 'pronoun', 'departure_time', 'time', 'count', 'how_long') && !speaksOfPlace(asked);
  const neighbour = last.kind === 'occupant' && reading.dates.length === 0 ? neighbourOf(reading) : undefined;
  if (neighbour && last.kind === 'occupant') return { plan: { ...last, which: neighbour } };
  if (last.kind === 'occupant' && isPerson && aboutStay && reading.dates.length === 0) return { plan: last };
  const name = nameOf(homeIndex, home);
  if (name === undefined) return undefined;
  const they = asksFavour(asked)
    ? reading.parts.find(part => part.kind === 'tag' && part.tag === 'pronoun')
    : undefined;
  if (they) return { question: withInstead(reading, they, `the guest in ${name}`) };
  const detail = [...reading.tags].find(tag => tag.startsWith('private:'));
  if (detail !== undefined && isCovered(reading, [detail, 'which', 'can', 'pronoun'])) {
    return {
      question: `${wordsAt(reading, 0, reading.tokens.length)} of the guest in ${name}`.replace(
        /\b(?:their|his|her)\b/iu,
        'the',
      ),
    };
  }
  const usual = (['arrival_time', 'departure_time'] as const).find(tag => reading.tags.has(tag));
  if (usual && last.kind !== 'occupant' && isCovered(reading, [usual, 'which', 'time'])) {
    return { question: `${wordsAt(reading, 0, reading.tokens.length)} in ${name}` };
  }
  const there = reading.tokens.findIndex((token, at) => at > 0 && token.text === 'there' && !saysThereIs(reading, at));
  if (there > 0) return { question: withInstead(reading, { from: there, to: there + 1 }, `in ${name}`) };
  const it = reading.parts.find(part => part.kind === 'tag' && part.tag === 'pronoun');
  if (it && speaksOfPlace(asked)) return { question: withInstead(reading, it, name) };
  const topic = factAlone(asked);
  return topic === undefined ? undefined : { plan: { kind: 'home', homes: [home], topic } };
}

/** "and who is next?", "who was there before?" */
function neighbourOf(reading: Reading): 'next' | 'previous' | undefined {
  const around: readonly Tag[] = ['who', 'guest', 'which', 'pronoun', 'was', 'stay', 'in_house', 'booking', 'arrive'];
  const which = (['next', 'previous'] as const).find(tag => reading.tags.has(tag));
  return which && isCovered(reading, [...around, which]) ? which : undefined;
}

/** "can they stay another night?", "could he check in at 12?" */
const asksFavour = ({ reading }: Asked): boolean =>
  reading.limits.length > 0 && hasAny(reading, 'can', 'possible', 'extend');

/** "is there parking", "how many are there", but "who is there now", "when is the next arrival there". */
const saysThereIs = ({ tokens, tags }: Reading, at: number): boolean =>
  /^(?:is|are|was|were|will)$/u.test(tokens[at - 1]?.text ?? '') && !tags.has('who') && tokens[0]?.text !== 'who';

function withInstead({ question, tokens }: Reading, part: Pick<Part, 'from' | 'to'>, words: string): string {
  const start = tokens[part.from]?.start ?? 0;
  const end = tokens[part.to - 1]?.end ?? start;
  return `${question.slice(0, start)}${words}${question.slice(end)}`;
}

/** "and the address?" */
function factAlone({ reading }: Asked): string | undefined {
  const fact = [...reading.tags].find(tag => tag.startsWith('fact:'));
  const isAlone =
    fact !== undefined &&
    isCovered(reading, [fact, 'which', 'find', 'how', 'possible', 'time', 'where', 'guest', 'can']);
  return isAlone && reading.dates.length === 0 ? topicOf(fact.slice('fact:'.length) as HomeFact) : undefined;
}

const placeWords: ReadonlySet<string> = new Set(['it', 'its', 'there', 'that', 'this']);
const speaksOfPlace = ({ reading }: Asked): boolean =>
  reading.parts.some(
    part => part.kind === 'tag' && part.tag === 'pronoun' && placeWords.has(reading.tokens[part.from]?.text ?? ''),
  );
