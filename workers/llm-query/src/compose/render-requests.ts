import type { Plan } from '@innkeeper/shared/domain/plan';
import { unreachable } from '@innkeeper/shared/result/result';
import type { Booking } from '../evaluate/bookings.ts';
import type { EarlyCheckIn } from '../evaluate/early-check-in.ts';
import type { Home } from '../evaluate/homes.ts';
import type { LongerStay } from '../evaluate/stay-longer.ts';
import type { SubjectFinding } from '../evaluate/subject.ts';
import type { Statement } from '../evaluate/told-about.ts';
import { bookingSource, guestInWords, homeInWords, line, standingInWords, timeInWords } from './booking-line.ts';
import { counted, dayInWords } from './days-in-words.ts';
import type { Draft, Rendering } from './draft.ts';
import { uniqueSources } from './draft.ts';
import { FIXED } from './fixed-words.ts';
import { searchedBookings } from './heading.ts';
import { plainText } from './plain-text.ts';
import { renderUnsettledGuest } from './render-guest.ts';
import { BLOCKS, FREEDOM, freedomReasons, nightsInWords } from './render-homes.ts';
import { previousInWords, readinessSources, reasonsInWords, workInWords } from './render-readiness.ts';
import { statementSources, statementsInWords } from './render-statements.ts';

/**
 * What guests ask for: coming earlier, staying longer. Says what the records say for and against it; whether it is
 * granted is for people to decide. Pure.
 */
type Subject = { readonly name?: string | undefined; readonly named: readonly Home[] };

export function renderEarlyCheckIn(
  found: readonly EarlyCheckIn[],
  asked: Subject & { readonly at: string; readonly saidOtherwise: (booking: Booking) => readonly Statement[] },
  rendering: Rendering,
): Draft {
  if (found.length === 0) return nobodyMeant(`Check-in at ${asked.at}`, 'arriving', asked, rendering);
  return {
    lines: [
      `*Check-in at ${asked.at}*: ${found.length === 1 ? '' : counted(found.length, 'arrival')}`.trimEnd(),
      ...found.flatMap(item => [
        earlyLine(item, asked.at, rendering),
        ...statementsInWords(asked.saidOtherwise(item.readiness.arrival.booking), rendering),
      ]),
    ],
    sources: uniqueSources(
      found.flatMap(({ readiness }) => [
        ...readinessSources(readiness),
        ...statementSources(asked.saidOtherwise(readiness.arrival.booking), rendering),
      ]),
    ),
    homes: found.map(({ readiness }) => readiness.arrival.home),
  };
}

function earlyLine(early: EarlyCheckIn, at: string, rendering: Rendering): string {
  const { arrival } = early.readiness;
  const blocks = early.blocks.map(
    ({ facts }) => `${BLOCKS[facts.reason]} until ${dayInWords(facts.to, rendering.thisYear)}`,
  );
  return line(
    `*${guestInWords(arrival.booking, rendering)}*, ${homeInWords(arrival.home)}`,
    verdictInWords(early, at, rendering),
    `arrival ${dayInWords(arrival.date, rendering.thisYear)} ${timeInWords(arrival.time, arrival.home, rendering)}`,
    previousInWords(early.readiness, rendering),
    workInWords(early.readiness),
    ...blocks,
    standingInWords(arrival.booking),
    plainText(arrival.booking.code),
  );
}

function verdictInWords({ verdict, readiness, blocks }: EarlyCheckIn, at: string, rendering: Rendering): string {
  const { arrival, previous } = readiness;
  switch (verdict) {
    case 'as_planned':
      return `*yes*: ${arrival.time?.at === at ? 'that is' : 'that is after'} the ${arrival.time?.basis ?? ''} time`;
    case 'occupied': {
      const leaves = timeInWords(previous?.stay.departure, arrival.home, rendering);
      return `*no*: the previous guest leaves at ${leaves} and is not recorded as gone`;
    }
    case 'not_ready':
      return `*not ready*: ${reasonsInWords(readiness, rendering)}`;
    case 'ready':
      return '*ready*: nothing recorded speaks against it';
    case 'not_recorded': {
      const reasons = reasonsInWords(readiness, rendering);
      const why = reasons === '' && blocks.length > 0 ? 'it is blocked the night before' : reasons;
      return `*${FIXED.notRecorded}* whether the home is ready by then: ${why}`;
    }
    default:
      return unreachable(verdict);
  }
}

export function renderStayLonger(
  found: readonly LongerStay[],
  asked: Subject & { readonly nights: number },
  rendering: Rendering,
): Draft {
  const title = counted(asked.nights, 'more night');
  if (found.length === 0) return nobodyMeant(title, 'staying', asked, rendering);
  return {
    lines: [
      `*${title}*: ${found.length === 1 ? '' : counted(found.length, 'stay')}`.trimEnd(),
      ...found.map(item => longerLine(item, asked.nights, rendering)),
    ],
    sources: uniqueSources(
      found.flatMap(({ booking, freedom }) => [booking, ...freedom.taken, ...freedom.held].map(bookingSource)),
    ),
    homes: found.map(({ stay }) => stay.home),
  };
}

function longerLine({ booking, stay, freedom, freeNights }: LongerStay, nights: number, rendering: Rendering): string {
  const { thisYear } = rendering;
  return line(
    `*${guestInWords(booking, rendering)}*, ${homeInWords(stay.home)}`,
    `*${FREEDOM[freedom.state]}* ${nightsInWords(freedom, rendering)}`,
    freeNights > 0 && freeNights < nights ? `only the first ${counted(freeNights, 'night')} free` : undefined,
    ...freedomReasons(freedom, rendering),
    `leaves ${dayInWords(stay.checkOut, thisYear)} ${timeInWords(stay.departure, stay.home, rendering)}`,
    standingInWords(booking),
    plainText(booking.code),
  );
}

const nobodyMeant = (title: string, doing: string, { name, named }: Subject, rendering: Rendering): Draft => ({
  lines: [
    `*${title}*: ${FIXED.nobody} ${name === undefined ? '' : `called “${plainText(name)}” `}is ${doing} then or next`,
    searchedBookings(named, rendering),
  ],
  sources: [],
  homes: named,
});

/** The name of the question fits nobody, or several people: the same reply as to a question about a guest. */
export const renderUnsettled = (
  { finding }: Extract<SubjectFinding, { kind: 'unsettled' }>,
  { name = '' }: Pick<Extract<Plan, { kind: 'stay_longer' }>, 'name'>,
  rendering: Rendering,
): Draft => renderUnsettledGuest(finding, name, rendering);
