import type { Plan, When } from '@innkeeper/shared/domain/plan';
import type { BookingChange, BookingChanges } from '../evaluate/booking-changes.ts';
import type { Booking } from '../evaluate/bookings.ts';
import { nightsOf } from '../evaluate/bookings.ts';
import type { Home } from '../evaluate/homes.ts';
import type { LongestStays } from '../evaluate/longest-stay.ts';
import {
  bookingSource,
  datesInWords,
  guestInWords,
  homeInWords,
  line,
  partyInWords,
  standingInWords,
} from './booking-line.ts';
import { counted, instantInWords } from './days-in-words.ts';
import type { Draft, Rendering } from './draft.ts';
import { firstOf } from './first-of.ts';
import { FIXED } from './fixed-words.ts';
import { headed, headingOf, searchedBookings, searchedInWords } from './heading.ts';
import { homesNamed } from './homes-named.ts';
import { listOf } from './list.ts';
import { momentInWords } from './moment-in-words.ts';
import { plainText } from './plain-text.ts';
import { peopleInWords } from './render-stays.ts';

/** Whole bookings rather than days: the longest ones, and those made, changed or cancelled. Pure. */
export function renderLongestStays(
  { longest, compared }: LongestStays,
  asked: { readonly when: When; readonly named: readonly Home[] },
  rendering: Rendering,
): Draft {
  const heading = headingOf('Longest stay', asked.when, asked.named, rendering);
  const nights = counted(longest[0]?.nights ?? 0, 'night');
  return listOf(longest, {
    heading,
    summary: `${nights}${longest.length > 1 ? ` each (${longest.length} of` : ' (of'} ${counted(compared, 'booking')})`,
    nothing: FIXED.nobody,
    lines: longest.map(({ booking }) => bookingLine(booking, undefined, rendering)),
    searched: searchedBookings(asked.named, rendering),
    sources: longest.map(({ booking }) => bookingSource(booking)),
    homes: longest.flatMap(({ stays }) => stays.map(({ home }) => home)),
    named: asked.named,
  });
}

type AskedChanges = Extract<Plan, { kind: 'bookings' }>;

const TITLES = { made: 'Bookings made', changed: 'Bookings changed', cancelled: 'Bookings cancelled' } as const;

export function renderBookingChanges(
  { found, undated }: BookingChanges,
  asked: AskedChanges,
  named: readonly Home[],
  rendering: Rendering,
): Draft {
  const bookings = found.map(({ booking }) => booking);
  const shown = [...bookings, ...undated];
  return listOf(shown, {
    heading: headingOfChanges(asked, named, rendering),
    summary: found.length === 0 ? FIXED.notRecorded : summaryOf(found, asked),
    lines: [
      ...(asked.form === 'count' ? [] : found.map(change => bookingLine(change.booking, change, rendering))),
      ...(undated.length === 0 ? [] : [undatedInWords(undated)]),
    ],
    searched: searchedInWords('all bookings', named, rendering),
    sources: shown.map(bookingSource),
    homes: shown.flatMap(({ stays }) => stays.map(({ home }) => home)),
    named,
  });
}

function headingOfChanges({ change, when, from }: AskedChanges, named: readonly Home[], rendering: Rendering): string {
  const since =
    from === undefined ? [] : [`since ${instantInWords(from, rendering.homes.mainZone, rendering.thisYear)}`];
  if (when !== undefined) return headingOf(TITLES[change], when, named, rendering, since);
  return headed(TITLES[change], [...since, ...homesNamed(named, rendering.homes)]);
}

function summaryOf(found: readonly BookingChange[], { change, form }: AskedChanges): string {
  if (form === 'people') return peopleInWords(found);
  const all = counted(found.length, 'booking');
  if (form === 'nights') {
    const nights = nightsOf(found.flatMap(({ booking }) => booking.stays));
    return `${counted(nights, 'night')} in ${all}`;
  }
  const gone = change === 'made' ? found.filter(({ booking }) => booking.status === 'canceled').length : 0;
  return gone === 0 ? all : `${all}, ${gone} of them cancelled since`;
}

/** After an import these are many: how many, and the first of them. */
function undatedInWords(bookings: readonly Booking[]): string {
  const codes = bookings.map(({ code }) => plainText(code));
  const isOne = codes.length === 1;
  const said = isOne ? 'does not say when it was made; its news' : 'do not say when they were made; their news';
  return `_${counted(codes.length, 'booking')} ${said} came in that time: ${firstOf(codes, CODES_MAX)}_`;
}
const CODES_MAX = 8;

function bookingLine(booking: Booking, change: BookingChange | undefined, rendering: Rendering): string {
  const zone = booking.stays[0]?.home.zone ?? rendering.homes.mainZone;
  const days = booking.stays.map(stay => `${homeInWords(stay.home)} ${datesInWords(stay, rendering)}`).join(', then ');
  const at = change === undefined ? undefined : momentInWords(change.at, zone, rendering);
  return line(
    change?.basis === 'news' ? `news of ${at}` : at,
    guestInWords(booking, rendering),
    days,
    counted(nightsOf(booking.stays), 'night'),
    partyInWords(booking),
    standingInWords(booking),
    plainText(booking.code),
  );
}
