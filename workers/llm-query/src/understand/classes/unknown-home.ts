import { ListingId } from '@innkeeper/shared/domain/ids';
import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Asked } from '../asked.ts';
import { buildingWords } from '../homes/home-index.ts';
import { type Part, summarise, wordsAt } from '../reading.ts';
import { readFreeHomes } from './free-homes.ts';
import { readHomeFact, readOccupant } from './homes.ts';
import { notNames } from './not-names.ts';
import { readReadiness } from './readiness.ts';
import { readInHouse, readMovements } from './stays.ts';

const homeRules = [readHomeFact, readOccupant, readReadiness, readMovements, readFreeHomes, readInHouse];
const placeholder = ListingId.parse('a home by that name');

/**
 * "Is the Moon Palace free on Friday": a rule would answer if the unknown words were a home, and they look like one:
 * they hold a kind of building, stand in quotes, or a home is the only thing that can be free on a date. Pure.
 */
export function readUnknownHome(asked: Asked): Plan | undefined {
  const { reading } = asked;
  const at = reading.parts.findIndex(part => part.kind === 'unknown');
  const span = reading.parts[at];
  if (!span || reading.unknown.length !== 1) return undefined;
  const before = reading.parts[at - 1];
  // "Harbour View 3", where there are 1 and 2.
  if (
    before?.kind === 'home' &&
    before.mention.meaning === 'one_of' &&
    /^\d+$/u.test(reading.tokens[span.from]?.text ?? '')
  ) {
    return { kind: 'unknown_home', words: wordsAt(reading, before.from, span.to), question: reading.question };
  }
  const following = reading.parts[at + 1];
  const isBuilding = following?.kind === 'tag' && buildingWords.has(reading.tokens[following.from]?.text ?? '');
  const building = isBuilding && following.tag === 'homes' ? following : undefined;
  const to = building?.to ?? span.to;
  const words = reading.tokens.slice(span.from, to);
  if (words.length > 5 || words.some(word => notNames.has(word.text))) return undefined;
  const mention = { from: span.from, to, listingIds: [placeholder], meaning: 'one' as const };
  const home: Part = { kind: 'home', mention, from: span.from, to };
  const parts = [...reading.parts.slice(0, at), home, ...reading.parts.slice(building ? at + 2 : at + 1)];
  const asHome: Asked = { ...asked, reading: summarise(reading.question, reading.tokens, [], parts) };
  const plan = homeRules.map(rule => rule(asHome)).find(found => found !== undefined);
  if (!plan) return undefined;
  const looksLikeHome = words.some(word => word.quoted || buildingWords.has(word.text));
  const onlyHomesFit =
    plan.kind === 'free_homes' && reading.dates.length > 0 && !isPlural(before) && !asHome.reading.tags.has('homes');
  if (!looksLikeHome && !onlyHomesFit) return undefined;
  return { kind: 'unknown_home', words: wordsAt(reading, span.from, to), question: reading.question };
}

/** "which studios are free": a kind of home, not a name. */
const isPlural = (before: Part | undefined): boolean =>
  before?.kind === 'tag' && (before.tag === 'which' || before.tag === 'count');
