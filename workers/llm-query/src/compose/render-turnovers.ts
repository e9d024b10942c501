import type { When } from '@innkeeper/shared/domain/plan';
import type { Home } from '../evaluate/homes.ts';
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
import { counted, dayInWords } from './days-in-words.ts';
import type { Draft, Rendering } from './draft.ts';
import { headingOf, searchedBookings } from './heading.ts';
import { listOf } from './list.ts';
import { plainText } from './plain-text.ts';

/** Homes that are left and entered on one day. Pure. */
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
  return listOf(found, {
    heading,
    summary: counted(found.length, 'turnover'),
    lines: asked.form === 'count' ? [] : lines,
    searched: searchedBookings(asked.named, rendering),
    sources: found.flatMap(({ out, into }) => [bookingSource(out.booking), bookingSource(into.booking)]),
    homes: found.map(({ into }) => into.stay.home),
    named: asked.named,
  });
}
