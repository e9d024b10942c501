import * as z from 'zod';
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
  /** A reading that could have been another: `03/12` was taken as 3 December. Say so with the answer. */
  assumed: z.enum(['day_before_month']).optional(),
});
export type When = z.infer<typeof When>;

const homes = z.array(ListingId).describe('homes the question names; empty means every home');
const answerForm = z.enum(['list', 'count']);

/** What a free question may draw on: records, and what colleagues wrote to each other. */
export const SearchKind = z.enum([...RecordKind.options, 'chat-message']);
export type SearchKind = z.infer<typeof SearchKind>;

/** What to find out. The answer's content is decided by code from records, never by the words of this plan. */
export const Plan = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('arrivals'), when: When, homes, form: answerForm }),
  z.object({ kind: z.literal('departures'), when: When, homes, form: answerForm }),
  /** Who sleeps there: guests staying in the night(s) of `when`. */
  z.object({ kind: z.literal('in_house'), when: When, homes, form: answerForm }),
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
    name: z.string().min(1),
    aspect: z.enum(['booking', 'arrival', 'departure', 'nights', 'party', 'home', 'status']),
    homes,
    /** Days the question names besides ("is Maria arriving on Friday"): narrows when several bookings fit the name. */
    when: When.optional(),
  }),
  /** Who is, was or will be next in a home. */
  z.object({ kind: z.literal('occupant'), which: z.enum(['current', 'next', 'previous']), homes }),
  /** Default times and what the listing says in public; the topic in plain words: wifi, check in time, house rules. */
  z.object({ kind: z.literal('home'), homes: z.array(ListingId).min(1), topic: z.string() }),
  z.object({
    kind: z.literal('calls'),
    when: When,
    filter: z.enum(['all', 'missed', 'voicemail']),
    form: answerForm,
  }),
  /** What happened since an instant: bookings, messages, calls. */
  z.object({ kind: z.literal('since'), from: Instant, words: z.string() }),
  /** Free question: hybrid search. */
  z.object({
    kind: z.literal('search'),
    words: z.string(),
    homes,
    when: When.optional(),
    kinds: z.array(SearchKind).describe('empty means everything'),
    rooms: z.array(z.string()).optional().describe('chat rooms the question names, without #; absent means every room'),
  }),
  /** Asks for something never shown in chat. */
  z.object({
    kind: z.literal('not_shown'),
    detail: z.enum(['phone', 'email', 'access_code', 'card']),
    name: z.string().optional(),
    homes,
  }),
  /** A name that fits several homes: ask back, in one line. `question` is the whole question, for the reply that names one. */
  z.object({
    kind: z.literal('which_home'),
    words: z.string(),
    choices: z.array(ListingId).min(2),
    question: z.string().optional(),
  }),
  /** A home is named that does not exist. */
  z.object({ kind: z.literal('unknown_home'), words: z.string(), question: z.string().optional() }),
  z.object({ kind: z.literal('help') }),
  z.object({ kind: z.literal('unclear') }),
]);
export type Plan = z.infer<typeof Plan>;
export type PlanKind = Plan['kind'];

/** What a follow-up may lean on: the plan of the last answer in the thread. */
export const ThreadContext = z.object({ plan: Plan, answeredAt: Instant });
export type ThreadContext = z.infer<typeof ThreadContext>;

/** A home as the planner knows it. */
export const HomeName = z.object({
  listingId: ListingId,
  nickname: z.string().optional(),
  title: z.string().optional(),
  address: z.string().optional(),
  city: z.string().optional(),
  timezone: z.string(),
});
export type HomeName = z.infer<typeof HomeName>;

export const localDateOf = (when: When, today: LocalDate): DayRange | undefined => when.byToday[today];
