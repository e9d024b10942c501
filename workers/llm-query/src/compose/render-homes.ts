import type { SourceRef } from '@innkeeper/shared/domain/answer';
import type { When } from '@innkeeper/shared/domain/plan';
import type { HomeFreedom } from '../evaluate/free-homes.ts';
import type { Home } from '../evaluate/homes.ts';
import type { Occupant } from '../evaluate/occupant.ts';
import type { Readiness } from '../evaluate/readiness.ts';
import { PREVIOUS_DEPARTURE_DAYS } from '../evaluate/readiness.ts';
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
import { headingOf } from './render-stays.ts';

/** Answers about homes rather than people: free, ready, and who is in them. Pure. */
export function renderFreeHomes(
  found: readonly HomeFreedom[],
  asked: { readonly when: When; readonly named: readonly Home[]; readonly form: 'list' | 'count' },
  rendering: Rendering,
): Draft {
  const free = found.filter(({ state }) => state === 'free');
  const heading = headingOf('Free', asked.when, asked.named, rendering);
  const summary = asked.named.length === 1 ? yesOrNo(free.length > 0) : summaryOf(free.length, found.length);
  // Asked about one home, the reason it is not free is the answer; over all homes only what is not a plain stay is said.
  const shown = asked.named.length > 0 ? found : found.filter(({ state }) => state !== 'taken');
  const lines = asked.form === 'count' ? [] : shown.map(item => freedomLine(item, rendering));
  return {
    lines: [`${heading}: ${summary}`, ...lines],
    sources: uniqueSources(
      shown.flatMap(({ home, taken, held, blocks }) => [
        ...[...taken, ...held].map(bookingSource),
        ...blocks.map(block => ({ key: block.key, label: `calendar of ${plainText(home.name)}` })),
      ]),
    ),
    homes: found.map(({ home }) => home),
  };
}

const yesOrNo = (isFree: boolean): string => (isFree ? 'yes' : 'no');
const summaryOf = (free: number, all: number): string =>
  free === 0 ? FIXED.none : `${free} of ${counted(all, 'home')}`;

function freedomLine({ home, nights, taken, held, blocks, state }: HomeFreedom, rendering: Rendering): string {
  const reasons = [
    ...[...taken, ...held].map(booking => {
      const stay = booking.stays.find(item => item.home.id === home.id);
      const days =
        stay === undefined
          ? undefined
          : `${dayInWords(stay.checkIn, rendering.thisYear)} to ${dayInWords(stay.checkOut, rendering.thisYear)}`;
      return [guestInWords(booking, rendering), days, standingInWords(booking), plainText(booking.code)]
        .filter(part => part !== undefined)
        .join(', ');
    }),
    ...blocks.map(({ facts }) => `${BLOCKS[facts.reason]}, ${daysInWords(facts, rendering.thisYear)}`),
  ];
  const said = {
    free: `free the ${nights.from === nights.to ? 'night' : 'nights'} of ${daysInWords(nights, rendering.thisYear)}`,
    held: `not free unless this falls through`,
    blocked: 'not free',
    taken: 'not free',
  }[state];
  return line(homeInWords(home), said, ...reasons);
}

const BLOCKS = { owner: 'owner stay', maintenance: 'maintenance', other: 'calendar block' } as const;

export function renderReadiness(
  found: readonly Readiness[],
  asked: { readonly when: When; readonly named: readonly Home[] },
  rendering: Rendering,
): Draft {
  const heading = headingOf('Ready for arrivals', asked.when, asked.named, rendering);
  const lines = found.map(({ arrival, previous, tasks }) => {
    const { home } = arrival.stay;
    const before =
      previous === undefined
        ? `no departure recorded in the ${PREVIOUS_DEPARTURE_DAYS} days before`
        : `previous guest out ${dayInWords(previous.stay.checkOut, rendering.thisYear)} ${timeInWords(previous.stay.departure, home, rendering)}${previous.booking.status === 'checked_out' ? ', checked out' : ''}`;
    const work =
      tasks.length === 0
        ? `cleaning: ${FIXED.notRecorded}`
        : tasks.map(({ facts }) => `${plainText(facts.title)}: ${plainText(facts.status)}`).join(', ');
    return line(
      homeInWords(home),
      `arrival ${dayInWords(arrival.date, rendering.thisYear)} ${timeInWords(arrival.time, home, rendering)}`,
      guestInWords(arrival.booking, rendering),
      before,
      work,
      standingInWords(arrival.booking),
      plainText(arrival.booking.code),
    );
  });
  return {
    lines: [`${heading}: ${found.length === 0 ? FIXED.nobody : counted(found.length, 'arrival')}`, ...lines],
    sources: uniqueSources(
      found.flatMap(({ arrival, previous, tasks }) => [
        bookingSource(arrival.booking),
        ...(previous === undefined ? [] : [bookingSource(previous.booking)]),
        ...tasks.map(task => ({ key: task.key, label: `task ${plainText(task.facts.title)}` })),
      ]),
    ),
    homes: found.length === 0 ? asked.named : found.map(({ arrival }) => arrival.stay.home),
  };
}

const WHICH = { next: 'next', previous: 'last' } as const;

/** On a day of change "now" would depend on the hour. */
function whenInWords({ home, found }: Occupant, which: 'current' | 'next' | 'previous'): string {
  if (which !== 'current') return WHICH[which];
  return found.some(({ stay }) => stay.checkIn === home.today || stay.checkOut === home.today) ? 'today' : 'now';
}

export function renderOccupants(
  found: readonly Occupant[],
  which: 'current' | 'next' | 'previous',
  rendering: Rendering,
): Draft {
  const lines = found.flatMap(occupant => {
    const { home, found: stays } = occupant;
    const heading = `${homeInWords(home)}, ${whenInWords(occupant, which)}:`;
    if (stays.length === 0) return [`${heading} ${FIXED.nobody}`];
    return stays.map(
      ({ booking, stay }) =>
        `${heading} ${[
          guestInWords(booking, rendering),
          partyInWords(booking),
          `in ${dayInWords(stay.checkIn, rendering.thisYear)} ${timeInWords(stay.arrival, home, rendering)}`,
          `out ${dayInWords(stay.checkOut, rendering.thisYear)} ${timeInWords(stay.departure, home, rendering)}`,
          standingInWords(booking),
          plainText(booking.code),
        ]
          .filter(part => part !== undefined)
          .join(' · ')}`,
    );
  });
  return {
    lines,
    sources: uniqueSources(found.flatMap(({ found: stays }) => stays.map(({ booking }) => bookingSource(booking)))),
    homes: found.map(({ home }) => home),
  };
}

export const uniqueSources = (sources: readonly SourceRef[]): SourceRef[] => [
  ...new Map(sources.map(source => [source.key, source])).values(),
];
