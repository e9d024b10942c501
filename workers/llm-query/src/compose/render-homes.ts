import type { When } from '@innkeeper/shared/domain/plan';
import { overlaps } from '../evaluate/bookings.ts';
import type { HomeFreedom } from '../evaluate/free-homes.ts';
import type { Home } from '../evaluate/homes.ts';
import type { Occupant } from '../evaluate/occupant.ts';
import {
  bookingSource,
  datesInWords,
  dotted,
  guestInWords,
  homeInWords,
  line,
  partyInWords,
  standingInWords,
  stayTimes,
} from './booking-line.ts';
import { counted, daysInWords } from './days-in-words.ts';
import type { Draft, Rendering } from './draft.ts';
import { uniqueSources } from './draft.ts';
import { FIXED } from './fixed-words.ts';
import { headingOf, searchedBookings, searchedInWords } from './heading.ts';
import { townOf } from './homes-named.ts';
import { plainName, plainText } from './plain-text.ts';

/** Answers about homes rather than people: free, and who is in them. Pure. */
export function renderFreeHomes(
  found: readonly HomeFreedom[],
  asked: { readonly when: When; readonly named: readonly Home[]; readonly form: 'list' | 'count' },
  rendering: Rendering,
): Draft {
  const free = found.filter(({ state }) => state === 'free');
  const heading = headingOf('Free', asked.when, asked.named, rendering);
  const summary = asked.named.length === 1 ? yesOrNo(free.length > 0) : summaryOf(found, asked.form);
  // Of homes asked for by name, the reason one is not free is the answer; of all, what is no plain stay is enough.
  const areNamed = asked.named.length > 0 && townOf(asked.named, rendering.homes) === undefined;
  const shown = areNamed ? found : found.filter(({ state }) => state !== 'taken');
  const lines = asked.form === 'count' ? [] : shown.map(item => freedomLine(item, rendering));
  return {
    lines: [
      `${heading}: ${summary}`,
      ...lines,
      ...(free.length === 0 && !areNamed
        ? [searchedInWords('bookings and calendar blocks', asked.named, rendering)]
        : []),
    ],
    sources: uniqueSources(
      shown.flatMap(({ home, taken, held, blocks }) => [
        ...[...taken, ...held].map(bookingSource),
        ...blocks.map(block => ({ key: block.key, label: `calendar of ${plainName(home.name)}` })),
      ]),
    ),
    homes: found.map(({ home }) => home),
  };
}

const yesOrNo = (isFree: boolean): string => (isFree ? 'yes' : 'no');

/** Where only the count is asked for, all of it: how full the house is. */
function summaryOf(found: readonly HomeFreedom[], form: 'list' | 'count'): string {
  const of = (state: HomeFreedom['state']): number => found.filter(item => item.state === state).length;
  const free = of('free');
  if (form === 'list') return free === 0 ? FIXED.none : `${free} of ${counted(found.length, 'home')}`;
  const others = (['taken', 'held', 'blocked'] as const).flatMap(state =>
    of(state) === 0 ? [] : `${of(state)} ${COUNTED_AS[state]}`,
  );
  return [`${free} of ${counted(found.length, 'home')}`, ...others].join(', ');
}
const COUNTED_AS = { taken: 'taken', held: FIXED.notConfirmed, blocked: 'blocked' } as const;

/** Who or what stands in the nights meant. */
export function freedomReasons({ home, nights, taken, held, blocks }: HomeFreedom, rendering: Rendering): string[] {
  return [
    ...[...taken, ...held].map(booking => {
      const stay = booking.stays.find(item => item.home.id === home.id && overlaps(item, nights));
      const dates = stay && datesInWords(stay, rendering);
      return [guestInWords(booking, rendering), dates, standingInWords(booking), plainText(booking.code)]
        .filter(part => part !== undefined)
        .join(', ');
    }),
    ...blocks.map(({ facts }) => `${BLOCKS[facts.reason]}, ${daysInWords(facts, rendering.thisYear)}`),
  ];
}

export const FREEDOM = {
  free: 'free',
  held: 'not free unless this falls through',
  blocked: 'not free',
  taken: 'not free',
} as const;

export const nightsInWords = ({ nights }: HomeFreedom, { thisYear }: Rendering): string =>
  `the ${nights.from === nights.to ? 'night' : 'nights'} of ${daysInWords(nights, thisYear)}`;

function freedomLine(freedom: HomeFreedom, rendering: Rendering): string {
  const { home, state } = freedom;
  const nights = state === 'free' ? ` ${nightsInWords(freedom, rendering)}` : '';
  return line(homeInWords(home), `${FREEDOM[state]}${nights}`, ...freedomReasons(freedom, rendering));
}

export const BLOCKS = { owner: 'owner stay', maintenance: 'maintenance', other: 'calendar block' } as const;

type Occupied = 'current' | 'next' | 'previous';

const WHICH = { next: 'next', previous: 'last' } as const;
/** As far as bookings are read for it. */
const SEARCHED_DAYS = { current: '', next: ' up to a year ahead', previous: ' up to a year back' } as const;

/** On a day of change "now" would depend on the hour. */
function whenInWords({ home, found }: Occupant, which: Occupied): string {
  if (which !== 'current') return WHICH[which];
  return found.some(({ stay }) => stay.checkIn === home.today || stay.checkOut === home.today) ? 'today' : 'now';
}

export function renderOccupants(
  found: readonly Occupant[],
  { which, named }: { readonly which: Occupied; readonly named: readonly Home[] },
  rendering: Rendering,
): Draft {
  const lines = found.flatMap(occupant => {
    const { home, found: stays } = occupant;
    const heading = `${homeInWords(home)}, ${whenInWords(occupant, which)}:`;
    if (stays.length === 0) return [`${heading} ${FIXED.nobody}`];
    return stays.map(
      ({ booking, stay }) =>
        `${heading} ${dotted(
          guestInWords(booking, rendering),
          partyInWords(booking),
          ...stayTimes(stay, rendering),
          standingInWords(booking),
          plainText(booking.code),
        )}`,
    );
  });
  const isNobody = found.every(({ found: stays }) => stays.length === 0);
  return {
    lines: isNobody ? [...lines, searchedBookings(named, rendering, SEARCHED_DAYS[which])] : lines,
    sources: uniqueSources(found.flatMap(({ found: stays }) => stays.map(({ booking }) => bookingSource(booking)))),
    homes: found.map(({ home }) => home),
  };
}
