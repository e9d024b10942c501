import * as z from 'zod/mini';
import { ListingId, RecordKind } from './ids.ts';
import { Instant, LocalDate } from './local-time.ts';

/** Days at a home, both ends included. Nights: the night that starts on each of these days. */
export const DayRange = z.object({ from: LocalDate, to: LocalDate });
export type DayRange = z.infer<typeof DayRange>;

/**
 * Days a question speaks of. "Today" differs between homes in different zones at one instant, so the range is given
 * per local date that is today somewhere: look it up with the home's own date at `askedAt`.
 */
export const When = z.object({
  /** The words it was read from, for the answer's heading; empty when implied. */
  words: z.string(),
  byToday: z.record(z.string(), DayRange),
  /** A reading that could have been another: `03/12` was taken as 3 December, or 12 March. Say so with the answer. */
  assumed: z.optional(z.enum(['day_before_month', 'month_before_day'])),
});
export type When = z.infer<typeof When>;

/** Homes the question names; empty means every home. */
const homes = z.array(ListingId);
const answerForm = z.enum(['list', 'count']);
/** `people` and `nights`: sums over the stays that are meant, with the stays they come from. */
const stayForm = z.enum(['list', 'count', 'people', 'nights']);

/** Wall-clock time at the home, `HH:MM`. */
const ClockTime = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/u));

/** Narrows a list of movements; what a record does not say does not fit, and the answer says how many say nothing. */
export const StayFilter = z.object({
  /** By the planned time, else the home's default: later than, earlier than. */
  after: z.optional(ClockTime),
  before: z.optional(ClockTime),
  with: z.optional(z.enum(['children', 'pets'])),
  /** Guests in the party. */
  partyMin: z.optional(z.int().check(z.positive())),
});
export type StayFilter = z.infer<typeof StayFilter>;

/** Whom a question is about: a guest by name as typed, or whoever is (or is next) in a home. */
const subject = { name: z.optional(z.string().check(z.minLength(1))), homes };

/** What a free question may draw on: records, and what colleagues wrote to each other. */
export const SearchKind = z.enum([...RecordKind.options, 'chat-message']);
export type SearchKind = z.infer<typeof SearchKind>;

