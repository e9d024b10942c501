import type { Instant } from '@innkeeper/shared/domain/local-time';
import { Plan, type ThreadContext, type When } from '@innkeeper/shared/domain/plan';
import { askedAt } from './world.ts';

/** Short forms for writing expected plans, one phrasing a line. */
export type Phrasing = {
  text: string;
  /** The words of a `search` plan are the question's own and are filled in by the caller. */
  plan: Plan;
  askedAt: Instant;
  context?: ThreadContext;
};

export const today = '2026-11-18';

type Days = readonly [from: string, to?: string];
type RawWhen = { words: string; byToday: Record<string, { from: string; to: string }>; assumed?: string };

/** Days as seen on the Wednesday that is today in every zone. */
export function on(words: string, from: string, to = from): RawWhen {
  return { words, byToday: { [today]: { from, to } } };
}
/** Days that differ between the zones. */
export function apart(words: string, byToday: Record<string, Days>): RawWhen {
  return {
    words,
    byToday: Object.fromEntries(Object.entries(byToday).map(([key, [from, to = from]]) => [key, { from, to }])),
  };
}
export const dayFirst = (when: RawWhen): RawWhen => ({ ...when, assumed: 'day_before_month' });

type Form = 'list' | 'count' | 'people' | 'nights';
type Only = { after?: string; before?: string; with?: 'children' | 'pets'; partyMin?: number };
type ListKind = 'arrivals' | 'departures' | 'in_house' | 'stay_overs' | 'turnovers' | 'free_homes';
const listOf =
  (kind: ListKind) =>
  (when: RawWhen, homes: readonly string[] = [], form: Form = 'list', only?: Only): Plan =>
    Plan.parse({ kind, when, homes, form, ...(only ? { only } : {}) });

export const arrivals = listOf('arrivals');
export const departures = listOf('departures');
export const inHouse = listOf('in_house');
export const stayOvers = listOf('stay_overs');
export const turnovers = listOf('turnovers');
export const free = listOf('free_homes');
export const longestStay = (when: RawWhen, homes: readonly string[] = []): Plan =>
  Plan.parse({ kind: 'longest_stay', when, homes });
/** Bookings of days, or since an instant. */
export const bookings = (
  change: 'made' | 'changed' | 'cancelled',
  days: RawWhen | string,
  homes: readonly string[] = [],
  form: Form = 'list',
): Plan =>
  Plan.parse({ kind: 'bookings', change, homes, form, ...(typeof days === 'string' ? { from: days } : { when: days }) });
export const notYet = (movement: 'arrived' | 'left', when: RawWhen, homes: readonly string[] = []): Plan =>
  Plan.parse({ kind: 'not_yet', movement, when, homes });
type Subject = { name?: string; homes?: readonly string[]; when?: RawWhen };
export const earlyCheckIn = (at: string, { homes = [], when = on('', today), ...subject }: Subject): Plan =>
  Plan.parse({ kind: 'early_check_in', at, homes, when, ...subject });
export const stayLonger = (nights: number, { homes = [], when = on('', today), ...subject }: Subject): Plan =>
  Plan.parse({ kind: 'stay_longer', nights, homes, when, ...subject });
export const tasks = (
  when: RawWhen,
  more: { which?: 'cleaning' | 'maintenance'; state?: 'open'; homes?: readonly string[]; form?: Form } = {},
): Plan => Plan.parse({ kind: 'tasks', when, which: 'all', state: 'all', homes: [], form: 'list', ...more });
export const unanswered = (homes: readonly string[] = [], form: Form = 'list'): Plan =>
  Plan.parse({ kind: 'unanswered', homes, form });
export const overview = (when: RawWhen, homes: readonly string[] = []): Plan =>
  Plan.parse({ kind: 'overview', when, homes });
export const readiness = (when: RawWhen, homes: readonly string[] = []): Plan =>
  Plan.parse({ kind: 'readiness', when, homes });
export const guest = (name: string, aspect: string, more: { homes?: readonly string[]; when?: RawWhen } = {}): Plan =>
  Plan.parse({ kind: 'guest', name, aspect, homes: more.homes ?? [], ...(more.when ? { when: more.when } : {}) });
export const occupant = (which: 'current' | 'next' | 'previous', ...homes: readonly string[]): Plan =>
  Plan.parse({ kind: 'occupant', which, homes });
export const home = (topic: string, ...homes: readonly string[]): Plan => Plan.parse({ kind: 'home', topic, homes });
export const calls = (when: RawWhen, filter = 'all', form: Form = 'list', name?: string): Plan =>
  Plan.parse({ kind: 'calls', when, filter, form, ...(name === undefined ? {} : { with: name }) });
export const since = (words: string, from: string): Plan => Plan.parse({ kind: 'since', words, from });
export const search = (
  more: { homes?: readonly string[]; when?: RawWhen; kinds?: readonly string[]; words?: string } = {},
): Plan =>
  Plan.parse({
    kind: 'search',
    words: more.words ?? '',
    homes: more.homes ?? [],
    kinds: more.kinds ?? [],
    ...(more.when ? { when: more.when } : {}),
  });
export const notShown = (detail: string, more: { name?: string; homes?: readonly string[] } = {}): Plan =>
  Plan.parse({
    kind: 'not_shown',
    detail,
    homes: more.homes ?? [],
    ...(more.name === undefined ? {} : { name: more.name }),
  });
export const whichHome = (words: string, question: string, ...choices: readonly string[]): Plan =>
  Plan.parse({ kind: 'which_home', words, choices, question });
export const unknownHome = (words: string, question: string): Plan =>
  Plan.parse({ kind: 'unknown_home', words, question });
export const help = Plan.parse({ kind: 'help' });
export const unclear = Plan.parse({ kind: 'unclear' });
/** Asks for a deed. */
export const order = Plan.parse({ kind: 'unclear', order: true });
export const noSuchDay = (words: string): Plan =>
  Plan.parse({ kind: 'unclear', days: { words, fault: 'no_such_day' } });

/** The thread's last answer had this plan. */
export const after = (plan: Plan): ThreadContext => ({ plan, answeredAt: askedAt });

type Row = readonly [text: string, plan: Plan, more?: { askedAt?: Instant; context?: ThreadContext }];
export const phrasingsOf = (rows: readonly Row[]): readonly Phrasing[] =>
  rows.map(([text, plan, more]) => ({
    text,
    plan: plan.kind === 'search' && plan.words === '' ? { ...plan, words: text } : plan,
    askedAt: more?.askedAt ?? askedAt,
    ...(more?.context ? { context: more.context } : {}),
  }));

export type { When };
