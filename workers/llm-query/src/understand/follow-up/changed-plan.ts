import type { ListingId } from '@innkeeper/shared/domain/ids';
import { addDays } from '@innkeeper/shared/domain/local-time';
import type { Plan, When } from '@innkeeper/shared/domain/plan';
import { type Asked, whenOf } from '../asked.ts';
import { hasAny, isCovered } from '../classes/coverage.ts';
import { applyRules } from '../classes/rules.ts';
import type { DateSpan } from '../dates/date-expression.ts';
import type { DateUse } from '../dates/resolve-date.ts';
import { findNamedHomes } from '../homes/find-homes.ts';
import type { HomeIndex } from '../homes/home-index.ts';
import { homesOf, type Reading, wordsAt } from '../reading.ts';
import { tokenise } from '../tokens.ts';
import type { FollowUp } from './read-follow-up.ts';

/** How the plans that have days read them; the others cannot be asked again for another day. */
const usesOf: Partial<Record<Plan['kind'], DateUse>> = {
  arrivals: { unit: 'days', lean: 'near' },
  departures: { unit: 'days', lean: 'near' },
  turnovers: { unit: 'days', lean: 'near' },
  overview: { unit: 'days', lean: 'near' },
  readiness: { unit: 'days', lean: 'near' },
  calls: { unit: 'days', lean: 'past' },
  in_house: { unit: 'nights', lean: 'near' },
  free_homes: { unit: 'nights', lean: 'future' },
};

/** Whether the text goes on from something: "and …", "what about …". */
export function isContinuation({ parts }: Reading): boolean {
  const first = parts.find(part => !(part.kind === 'tag' && part.tag === 'filler'));
  return first?.kind === 'tag' && (first.tag === 'and' || first.tag === 'fragment');
}

/** Only a date or a home: "and tomorrow?", "what about the Blue Flat?". */
export function changedPart(asked: Asked, last: Plan, homeIndex: HomeIndex): FollowUp | undefined {
  const { reading } = asked;
  const [span, second] = reading.dates;
  const homes = homesOf(reading);
  if (!isCovered(reading, []) || second || (!span && homes.length === 0)) return undefined;
  if (last.kind === 'search') return span ? undefined : searchElsewhere(asked, last, homes, homeIndex);
  const dated: Plan = last.kind === 'occupant' && span ? whoIsThere(last.homes) : last;
  if (homes.length > 0 && !('homes' in dated)) return undefined;
  const when = span && changedWhen(asked, span, dated);
  if (span && !when) return undefined;
  return { plan: { ...dated, ...(when ? { when } : {}), ...(homes.length > 0 ? { homes } : {}) } as Plan };
}

/** Who is there now, asked for another day, is who is there that day. */
const whoIsThere = (homes: ListingId[]): Plan => ({
  kind: 'in_house',
  when: { words: '', byToday: {} },
  homes,
  form: 'list',
});

function changedWhen(asked: Asked, span: DateSpan, last: Plan): When | undefined {
  const use = usesOf[last.kind];
  if (!use || !('when' in last)) return undefined;
  const read = whenOf(asked, span, use);
  const { expression } = span;
  if (!read || expression.kind !== 'nights' || expression.from || !last.when) return read;
  // "for 3 nights?" goes on from the day the thread speaks of.
  const said = last.when;
  const longer = Object.entries(said.byToday).map(([today, { from }]) => [
    today,
    { from, to: addDays(from, expression.nights - 1) },
  ]);
  return { words: `${said.words} ${read.words}`.trim(), byToday: Object.fromEntries(longer) as When['byToday'] };
}

/** The same free question about another home: its name takes the old one's place in the words. */
function searchElsewhere(
  asked: Asked,
  last: Extract<Plan, { kind: 'search' }>,
  homes: ListingId[],
  homeIndex: HomeIndex,
): FollowUp {
  const [mention] = asked.reading.homes;
  const name = mention ? wordsAt(asked.reading, mention.from, mention.to) : '';
  const tokens = tokenise(last.words);
  const [old] = findNamedHomes(tokens, homeIndex);
  const oldWords = old ? wordsAt({ question: last.words, tokens }, old.from, old.to) : '';
  const words = oldWords === '' ? `${last.words} ${name}` : last.words.replace(oldWords, () => name);
  return { plan: { ...last, words, homes } };
}

/** "how many?", "who?", "at what time?" */
export function changedForm({ reading }: Asked, last: Plan): FollowUp | undefined {
  if (!('form' in last) || reading.dates.length > 0 || reading.homes.length > 0) return undefined;
  const nouns = last.kind === 'calls' ? (['call', 'calls'] as const) : (['guest', 'homes'] as const);
  if (!isCovered(reading, ['count', 'who', 'which', 'time', ...nouns])) return undefined;
  if (reading.tags.has('count')) return { plan: { ...last, form: 'count' } };
  return hasAny(reading, 'who', 'which', 'time') ? { plan: { ...last, form: 'list' } } : undefined;
}

/** "and departures?": another class for the same days and homes. */
export function changedClass(asked: Asked, last: Plan): FollowUp | undefined {
  const { reading } = asked;
  const plan = isContinuation(reading) ? applyRules(asked) : undefined;
  if (!plan || !usesOf[plan.kind] || !('when' in plan)) return plan && { plan };
  const inherited = reading.dates.length === 0 && usesOf[last.kind] && 'when' in last ? last.when : undefined;
  const when = inherited ?? plan.when;
  const homes = 'homes' in plan && 'homes' in last && reading.homes.length === 0 ? { homes: last.homes } : {};
  return { plan: { ...plan, when, ...homes } as Plan };
}
