import type { Plan, StayFilter, When } from '@innkeeper/shared/domain/plan';
import type { Booking } from '../evaluate/bookings.ts';
import { bookingsIn } from '../evaluate/bookings.ts';
import { noteOf } from '../evaluate/filter-stays.ts';
import type { Home } from '../evaluate/homes.ts';
import type { StayEvent } from '../evaluate/stay-events.ts';
import { sumNights, sumPeople } from '../evaluate/sum-stays.ts';
import type { Statement } from '../evaluate/told-about.ts';
import {
  bookingSource,
  datesInWords,
  guestInWords,
  homeInWords,
  line,
  partyInWords,
  standingInWords,
  timeInWords,
} from './booking-line.ts';
import { counted, dayInWords } from './days-in-words.ts';
import type { Draft, Rendering } from './draft.ts';
import { FIXED } from './fixed-words.ts';
import { filterInWords, headingOf, searchedBookings } from './heading.ts';
import { messageInWords } from './message-in-words.ts';
import { plainName, plainText } from './plain-text.ts';
import { statementSources, statementsInWords } from './render-statements.ts';

/** Complete lists of stays: who comes, goes, moves and sleeps where. Pure. */
export interface StayList {
  readonly about: 'arrivals' | 'departures' | 'in_house' | 'stay_overs' | 'overview';
  readonly when: When;
  readonly named: readonly Home[];
  readonly form: Extract<Plan, { kind: 'arrivals' }>['form'];
  readonly events: readonly StayEvent[];
  readonly only?: StayFilter | undefined;
  /** Left out because nothing is recorded of what the list was narrowed by. */
  readonly unsaid: readonly StayEvent[];
  /** What was said of another time than the recorded one. */
  readonly saidOtherwise: (booking: Booking) => readonly Statement[];
}

const TITLES = {
  arrivals: 'Checking in',
  departures: 'Checking out',
  in_house: 'Staying',
  stay_overs: 'Staying over',
  overview: 'Arrivals and departures',
} as const;

export function renderStayList(list: StayList, rendering: Rendering): Draft {
  const { about, when, named, form, events, unsaid, saidOtherwise: said } = list;
  const heading = headingOf(TITLES[about], when, named, rendering, filterInWords(list.only));
  const spansDays = new Set(events.map(event => event.date)).size > 1 && !isOfNights(about);
  const body: string[] = [];
  let date = '';
  for (const event of form === 'count' ? [] : events) {
    if (spansDays && event.date !== date) body.push(`_${dayInWords(event.date, rendering.thisYear)}_`);
    date = event.date;
    body.push(eventLine(event, list, rendering), ...statementsInWords(said(event.booking), rendering));
  }
  if (events.length === 0) body.push(searchedBookings(named, rendering));
  if (unsaid.length > 0) body.push(unsaidInWords(unsaid, rendering));
  const shown = [...events, ...unsaid];
  return {
    lines: [`${heading}: ${summaryOf(list)}`, ...body],
    sources: [
      ...shown.map(event => bookingSource(event.booking)),
      ...bookingsIn(form === 'count' ? [] : events).flatMap(booking => statementSources(said(booking), rendering)),
    ],
    homes: shown.length === 0 ? named : shown.map(event => event.home),
  };
}

const isOfNights = (about: StayList['about']): boolean => about === 'in_house' || about === 'stay_overs';

const unsaidInWords = (unsaid: readonly StayEvent[], rendering: Rendering): string =>
  `_Not among them, because nothing is recorded of it: ${unsaid
    .map(
      ({ booking, home }) =>
        `${guestInWords(booking, rendering)} (${plainName(home.name)}, ${plainText(booking.code)})`,
    )
    .join('; ')}_`;

function summaryOf(list: StayList): string {
  const { about, events, form } = list;
  if (events.length === 0) return FIXED.nobody;
  if (form === 'people') return peopleInWords(withoutMoves(list));
  if (form === 'nights') return nightsInWords(withoutMoves(list), list);
  const of = (event: StayEvent['event']): number => events.filter(item => item.event === event).length;
  const unconfirmed = bookingsIn(events).filter(({ standing }) => standing === 'unconfirmed').length;
  const parts = [
    of('arrival') > 0 || about === 'arrivals' ? counted(of('arrival'), 'arrival') : undefined,
    of('departure') > 0 || about === 'departures' ? counted(of('departure'), 'departure') : undefined,
    of('move') > 0 ? counted(of('move'), 'move') : undefined,
    isOfNights(about) ? counted(bookingsIn(events).length, 'booking') : undefined,
    isOfNights(about) ? wholePartyInWords(events) : undefined,
  ].filter(part => part !== undefined);
  return `${parts.join(', ')}${unconfirmed === 0 ? '' : ` (${unconfirmed} ${FIXED.notConfirmed})`}`;
}

/** Who changes homes neither comes nor goes. */
const withoutMoves = ({ events }: StayList): StayEvent[] => events.filter(({ event }) => event !== 'move');

/** A sum over known parties only would be read as the whole. */
function wholePartyInWords(events: readonly StayEvent[]): string | undefined {
  const { people, unsaid } = sumPeople(events);
  return unsaid > 0 ? undefined : counted(people, 'guest');
}

export function peopleInWords(items: readonly { readonly booking: Booking }[]): string {
  const { people, bookings, unsaid } = sumPeople(items);
  const missing = unsaid === 0 ? '' : `; ${unsaid} of them ${unsaid === 1 ? 'does' : 'do'} not say how many`;
  return `${counted(people, 'guest')} in ${counted(bookings, 'booking')}${missing}`;
}

function nightsInWords(events: readonly StayEvent[], { about, when }: StayList): string {
  const { nights, within, bookings } = sumNights(events, when);
  const all = `${counted(nights, 'night')} in ${counted(bookings, 'booking')}`;
  return isOfNights(about) && within !== nights ? `${counted(within, 'night')} on these days; ${all} in all` : all;
}

function eventLine(event: StayEvent, list: StayList, rendering: Rendering): string {
  const { booking, stay, home } = event;
  const code = plainText(booking.code);
  const note = noteInWords(booking, list, rendering);
  const who = guestInWords(booking, rendering);
  if (event.event === 'night') {
    const dates = datesInWords(stay, rendering);
    return line(homeInWords(home), who, partyInWords(booking), note, dates, standingInWords(booking), code);
  }
  const direction = list.about === 'overview' ? DIRECTIONS[event.event] : undefined;
  return line(
    timeInWords(event.time, home, rendering),
    direction,
    homeInWords(home),
    who,
    partyInWords(booking),
    note,
    moveInWords(event),
    standingInWords(booking),
    code,
  );
}

/** Notes are people's words, which rooms for operations do not see. */
function noteInWords(booking: Booking, { only }: StayList, { scope }: Rendering): string | undefined {
  const note = scope === 'full' ? noteOf(booking, only) : undefined;
  return note === undefined ? undefined : `noted: ${messageInWords(note)}`;
}

function moveInWords({ fromHome, toHome }: StayEvent): string | undefined {
  if (fromHome !== undefined) return `move from ${homeInWords(fromHome)}`;
  return toHome === undefined ? undefined : `move to ${homeInWords(toHome)}`;
}

const DIRECTIONS = { arrival: 'in', departure: 'out', move: undefined } as const;
