import { daysBetween } from '@innkeeper/shared/domain/local-time';
import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Booking, Stay } from '../evaluate/bookings.ts';
import type { GuestFinding } from '../evaluate/guest.ts';
import { endOf, startOf, tense } from '../evaluate/guest.ts';
import {
  bookingSource,
  guestInWords,
  homeInWords,
  partyInWords,
  standingInWords,
  timeInWords,
} from './booking-line.ts';
import { counted, dayInWords } from './days-in-words.ts';
import type { Draft, Rendering } from './draft.ts';
import { FIXED } from './fixed-words.ts';
import { plainText } from './plain-text.ts';

type Aspect = Extract<Plan, { kind: 'guest' }>['aspect'];

/** One guest's booking, by name. Pure. */
export function renderGuest(
  finding: GuestFinding,
  asked: { readonly name: string; readonly aspect: Aspect },
  rendering: Rendering,
): Draft {
  const name = plainText(asked.name);
  switch (finding.kind) {
    case 'nobody':
      return {
        lines: [`${FIXED.nobody} called “${name}” found in the bookings (searched guest names, cancelled ones too)`],
        sources: [],
        homes: [],
      };
    case 'several':
      return {
        lines: [
          `Which “${name}”? ${finding.bookings.map(booking => `${guestInWords(booking, rendering)} (${stayInShort(booking, rendering)})`).join(' or ')}?`,
        ],
        sources: finding.bookings.map(bookingSource),
        homes: finding.bookings.flatMap(homesOf),
      };
    case 'not_standing':
      return {
        lines: [
          `${FIXED.nobody} called “${name}” is staying or coming; the only bookings of that name do not count:`,
          ...finding.bookings.map(
            booking =>
              `• ${guestInWords(booking, rendering)} · ${stayInShort(booking, rendering)} · ${standingInWords(booking) ?? ''}`,
          ),
        ],
        sources: finding.bookings.map(bookingSource),
        homes: finding.bookings.flatMap(homesOf),
      };
    case 'found':
      return renderFound(finding.booking, finding.others, asked.aspect, rendering);
  }
}

function renderFound(booking: Booking, others: readonly Booking[], aspect: Aspect, rendering: Rendering): Draft {
  const who = `*${guestInWords(booking, rendering)}*`;
  const first = booking.stays[0];
  const last = booking.stays.at(-1);
  const upcoming = others.filter(other => tense(other) !== 'past');
  const standing = standingInWords(booking);
  return {
    lines: [
      `${who}: ${[aspectInWords(booking, first, last, aspect, rendering), standing, plainText(booking.code)].filter(part => part !== undefined).join(' · ')}`,
      ...(aspect === 'booking' || booking.stays.length > 1 ? booking.stays.map(stay => stayLine(stay, rendering)) : []),
      ...upcoming.map(other => `Also: ${stayInShort(other, rendering)}`),
    ],
    sources: [booking, ...upcoming].map(bookingSource),
    homes: homesOf(booking),
  };
}

function aspectInWords(
  booking: Booking,
  first: Stay | undefined,
  last: Stay | undefined,
  aspect: Aspect,
  rendering: Rendering,
): string {
  const day = (date: string): string => dayInWords(date as Stay['checkIn'], rendering.thisYear);
  const nights = counted(daysBetween(startOf(booking), endOf(booking)), 'night');
  const whole = `${day(startOf(booking))} to ${day(endOf(booking))}, ${nights}`;
  const where = homesOf(booking).map(homeInWords).join(', then ');
  switch (aspect) {
    case 'arrival':
      return `arrives ${day(startOf(booking))} ${first ? timeInWords(first.arrival, first.home, rendering) : ''} · ${where}`;
    case 'departure':
      return `leaves ${day(endOf(booking))} ${last ? timeInWords(last.departure, last.home, rendering) : ''} · ${where}`;
    case 'nights':
      return `${whole} · ${where}`;
    case 'party':
      return `${partyInWords(booking) ?? `party ${FIXED.notRecorded}`} · ${where} · ${whole}`;
    case 'home':
      return `${where} · ${whole}`;
    case 'status':
      return `${plainText(booking.statusText)} · ${where} · ${whole}`;
    case 'booking':
      return [where, whole, partyInWords(booking), plainText(booking.statusText)]
        .filter(part => part !== undefined)
        .join(' · ');
  }
}

function stayLine(stay: Stay, rendering: Rendering): string {
  const move = stay.movedFrom === undefined ? '' : ` (move from ${homeInWords(stay.movedFrom)})`;
  return `• ${homeInWords(stay.home)}${move}: in ${dayInWords(stay.checkIn, rendering.thisYear)} ${timeInWords(stay.arrival, stay.home, rendering)}, out ${dayInWords(stay.checkOut, rendering.thisYear)} ${timeInWords(stay.departure, stay.home, rendering)}`;
}

const stayInShort = (booking: Booking, rendering: Rendering): string =>
  `${homesOf(booking).map(homeInWords).join(', then ')}, ${dayInWords(startOf(booking), rendering.thisYear)} to ${dayInWords(endOf(booking), rendering.thisYear)}, ${plainText(booking.code)}`;

const homesOf = (booking: Booking): Stay['home'][] => booking.stays.map(stay => stay.home);
