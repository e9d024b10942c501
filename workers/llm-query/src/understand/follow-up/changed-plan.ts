import type { ListingId } from '@innkeeper/shared/domain/ids';
import { addDays } from '@innkeeper/shared/domain/local-time';
import type { Plan, When } from '@innkeeper/shared/domain/plan';
import { type Asked, whenOf } from '../asked.ts';
import { hasAny, isCovered } from '../classes/coverage.ts';
import { asksPeople } from '../classes/people.ts';
import { applyRules } from '../classes/rules.ts';
import type { DateSpan } from '../dates/date-expression.ts';
import type { DateUse } from '../dates/resolve-date.ts';
import { findNamedHomes } from '../homes/find-homes.ts';
import type { HomeIndex } from '../homes/home-index.ts';
import { homesOf, type Reading, summarise, wordsAt } from '../reading.ts';
import { tokenise } from '../tokens.ts';
import type { FollowUp } from './read-follow-up.ts';

/** How the plans that have days read them; the others cannot be asked again for another day. */
const usesOf: Partial<Record<Plan['kind'], DateUse>> = {
  arrivals: { unit: 'days', lean: 'near', openEnd: true },
  departures: { unit: 'days', lean: 'near', openEnd: true },
  turnovers: { unit: 'days', lean: 'near' },
  overview: { unit: 'days', lean: 'near' },
  readiness: { unit: 'days', lean: 'near' },
  calls: { unit: 'days', lean: 'past' },
  stay_overs: { unit: 'days', lean: 'near' },
  longest_stay: { unit: 'days', lean: 'near' },
  bookings: { unit: 'days', lean: 'past' },
  not_yet: { unit: 'days', lean: 'near' },
  early_check_in: { unit: 'days', lean: 'near' },
  stay_longer: { unit: 'days', lean: 'near' },
  tasks: { unit: 'days', lean: 'near', openEnd: true },
  in_house: { unit: 'nights', lean: 'near' },
  free_homes: { unit: 'nights', lean: 'future' },
};

/** Whether the text goes on from something: "and …", "what about …", "no, I meant …". */
export function isContinuation({ parts }: Reading): boolean {
  const first = parts.find(part => !(part.kind === 'tag' && part.tag === 'filler'));
  return first?.kind === 'tag' && ['and', 'fragment', 'correction'].includes(first.tag);
}

const neighbours =
  /^(?:the )?(?:(?:following|next) (?<next>day|week)|(?<unit>day|week) (?<side>after|before)(?: that)?)$/u;

/** "and the day after?", "the week before": beside the days the thread speaks of. */
export function neighbouringDay({ reading }: Asked, last: Plan): FollowUp | undefined {
  const { parts, tokens } = reading;
  const first = parts[0];
  const opens = first?.kind === 'tag' && ['and', 'fragment', 'prep'].includes(first.tag) ? first.to : 0;
  const phrase = tokens.slice(opens).map(token => token.text);
  const said = neighbours.exec(phrase.join(' '))?.groups;
  // Said of nothing else, "next week" is the calendar's.
  if (!said || phrase.join(' ') === 'next week' || !('when' in last) || !last.when) return undefined;
  const sign = said['side'] === 'before' ? -1 : 1;
  const isWeek = (said['next'] ?? said['unit']) === 'week';
  const byToday = Object.entries(last.when.byToday).map(([today, { from, to }]) => {
    const day = addDays(sign < 0 ? from : to, sign);
    const range = isWeek ? { from: addDays(from, 7 * sign), to: addDays(to, 7 * sign) } : { from: day, to: day };
    return [today, range];
  });
  const when = {
    words: wordsAt(reading, opens, tokens.length),
    byToday: Object.fromEntries(byToday) as When['byToday'],
  };
  return { plan: { ...last, when } };
}

/** Only a date or a home: "and tomorrow?", "what about the Blue Flat?". */
export function changedPart(asked: Asked, last: Plan, homeIndex: HomeIndex): FollowUp | undefined {
  const { reading } = asked;
  const [span, second] = meantDates(reading);
  const homes = homesOf(reading);
  if (!isCovered(reading, ['correction', 'not', 'only']) || second || (!span && homes.length === 0)) return undefined;
  if (last.kind === 'search') return span ? undefined : searchElsewhere(asked, last, homes, homeIndex);
  const dated: Plan = last.kind === 'occupant' && span ? whoIsThere(last.homes) : last;
  if (homes.length > 0 && !('homes' in dated)) return undefined;
  const when = span && changedWhen(asked, span, dated);
  if (span && !when) return undefined;
  const { from: _, ...undated } = { from: undefined, ...dated };
  return {
    plan: { ...(when ? undated : dated), ...(when ? { when } : {}), ...(homes.length > 0 ? { homes } : {}) } as Plan,
  };
}

const everywhere =
  /^(?:(?:and|in|for|at|of|what|how|about|not|just|only|please|then) )*(?:everywhere|anywhere|overall|all (?:the |our )?(?:homes|flats|apartments|units|places|properties)|every (?:home|flat|apartment))$/u;

