import type { When } from '@innkeeper/shared/domain/plan';
import type { Home } from '../evaluate/homes.ts';
import type { NotYet } from '../evaluate/not-yet.ts';
import type { StayEvent } from '../evaluate/stay-events.ts';
import {
  bookingSource,
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
import { headingOf, searchedBookings } from './heading.ts';
import { listOf } from './list.ts';
import { plainName, plainText } from './plain-text.ts';

/** Who is expected, or expected to have gone, without a stay status that says so. Pure. */
export function renderNotYet(
  { open, recorded }: NotYet,
  asked: { readonly when: When; readonly movement: 'arrived' | 'left'; readonly named: readonly Home[] },
  rendering: Rendering,
): Draft {
  const arriving = asked.movement === 'arrived';
  const heading = headingOf(`Not recorded as ${asked.movement}`, asked.when, asked.named, rendering);
  const all = counted(open.length + recorded.length, arriving ? 'arrival' : 'departure');
  const shown = [...open, ...recorded];
  return listOf(shown, {
    heading,
    summary: open.length === 0 ? `${FIXED.nobody}; ${all}, all recorded` : `${open.length} of ${all}`,
    nothing: `${FIXED.nobody} was expected`,
    lines: [
      ...open.map(event => expectedLine(event, rendering)),
      ...(recorded.length === 0 ? [] : [`Recorded as ${asked.movement}: ${inShort(recorded, rendering)}`]),
      ...(open.length === 0
        ? []
        : ['_Decided by the stay status alone: it may have happened without anybody recording it._']),
    ],
    searched: searchedBookings(asked.named, rendering),
    sources: shown.map(({ booking }) => bookingSource(booking)),
    homes: shown.map(({ home }) => home),
    named: asked.named,
  });
}

const expectedLine = ({ booking, home, time, date }: StayEvent, rendering: Rendering): string =>
  line(
    `${dayInWords(date, rendering.thisYear)} ${timeInWords(time, home, rendering)}`,
    homeInWords(home),
    guestInWords(booking, rendering),
    partyInWords(booking),
    standingInWords(booking) ?? `status: ${plainName(booking.statusText)}`,
    plainText(booking.code),
  );

const inShort = (events: readonly StayEvent[], rendering: Rendering): string =>
  events.map(({ booking, home }) => `${guestInWords(booking, rendering)} (${homeInWords(home)})`).join(', ');
