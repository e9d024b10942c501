import type { SourceRef } from '@innkeeper/shared/domain/answer';
import type { Booking, Stay, TimeOfDay } from '../evaluate/bookings.ts';
import type { Home } from '../evaluate/homes.ts';
import { counted, dayInWords } from './days-in-words.ts';
import type { Rendering } from './draft.ts';
import { FIXED } from './fixed-words.ts';
import { clockInWords } from './moment-in-words.ts';
import { plainName, plainText } from './plain-text.ts';

/** The parts a line about a booking is made of. Everything a vendor supplied goes through `plainText`. Pure. */
export const homeInWords = (home: Home): string => `*${plainName(home.name)}*`;

/** Operations rooms see first names only. */
export function guestInWords(booking: Booking, rendering: Rendering): string {
  if (booking.guest === undefined) return 'guest without a name';
  return plainName(rendering.scope === 'operations' ? booking.guest.first : booking.guest.full);
}

export function timeInWords(time: TimeOfDay | undefined, home: Home, rendering: Rendering): string {
  if (time === undefined) return FIXED.timeNotKnown;
  return `*${time.at}* ${time.basis}${clockInWords(home.zone, rendering)}`;
}

export function partyInWords(booking: Booking): string | undefined {
  const guests = booking.guestsCount === undefined ? undefined : counted(booking.guestsCount, 'guest');
  if (!booking.children) return guests;
  const children = counted(booking.children, 'child', 'children');
  return guests === undefined ? children : `${guests} (${children})`;
}

export function standingInWords(booking: Booking): string | undefined {
  switch (booking.standing) {
    case 'stay':
      return undefined;
    case 'unconfirmed':
      return `_${FIXED.notConfirmed}: ${plainName(booking.statusText)}_`;
    case 'none':
      return `_${plainName(booking.statusText)}_`;
  }
}

export const bookingSource = (booking: Booking): SourceRef => ({
  key: booking.key,
  label: `booking ${plainText(booking.code)}`,
});

/** What is known of it, side by side. */
export const dotted = (...parts: (string | undefined)[]): string =>
  parts.filter(part => part !== undefined && part !== '').join(' · ');

/** Opens it in Guesty. */
export const bookingLink = ({ code, reservationId }: Booking, { links }: Rendering): string =>
  `[booking ${plainText(code)}](${links.booking(reservationId)})`;

/** When they come and go, in two parts. */
export const stayTimes = ({ checkIn, checkOut, arrival, departure, home }: Stay, rendering: Rendering) =>
  [
    `in ${dayInWords(checkIn, rendering.thisYear)} ${timeInWords(arrival, home, rendering)}`,
    `out ${dayInWords(checkOut, rendering.thisYear)} ${timeInWords(departure, home, rendering)}`,
  ] as const;

export const line = (...parts: (string | undefined)[]): string => `• ${dotted(...parts)}`;

/** `Sat 21 Nov to Wed 25 Nov`. */
export const datesInWords = (
  { checkIn, checkOut }: Pick<Stay, 'checkIn' | 'checkOut'>,
  { thisYear }: Pick<Rendering, 'thisYear'>,
): string => `${dayInWords(checkIn, thisYear)} to ${dayInWords(checkOut, thisYear)}`;
