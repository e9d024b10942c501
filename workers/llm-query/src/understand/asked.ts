import { type Instant, type LocalDate, TimeZone, wallClock } from '@innkeeper/shared/domain/local-time';
import type { HomeName, When } from '@innkeeper/shared/domain/plan';
import type { DateSpan } from './dates/date-expression.ts';
import { type DateOrder, dateOrderIn } from './dates/date-order.ts';
import { type DateUse, resolveDate } from './dates/resolve-date.ts';
import { homesOf, type Reading, wordsAt } from './reading.ts';

/** When a question was asked, as every home's clock shows it. */
export type Moment = {
  readonly epochMs: number;
  /** Each date that is today at some home. */
  readonly todays: readonly LocalDate[];
  /** The zone of most homes: a bare "18:00" is theirs. */
  readonly mainZone: TimeZone;
  readonly homes: readonly HomeName[];
};

/** A question read in one language, at a moment: what every class rule looks at. */
export type Asked = { readonly reading: Reading; readonly moment: Moment };

/** Bookings lie in this range; outside it calendar arithmetic would leave four-digit years. */
const earliestMs = Date.UTC(1900, 0, 2);
const latestMs = Date.UTC(2199, 11, 30);

export function momentOf(askedAt: Instant, homes: readonly HomeName[]): Moment {
  const asked = Date.parse(askedAt);
  const epochMs = Math.min(Math.max(Number.isNaN(asked) ? 0 : asked, earliestMs), latestMs);
  const homesByZone = new Map<TimeZone, number>();
  for (const { timezone } of homes) {
    const known = knownZone(timezone);
    homesByZone.set(known, (homesByZone.get(known) ?? 0) + 1);
  }
  if (homesByZone.size === 0) homesByZone.set(utc, 0);
  const zones = [...homesByZone].sort(([, one], [, other]) => other - one).map(([zone]) => zone);
  const todays = [...new Set(zones.map(zone => wallClock(zone, epochMs).date))];
  return { epochMs, todays, mainZone: zones[0] ?? utc, homes };
}

const utc = TimeZone.parse('UTC');
const zonesByName = new Map<string, TimeZone>();

/** A zone this runtime does not know counts as UTC: its home cannot be dated, but the question can be read. */
function knownZone(name: string): TimeZone {
  const seen = zonesByName.get(name);
  if (seen) return seen;
  const parsed = TimeZone.safeParse(name);
  const zone = parsed.success ? parsed.data : utc;
  if (zonesByName.size < 600) zonesByName.set(name, zone); // more zones than IANA has names would be a leak
  return zone;
}

/** The days a date span means at each home; nothing when they exist at none. */
export function whenOf(asked: Asked, span: DateSpan, use: DateUse): When | undefined {
  const order = span.ambiguous ? dateOrderOf(asked) : undefined;
  const byToday: When['byToday'] = {};
  for (const today of asked.moment.todays) {
    const range = resolveDate(span.expression, today, use, order);
    if (!range) return undefined;
    byToday[today] = range;
  }
  const words = wordsAt(asked.reading, span.from, span.to);
  return { words, byToday, ...(order ? { assumed: order } : {}) };
}

/** As people write it where the named homes are, or most homes. */
function dateOrderOf({ reading, moment }: Asked): DateOrder {
  const named = homesOf(reading);
  const [zone = moment.mainZone] = moment.homes.flatMap(home =>
    named.includes(home.listingId) ? [home.timezone] : [],
  );
  return dateOrderIn(zone);
}

/** Today at each home, when a question names no date. */
export function impliedToday({ moment }: Asked): When {
  return { words: '', byToday: Object.fromEntries(moment.todays.map(today => [today, { from: today, to: today }])) };
}

/** The one date of a question, today when it names none, nothing when it names several or one that does not exist. */
export function onlyWhen(asked: Asked, use: DateUse): When | undefined {
  const [span, second] = asked.reading.dates;
  if (!span) return impliedToday(asked);
  return second ? undefined : whenOf(asked, span, use);
}
