import type { SourceRef } from '@innkeeper/shared/domain/answer';
import type { Booking, TimeOfDay } from '../evaluate/bookings.ts';
import type { Home } from '../evaluate/homes.ts';
import { counted, zoneInWords } from './days-in-words.ts';
import type { Rendering } from './draft.ts';
import { severalZones } from './draft.ts';
import { FIXED } from './fixed-words.ts';
import { plainText } from './plain-text.ts';

/** The parts a line about a booking is made of. Everything a vendor supplied goes through `plainText`. Pure. */
export const homeInWords = (home: Home): string => `*${plainText(home.name)}*`;

/** Operations rooms see first names only. */
export function guestInWords(booking: Booking, rendering: Rendering): string {
  if (booking.guest === undefined) return 'guest without a name';
  return plainText(rendering.scope === 'operations' ? booking.guest.first : booking.guest.full);
}

export function timeInWords(time: TimeOfDay | undefined, home: Home, rendering: Rendering): string {
  if (time === undefined) return FIXED.timeNotKnown;
  return `*${time.at}* ${time.basis}${severalZones(rendering.homes) ? ` (${zoneInWords(home.zone)})` : ''}`;
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
      return `_${FIXED.notConfirmed}: ${plainText(booking.statusText)}_`;
    case 'none':
      return `_${plainText(booking.statusText)}_`;
  }
}

export const bookingSource = (booking: Booking): SourceRef => ({
  key: booking.key,
  label: `booking ${plainText(booking.code)}`,
});

export const line = (...parts: (string | undefined)[]): string =>
  `• ${parts.filter(part => part !== undefined && part !== '').join(' · ')}`;