/** What to find out. The answer's content is decided by code from records, never by the words of this plan. */
export const Plan = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('arrivals'), when: When, homes, form: stayForm, only: z.optional(StayFilter) }),
  z.object({ kind: z.literal('departures'), when: When, homes, form: stayForm, only: z.optional(StayFilter) }),
  /** Who sleeps there: guests staying in the night(s) of `when`. */
  z.object({ kind: z.literal('in_house'), when: When, homes, form: stayForm, only: z.optional(StayFilter) }),
  /** Guests who neither arrive nor leave on the day(s) of `when` and sleep there before and after. */
  z.object({ kind: z.literal('stay_overs'), when: When, homes, form: stayForm }),
  /** Of the stays that touch `when`, those with the most nights. */
  z.object({ kind: z.literal('longest_stay'), when: When, homes }),
  /** Bookings made, changed or cancelled in the days of `when` or since an instant. */
  z.object({
    kind: z.literal('bookings'),
    change: z.enum(['made', 'changed', 'cancelled']),
    when: z.optional(When),
    from: z.optional(Instant),
    homes,
    form: stayForm,
  }),
  /** Arrivals or departures of `when` that no recorded stay status confirms. */
  z.object({ kind: z.literal('not_yet'), movement: z.enum(['arrived', 'left']), when: When, homes }),
  /** May they come in at that hour: the previous departure, cleaning, what is recorded. */
  z.object({ kind: z.literal('early_check_in'), ...subject, when: When, at: ClockTime }),
  /** May they stay that many more nights: whose home it is then. */
  z.object({
    kind: z.literal('stay_longer'),
    ...subject,
    when: When,
    nights: z.int().check(z.minimum(1), z.maximum(30)),
  }),
  /** Tasks due in `when`; `open`: those not done, whenever due up to its end. */
  z.object({
    kind: z.literal('tasks'),
    when: When,
    which: z.enum(['all', 'cleaning', 'maintenance']),
    state: z.enum(['all', 'open']),
    homes,
    form: answerForm,
  }),
  /** Guests' messages that nobody has answered. */
  z.object({ kind: z.literal('unanswered'), homes, form: answerForm }),
  /** Homes with a departure and an arrival on the same day. */
  z.object({ kind: z.literal('turnovers'), when: When, homes, form: answerForm }),
  /** Homes without stay and block in every night of `when`. With `homes`: is that home free. */
  z.object({ kind: z.literal('free_homes'), when: When, homes, form: answerForm }),
  /** Arrivals, departures and moves of a day together. */
  z.object({ kind: z.literal('overview'), when: When, homes }),
  /** Arrivals joined to the previous departure: what is known of each home being ready. */
  z.object({ kind: z.literal('readiness'), when: When, homes }),
  /** One guest's booking, by name as typed. */
  z.object({
    kind: z.literal('guest'),
    name: z.string().check(z.minLength(1)),
    aspect: z.enum(['booking', 'arrival', 'departure', 'nights', 'party', 'home', 'status']),
    homes,
    /** Days the question names besides ("is Maria arriving on Friday"): narrows when several bookings fit the name. */
    when: z.optional(When),
  }),
  /** Who is, was or will be next in a home. */
  z.object({ kind: z.literal('occupant'), which: z.enum(['current', 'next', 'previous']), homes }),
  /** Default times and what the listing says in public; the topic in plain words: wifi, check in time, house rules. */
  z.object({ kind: z.literal('home'), homes: z.array(ListingId).check(z.minLength(1)), topic: z.string() }),
  z.object({
    kind: z.literal('calls'),
    when: When,
    filter: z.enum(['all', 'missed', 'voicemail']),
    /** Whom the call was with, as typed. */
    with: z.optional(z.string().check(z.minLength(1))),
    form: answerForm,
  }),
  /** What happened since an instant: bookings, messages, calls. */
  z.object({ kind: z.literal('since'), from: Instant, words: z.string() }),
  /** Free question: hybrid search. */
  z.object({
    kind: z.literal('search'),
    words: z.string(),
    homes,
    when: z.optional(When),
    /** Only of guests who come, go or sleep there in the days of `when`: those are then no days of what was said. */
    whose: z.optional(z.enum(['arriving', 'leaving', 'staying'])),
    /** Empty means everything. */
    kinds: z.array(SearchKind),
    /** Chat rooms the question names, without #; absent means every room. */
    rooms: z.optional(z.array(z.string())),
  }),
  /** Asks for something never shown in chat. */
  z.object({
    kind: z.literal('not_shown'),
    detail: z.enum(['phone', 'email', 'access_code', 'card']),
    name: z.optional(z.string()),
    homes,
  }),
  /** A name that fits several homes: ask back, in one line. `question` is the whole question, for the reply that names one. */
  z.object({
    kind: z.literal('which_home'),
    words: z.string(),
    choices: z.array(ListingId).check(z.minLength(2)),
    question: z.optional(z.string()),
  }),
  /** A home is named that does not exist. */
  z.object({ kind: z.literal('unknown_home'), words: z.string(), question: z.optional(z.string()) }),
  z.object({ kind: z.literal('help') }),
  /** `days`: where that is all, the words for days that no calendar has, or whose end lies before their beginning. */
  z.object({
    kind: z.literal('unclear'),
    days: z.optional(z.object({ words: z.string(), fault: z.enum(['no_such_day', 'backwards']) })),
    /** Asks for a deed, "call the guest": the assistant only answers. */
    order: z.optional(z.literal(true)),
  }),
]);
export type Plan = z.infer<typeof Plan>;
export type PlanKind = Plan['kind'];

/** What a follow-up may lean on: the plan of the last answer in the thread. */
export const ThreadContext = z.object({ plan: Plan, answeredAt: Instant });
export type ThreadContext = z.infer<typeof ThreadContext>;

/** A home as the planner knows it. */
export const HomeName = z.object({
  listingId: ListingId,
  nickname: z.optional(z.string()),
  title: z.optional(z.string()),
  address: z.optional(z.string()),
  city: z.optional(z.string()),
  timezone: z.string(),
});
export type HomeName = z.infer<typeof HomeName>;

export const localDateOf = (when: When, today: LocalDate): DayRange | undefined => when.byToday[today];
