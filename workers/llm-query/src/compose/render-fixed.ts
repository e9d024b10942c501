import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Booking } from '../evaluate/bookings.ts';
import type { Home } from '../evaluate/homes.ts';
import { bookingSource, guestInWords, homeInWords } from './booking-line.ts';
import type { Draft, Rendering } from './draft.ts';
import { FIXED } from './fixed-words.ts';
import { plainText } from './plain-text.ts';

/** Answers that need no search: what the assistant does, what it will not show, and what it asks back. Pure. */
const draft = (...lines: string[]): Draft => ({ lines, sources: [], homes: [], isTimeless: true });

export const renderHelp = (): Draft =>
  draft(
    '*I answer from the bookings, calls and messages.* Mention me, or write to me directly. For example:',
    '• who is checking in today and at what time? · `today` · `tomorrow` · `ready`',
    "• tomorrow's departures · who is staying tonight? · turnovers on Saturday",
    '• is the Garden Studio free on Friday? · which homes are free this weekend?',
    '• when does Mia Larsen arrive? · who is next in the Loft?',
    '• `missed` calls · `since 18:00` · what did the guest in the Loft say about the heating?',
    'Phone numbers, e-mail addresses, door codes and cards are not shown in chat.',
  );

export const renderUnclear = (): Draft =>
  draft(
    `${FIXED.dontKnow} what you mean. Ask about arrivals, departures, a guest, a home or calls, or write \`help\`.`,
  );

export const renderUnknownHome = (words: string, homes: readonly Home[]): Draft =>
  draft(
    `I know no home called “${plainText(words)}”. Homes: ${homes
      .filter(home => home.active)
      .map(homeInWords)
      .join(', ')}.`,
  );

export const renderWhichHome = (words: string, choices: readonly Home[]): Draft =>
  draft(`Which “${plainText(words)}”? ${choices.map(homeInWords).join(' or ')}?`);

export const renderNotHere = (what: string): Draft =>
  draft(
    `${what} are not shown in this room; it is set up for homes, dates, times and tasks. Ask in a room for the whole team.`,
  );

const DETAILS = {
  phone: 'Telephone numbers',
  email: 'E-mail addresses',
  access_code: 'Door, lockbox and alarm codes',
  card: 'Card details',
} as const;

export function renderNotShown(
  detail: Extract<Plan, { kind: 'not_shown' }>['detail'],
  bookings: readonly Booking[],
  rendering: Rendering,
): Draft {
  const where = bookings.map(
    booking =>
      `• ${guestInWords(booking, rendering)}, ${booking.stays.map(stay => homeInWords(stay.home)).join(', then ')}: [booking ${plainText(booking.code)}](${rendering.links.booking(booking.reservationId)})`,
  );
  return {
    lines: [
      `${DETAILS[detail]} are ${FIXED.notShown}. ${where.length === 0 ? 'Open the booking in Guesty or the call in Aircall.' : 'Open it there:'}`,
      ...where,
    ],
    sources: bookings.map(bookingSource),
    homes: bookings.flatMap(booking => booking.stays.map(stay => stay.home)),
  };
}
