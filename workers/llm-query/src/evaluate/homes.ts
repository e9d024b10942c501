import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import { listingName } from '@innkeeper/shared/domain/listing';
import type { LocalDate, LocalTime, TimeZone } from '@innkeeper/shared/domain/local-time';
import { wallClock } from '@innkeeper/shared/domain/local-time';
import type { DayRange, When } from '@innkeeper/shared/domain/plan';

/** A home as an answer speaks of it, with its own today at the moment of the question. */
export interface Home {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly zone: TimeZone;
  readonly today: LocalDate;
  readonly active: boolean;
  readonly defaultCheckIn?: LocalTime;
  readonly defaultCheckOut?: LocalTime;
  readonly listing?: RecordOf<'listing'>['facts'];
}

/** Every home the company has, and a stand-in for one whose listing has not arrived yet. Pure. */
export interface Homes {
  readonly all: readonly Home[];
  /** Where most homes are: the zone of what has no home, like a call. */
  readonly mainZone: TimeZone;
  readonly askedAtMs: number;
  /** Never fails: a booking can arrive before its listing does. */
  home(listingId: string): Home;
}

const UTC = 'UTC' as TimeZone;

export function homesAt(listings: readonly RecordOf<'listing'>[], askedAtMs: number): Homes {
  const all = listings
    .filter(record => !record.deleted)
    .map(
      ({ key, facts }): Home => ({
        id: facts.listingId,
        key,
        name: listingName(facts),
        zone: facts.timezone,
        today: wallClock(facts.timezone, askedAtMs).date,
        active: facts.active,
        ...(facts.defaultCheckInTime === undefined ? {} : { defaultCheckIn: facts.defaultCheckInTime }),
        ...(facts.defaultCheckOutTime === undefined ? {} : { defaultCheckOut: facts.defaultCheckOutTime }),
        listing: facts,
      }),
    )
    .sort((left, right) => left.name.localeCompare(right.name) || left.id.localeCompare(right.id));
  const byId = new Map(all.map(home => [home.id, home]));
  const mainZone = mostCommon(all.map(home => home.zone)) ?? UTC;
  return {
    all,
    mainZone,
    askedAtMs,
    home: listingId =>
      byId.get(listingId) ?? {
        id: listingId,
        key: '',
        name: `home ${listingId}`,
        zone: mainZone,
        today: wallClock(mainZone, askedAtMs).date,
        active: false,
      },
  };
}

/** The dates that are today somewhere among the homes. */
export const todays = (homes: Homes): LocalDate[] => {
  const dates = homes.all.map(home => home.today);
  return [...new Set(dates.length === 0 ? [wallClock(homes.mainZone, homes.askedAtMs).date] : dates)].sort();
};

/** The days a question means at one home; undefined when the plan did not foresee its today. */
export const daysAt = (when: When, home: Home): DayRange | undefined => when.byToday[home.today];

/** From the earliest to the latest day meant at any home: what retrieval has to cover. */
export function daysAnywhere(when: When, homes: Homes): DayRange | undefined {
  const ranges = todays(homes).flatMap(today => when.byToday[today] ?? []);
  const from = ranges.map(range => range.from).sort()[0];
  const to = ranges
    .map(range => range.to)
    .sort()
    .at(-1);
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** Is `home` among those a question names? None named means every home. */
export const isMeant = (home: Home, named: readonly string[]): boolean => named.length === 0 || named.includes(home.id);

function mostCommon<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((left, right) => right[1] - left[1])[0]?.[0];
}