/** "and everywhere?", after an answer about some homes. */
export function everyHome({ reading }: Asked, last: Plan): FollowUp | undefined {
  const said = reading.tokens.map(token => token.text).join(' ');
  if (!('homes' in last) || last.homes.length === 0 || last.kind === 'home' || !everywhere.test(said)) return undefined;
  return { plan: { ...last, homes: [] } };
}

/** "not today, tomorrow": of the days named, those that are not denied. */
const meantDates = ({ parts }: Reading): readonly DateSpan[] =>
  parts.flatMap((part, at) => {
    const before = parts[at - 1];
    return part.kind === 'date' && !(before?.kind === 'tag' && before.tag === 'not') ? [part.span] : [];
  });

/** Who is there now, asked for another day, is who is there that day. */
const whoIsThere = (homes: ListingId[]): Plan => ({
  kind: 'in_house',
  when: { words: '', byToday: {} },
  homes,
  form: 'list',
});

function changedWhen(asked: Asked, span: DateSpan, last: Plan): When | undefined {
  const use = usesOf[last.kind];
  if (!use) return undefined;
  const read = whenOf(asked, span, use);
  const { expression } = span;
  if (!read || expression.kind !== 'nights' || expression.from || !('when' in last) || !last.when) return read;
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

type StaysPlan = Extract<Plan, { kind: 'arrivals' | 'departures' | 'in_house' | 'stay_overs' }>;

/** Whether people and nights of what the plan lists can be summed up. */
const isOfStays = (plan: Plan): plan is StaysPlan =>
  plan.kind === 'arrivals' || plan.kind === 'departures' || plan.kind === 'in_house' || plan.kind === 'stay_overs';

/** "how many?", "how many people?", "who?", "at what time?" */
export function changedForm({ reading }: Asked, last: Plan): FollowUp | undefined {
  if (!('form' in last) || reading.dates.length > 0 || reading.homes.length > 0) return undefined;
  const nouns =
    last.kind === 'calls'
      ? (['call', 'calls'] as const)
      : ([
          'guest',
          'homes',
          'nights_sum',
          'how_long',
          ...(hasAny(reading, 'how_long') ? (['stay'] as const) : []),
        ] as const);
  if (!isCovered(reading, ['count', 'who', 'which', 'time', 'pronoun', 'only', ...nouns])) return undefined;
  // Of free homes "who" asks for something else.
  if (last.kind === 'free_homes' && hasAny(reading, 'who')) return undefined;
  const sum = hasAny(reading, 'nights_sum', 'how_long') ? 'nights' : asksPeople(reading) ? 'people' : undefined;
  if (sum) return isOfStays(last) ? { plan: { ...last, form: sum } } : undefined;
  if (reading.tags.has('count')) return { plan: { ...last, form: 'count' } };
  const isListed = hasAny(reading, 'who', 'which', 'time') || saysList(reading);
  return isListed ? { plan: { ...last, form: 'list' } } : undefined;
}

/** "list them", "show me the names" */
const saysList = ({ tokens }: Reading): boolean => tokens.some(({ text }) => /^(?:list|names?|details)$/u.test(text));

/** "and departures?": another class for the same days and homes. */
export function changedClass(asked: Asked, last: Plan): FollowUp | undefined {
  const { reading } = asked;
  const plan = isContinuation(reading) || saysOnly(reading) ? applyRules(withoutOnes(asked)) : undefined;
  const change = last.kind === 'bookings' && isContinuation(reading) ? changeAlone(reading) : undefined;
  if (last.kind === 'bookings' && change) return { plan: { ...last, change } };
  // "and cancellations?" after "new bookings since 18:00"
  if (plan?.kind === 'bookings' && last.kind === 'bookings' && reading.dates.length === 0 && plan.from === undefined)
    return { plan: { ...last, change: plan.change } };
  if (!plan || !usesOf[plan.kind] || !('when' in plan)) return plan && { plan };
  const inherited = reading.dates.length === 0 && usesOf[last.kind] && 'when' in last ? last.when : undefined;
  const when = inherited ?? plan.when;
  const homes = 'homes' in plan && 'homes' in last && reading.homes.length === 0 ? { homes: last.homes } : {};
  return { plan: { ...plan, when, ...homes } as Plan };
}

/** "only departures", "just the arrivals" */
const saysOnly = ({ tokens }: Reading): boolean => tokens.some(({ text }) => text === 'only' || text === 'just');

/** "and the ones leaving?" */
const withoutOnes = ({ reading, moment }: Asked): Asked => ({
  moment,
  reading: summarise(
    reading.question,
    reading.tokens,
    reading.named,
    reading.parts.filter(part => part.kind !== 'tag' || part.tag !== 'only'),
  ),
});

/** "and cancelled?" */
const changeAlone = (reading: Reading): 'made' | 'changed' | 'cancelled' | undefined =>
  (['made', 'changed', 'cancelled'] as const).find(
    tag => reading.tags.has(tag) && isCovered(reading, [tag, 'only', 'which']) && reading.dates.length === 0,
  );
