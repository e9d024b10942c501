import type { SourceRef } from '@innkeeper/shared/domain/answer';
import type { When } from '@innkeeper/shared/domain/plan';
import type { Booking, Stay } from '../evaluate/bookings.ts';
import type { Home } from '../evaluate/homes.ts';
import type { NotReady, Readiness } from '../evaluate/readiness.ts';
import { PREVIOUS_DEPARTURE_DAYS } from '../evaluate/readiness.ts';
import { bookingSource, guestInWords, homeInWords, line, standingInWords, timeInWords } from './booking-line.ts';
import { counted, dayInWords } from './days-in-words.ts';
import type { Draft, Rendering } from './draft.ts';
import { uniqueSources } from './draft.ts';
import { FIXED } from './fixed-words.ts';
import { headingOf, searchedBookings } from './heading.ts';
import { listOf } from './list.ts';
import { plainText } from './plain-text.ts';
import { dueInWords, taskInShort, taskSource } from './task-line.ts';

/** Homes before an arrival: ready, not ready and why, or what nobody recorded. Pure. */
export function renderReadiness(
  found: readonly Readiness[],
  asked: { readonly when: When; readonly named: readonly Home[] },
  rendering: Rendering,
): Draft {
  const heading = headingOf('Ready for arrivals', asked.when, asked.named, rendering);
  return listOf(found, {
    heading,
    summary: `${counted(found.length, 'arrival')}, ${summaryOf(found)}`,
    nothing: FIXED.nobody,
    lines: found.map(item => readinessLine(item, rendering)),
    searched: searchedBookings(asked.named, rendering),
    sources: uniqueSources(found.flatMap(readinessSources)),
    homes: found.map(({ arrival }) => arrival.stay.home),
    named: asked.named,
  });
}

const STATES = { ready: 'ready', not_ready: 'not ready', not_recorded: FIXED.notRecorded } as const;

const summaryOf = (found: readonly Readiness[]): string =>
  (['ready', 'not_ready', 'not_recorded'] as const)
    .map(state => ({ state, count: found.filter(item => item.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${count} ${STATES[state]}`)
    .join(', ');

function readinessLine(item: Readiness, rendering: Rendering): string {
  const { arrival, state } = item;
  const { home } = arrival.stay;
  return line(
    homeInWords(home),
    `*${STATES[state]}*${state === 'ready' ? '' : `: ${reasonsInWords(item, rendering)}`}`,
    `arrival ${dayInWords(arrival.date, rendering.thisYear)} ${timeInWords(arrival.time, home, rendering)}`,
    guestInWords(arrival.booking, rendering),
    previousInWords(item, rendering),
    workInWords(item),
    standingInWords(arrival.booking),
    plainText(arrival.booking.code),
  );
}

/** Behind `not recorded`, what is not is named alone; behind `not ready` it is said with the rest. */
export const reasonsInWords = ({ reasons, state }: Readiness, rendering: Rendering): string =>
  reasons.map(reason => reasonInWords(reason, state, rendering)).join('; ');

function reasonInWords(reason: NotReady, state: Readiness['state'], rendering: Rendering): string {
  const missing = state === 'not_recorded' ? '' : ` ${FIXED.notRecorded}`;
  switch (reason.kind) {
    case 'task_open':
      return `${taskInShort(reason.task)}, due ${dueInWords(reason.task, rendering)}`;
    case 'still_in':
      return 'the previous guest is checked in, not checked out';
    case 'departure_not_recorded':
      return `check-out of the previous guest${missing}`;
    case 'cleaning_not_recorded':
      return `cleaning${missing}`;
  }
}

export function previousInWords({ arrival, previous }: Readiness, rendering: Rendering): string {
  if (previous === undefined) return `no departure recorded in the ${PREVIOUS_DEPARTURE_DAYS} days before`;
  const { stay, booking } = previous;
  const day = dayInWords(stay.checkOut, rendering.thisYear);
  const time = timeInWords(stay.departure, arrival.stay.home, rendering);
  return `previous guest out ${day} ${time}${checkOutInWords(booking, stay)}`;
}

/** Of a day that is over at the home; until then it stands among the reasons. */
function checkOutInWords({ status }: Booking, { checkOut, home }: Stay): string {
  if (status === 'checked_out') return ', checked out';
  return status !== 'checked_in' && checkOut < home.today ? `, check-out ${FIXED.notRecorded}` : '';
}

/** Open work stands among the reasons. */
export const workInWords = ({ tasks }: Readiness): string | undefined => {
  const done = tasks.filter(({ state }) => state === 'done');
  return done.length === 0 ? undefined : done.map(taskInShort).join(', ');
};

export const readinessSources = ({ arrival, previous, tasks }: Readiness): SourceRef[] => [
  bookingSource(arrival.booking),
  ...(previous === undefined ? [] : [bookingSource(previous.booking)]),
  ...tasks.map(taskSource),
];
