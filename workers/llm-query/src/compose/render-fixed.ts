import type { Plan } from '@innkeeper/shared/domain/plan';
import { redact } from '@innkeeper/shared/redaction/redact';
import type { Booking } from '../evaluate/bookings.ts';
import type { CallLine } from '../evaluate/calls.ts';
import type { Home } from '../evaluate/homes.ts';
import { bookingLink, bookingSource, guestInWords, homeInWords } from './booking-line.ts';
import { callInWords, callSource } from './call-line.ts';
import type { Draft, Rendering } from './draft.ts';
import { firstOf } from './first-of.ts';
import { FIXED } from './fixed-words.ts';
import { plainText } from './plain-text.ts';

/** Answers that need no search: what the assistant does, what it will not show, and what it asks back. Pure. */
const draft = (...lines: string[]): Draft => ({ lines, sources: [], homes: [], isTimeless: true });

/** What works in this room, with examples. */
export const renderHelp = (scope: Rendering['scope']): Draft =>
  draft(
    scope === 'full'
      ? '*I answer from the bookings, tasks, calls and messages.* Mention me, or write to me directly. For example:'
      : '*I answer from the bookings and tasks.* Mention me, or write to me directly. For example:',
    '• who is checking in today and at what time? · `today` · `tomorrow` · `ready`',
    '• who is staying over tonight? · turnovers on Saturday · who has not arrived yet?',
    '• arrivals after 20:00 with children · how many guests this weekend? · longest stay this month',
    '• is the Garden Studio free from Friday for 3 nights? · which homes are free this weekend?',
    '• when does Mia Larsen arrive? · who is next in the Loft? · can Mia check in at 12? · can she stay another night?',
    '• which cleanings are due today? · open maintenance · bookings cancelled since Monday · `since 18:00`',
    scope === 'full'
      ? '• `missed` calls · unanswered messages · what did the guest in the Loft say about the heating?'
      : 'Guests are called by their first names here; messages and calls are not shown in this room.',
    'Phone numbers, e-mail addresses, door codes and cards are not shown in chat.',
  );

export function renderUnclear(days?: Extract<Plan, { kind: 'unclear' }>['days']): Draft {
  if (days === undefined) {
    return draft(
      `${FIXED.dontKnow} what you mean. Ask about arrivals, departures, a guest, a home or calls, or write \`help\`.`,
    );
  }
  const words = plainText(redact(days.words));
  return draft(
    days.fault === 'backwards'
      ? `The days “${words}” run backwards. Which ones do you mean?`
      : `There is no “${words}” in the calendar. Which day do you mean?`,
  );
}

/** A deed was asked for. */
export const renderOnlyAnswers = (): Draft => draft(FIXED.onlyAnswers);

/** More names than this are not read through for the right one. */
const HOMES_NAMED_MAX = 30;

export function renderUnknownHome(words: string, homes: readonly Home[]): Draft {
  const active = homes.filter(home => home.active).map(homeInWords);
  return draft(`I know no home called “${plainText(words)}”. Homes: ${firstOf(active, HOMES_NAMED_MAX)}.`);
}

export const renderWhichHome = (words: string, choices: readonly Home[]): Draft =>
  draft(`Which “${plainText(words)}”? ${choices.map(homeInWords).join(' or ')}?`);

export const renderNotHere = (what: string): Draft =>
  draft(
    `${what} are not shown in this room; it is set up for homes, dates, times and tasks. ` +
      'Ask in a room for the whole team.',
  );

const DETAILS = {
  phone: 'Telephone numbers',
  email: 'E-mail addresses',
  access_code: 'Door, lockbox and alarm codes',
  card: 'Card details',
} as const;

/** The reason, and where a person who may see it opens it. */
export function renderNotShown(
  { detail, name }: Pick<Extract<Plan, { kind: 'not_shown' }>, 'detail' | 'name'>,
  { bookings, call }: { readonly bookings: readonly Booking[]; readonly call: CallLine | undefined },
  rendering: Rendering,
): Draft {
  const where = [
    ...bookings.map(booking => {
      const homes = booking.stays.map(stay => homeInWords(stay.home)).join(', then ');
      return `• ${guestInWords(booking, rendering)}, ${homes}: ${bookingLink(booking, rendering)}`;
    }),
    ...(call === undefined ? [] : [`• last call: ${callInWords(call, rendering).slice(2)}`]),
  ];
  const unknown = name === undefined ? '' : ` I found nothing under “${plainText(name)}”.`;
  const elsewhere = `${unknown} Open the booking in Guesty${detail === 'phone' ? ' or the call in Aircall' : ''}.`;
  return {
    lines: [
      `${DETAILS[detail]} are ${FIXED.notShown}.${where.length === 0 ? elsewhere : ' To see it, open:'}`,
      ...where,
    ],
    sources: [...bookings.map(bookingSource), ...(call === undefined ? [] : [callSource(call)])],
    homes: bookings.flatMap(booking => booking.stays.map(stay => stay.home)),
  };
}
