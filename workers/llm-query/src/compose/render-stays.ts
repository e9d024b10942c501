import type { When } from '@innkeeper/shared/domain/plan';
import type { Home } from '../evaluate/homes.ts';
import { daysAnywhere } from '../evaluate/homes.ts';
import type { StayEvent } from '../evaluate/stay-events.ts';
import type { Turnover } from '../evaluate/turnovers.ts';
import {
  bookingSource,
  guestInWords,
  homeInWords,
  line,
  partyInWords,
  standingInWords,
  timeInWords,
} from './booking-line.ts';
import { counted, dayInWords, daysInWords } from './days-in-words.ts';
import type { Draft, Rendering } from './draft.ts';
import { FIXED } from './fixed-words.ts';
import { plainText } from './plain-text.ts';

/** Complete lists of stays: who comes, goes, moves and sleeps where. Pure. */
export interface StayList {
  readonly about: 'arrivals' | 'departures' | 'in_house' | 'overview';
  readonly when: When;
  readonly named: readonly Home[];
  readonly form: 'list' | 'count';
  readonly events: readonly StayEvent[];
}

const TITLES = {
  arrivals: 'Checking in',
  departures: 'Checking out',
  in_house: 'Staying',
  overview: 'Arrivals, departures and moves',
} as const;

export function renderStayList(list: StayList, rendering: Rendering): Draft {
  const heading = `${headingOf(TITLES[list.about], list.when, list.named, rendering)}: ${summaryOf(list)}`;
  const spansDays = new Set(list.events.map(event => event.date)).size > 1 && list.about !== 'in_house';
  const body: string[] = [];
  let date = '';
  for (const event of list.form === 'count' ? [] : list.events) {
    if (spansDays && event.date !== date) body.push(`_${dayInWords(event.date, rendering.thisYear)}_`);
    date = event.date;
    body.push(eventLine(event, list, rendering));
  }
  return {
    lines: [heading, ...body],
    sources: list.events.map(event => bookingSource(event.booking)),
    homes: list.events.length === 0 ? list.named : list.events.map(event => event.home),
  };
}

/** `*Checking in today* (Sat 21 Nov, Garden Studio)`. */
export function headingOf(title: string, when: When, named: readonly Home[], rendering: Rendering): string {
  const days = daysAnywhere(when, rendering.homes);
  const words = ENGLISH_DAYS.test(when.words) ? when.words : '';
  const about = [
    ...(days === undefined ? [] : [daysInWords(days, rendering.thisYear)]),
    ...(when.assumed === 'day_before_month' ? ['read as day/month'] : []),
    ...named.map(home => plainText(home.name)),
  ];
  return `*${title}${words === '' ? '' : ` ${words}`}*${about.length === 0 ? '' : ` (${about.join(', ')})`}`;
}

/** Words of a question are repeated only where they fit into an English heading; the dates say it in any language. */
const ENGLISH_DAYS =
  /^(?:(?:today|tonight|tomorrow|yesterday|now|this|next|last|coming|on|in|from|to|until|and|the|of|day|week|weekend|month|night|morning|afternoon|evening|mon|tues|wednes|thurs|fri|satur|sun|january|february|march|april|may|june|july|august|september|october|november|december|after)(?:day)?s?\b|\d{1,4}(?:st|nd|rd|th)?|[\s,./–-])+$/iu;

function summaryOf({ about, events }: StayList): string {
  if (events.length === 0) return FIXED.nobody;
  const of = (event: StayEvent['event']): number => events.filter(item => item.event === event).length;
  const unconfirmed = events.filter(({ booking }) => booking.standing === 'unconfirmed').length;
  const parts = [
    of('arrival') > 0 || about === 'arrivals' ? counted(of('arrival'), 'arrival') : undefined,
    of('departure') > 0 || about === 'departures' ? counted(of('departure'), 'departure') : undefined,
    of('move') > 0 ? counted(of('move'), 'move') : undefined,
    about === 'in_house' ? counted(events.length, 'booking') : undefined,
    about === 'in_house' ? peopleOf(events) : undefined,
  ].filter(part => part !== undefined);
  return `${parts.join(', ')}${unconfirmed === 0 ? '' : ` (${unconfirmed} ${FIXED.notConfirmed})`}`;
}

function peopleOf(events: readonly StayEvent[]): string | undefined {
  const counts = events.map(({ booking }) => booking.guestsCount);
  if (counts.includes(undefined)) return undefined; // a sum over known parties only would be read as the whole
  return counted(
    counts.reduce<number>((sum, count) => sum + (count ?? 0), 0),
    'guest',
  );
}

function eventLine(event: StayEvent, list: StayList, rendering: Rendering): string {
  const { booking, stay, home } = event;
  const code = plainText(booking.code);
  const who = guestInWords(booking, rendering);
  if (event.event === 'night') {
    const until = `${dayInWords(stay.checkIn, rendering.thisYear)} to ${dayInWords(stay.checkOut, rendering.thisYear)}`;
    return line(homeInWords(home), who, partyInWords(booking), until, standingInWords(booking), code);
  }
  const direction = list.about === 'overview' ? DIRECTIONS[event.event] : undefined;
  return line(
    timeInWords(event.time, home, rendering),
    direction,
    homeInWords(home),
    who,
    partyInWords(booking),
    moveInWords(event),
    standingInWords(booking),
    code,
  );
}

function moveInWords({ fromHome, toHome }: StayEvent): string | undefined {
  if (fromHome !== undefined) return `move from ${homeInWords(fromHome)}`;
  return toHome === undefined ? undefined : `move to ${homeInWords(toHome)}`;
}

const DIRECTIONS = { arrival: 'in', departure: 'out', move: undefined } as const;

export function renderTurnovers(
  found: readonly Turnover[],
  asked: { readonly when: When; readonly named: readonly Home[]; readonly form: 'list' | 'count' },
  rendering: Rendering,
): Draft {
  const heading = headingOf('Turnovers', asked.when, asked.named, rendering);
  const lines = found.map(({ out, into }) =>
    line(
      homeInWords(into.stay.home),
      dayInWords(into.date, rendering.thisYear),
      `out ${timeInWords(out.time, out.stay.home, rendering)} ${guestInWords(out.booking, rendering)}`,
      `in ${timeInWords(into.time, into.stay.home, rendering)} ${guestInWords(into.booking, rendering)}`,
      partyInWords(into.booking),
      standingInWords(out.booking),
      standingInWords(into.booking),
      `${plainText(out.booking.code)}, ${plainText(into.booking.code)}`,
    ),
  );
  return {
    lines: [
      `${heading}: ${found.length === 0 ? FIXED.none : counted(found.length, 'home')}`,
      ...(asked.form === 'count' ? [] : lines),
    ],
    sources: found.flatMap(({ out, into }) => [bookingSource(out.booking), bookingSource(into.booking)]),
    homes: found.length === 0 ? asked.named : found.map(({ into }) => into.stay.home),
  };
}
