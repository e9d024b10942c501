import {
  bookingSource,
  guestInWords,
  homeInWords,
  line,
  partyInWords,
  standingInWords,
  timeInWords,
} from '../compose/booking-line.ts';
import { counted, daysInWords } from '../compose/days-in-words.ts';
import type { Draft, Rendering } from '../compose/draft.ts';
import { plainText } from '../compose/plain-text.ts';
import type { Booking, Stay, TimeOfDay } from '../evaluate/bookings.ts';
import { allBookings } from '../evaluate/bookings.ts';
import type { Snapshot } from '../evaluate/snapshot.ts';
import type { Announcement } from './announcement.ts';
import type { BookingState } from './booking-state.ts';

/** New, changed and cancelled bookings in one message, a line each; nothing where none of them is left. Pure. */
export function renderAnnouncements(
  announcements: readonly Announcement[],
  snapshot: Snapshot,
  rendering: Rendering,
): Draft {
  // A booking that was removed is told as it stood.
  const records = snapshot.records.map(record =>
    record.kind === 'reservation' ? { ...record, deleted: false } : record,
  );
  const bookings = new Map(allBookings({ ...snapshot, records }).map(booking => [booking.key, booking]));
  const told = announcements.flatMap(announcement => {
    const booking = bookings.get(announcement.key);
    return booking === undefined ? [] : [{ announcement, booking }];
  });
  if (told.length === 0) return { lines: [], sources: [], homes: [] };
  return {
    lines: [
      `*Next 48 hours*: ${counted(told.length, 'booking')} new, changed or cancelled`,
      ...told.map(({ announcement, booking }) => announcementLine(announcement, booking, rendering)),
    ],
    sources: told.map(({ booking }) => bookingSource(booking)),
    homes: told.flatMap(({ booking }) => booking.stays.map(stay => stay.home)),
  };
}

const WORDS = { made: 'new booking', changed: 'booking changed', cancelled: 'cancelled' } as const;

function announcementLine({ change, before }: Announcement, booking: Booking, rendering: Rendering): string {
  const stays = booking.stays.map(stay => stayInWords(stay, change, rendering));
  return line(
    `*${WORDS[change]}*`,
    stays.join(', then '),
    guestInWords(booking, rendering),
    partyInWords(booking),
    change === 'cancelled' ? undefined : standingInWords(booking),
    change === 'changed' && before !== undefined ? differencesInWords(before, booking, rendering) : undefined,
    plainText(booking.code),
  );
}

function stayInWords(stay: Stay, change: Announcement['change'], rendering: Rendering): string {
  const days = daysInWords({ from: stay.checkIn, to: stay.checkOut }, rendering.thisYear);
  if (change === 'cancelled') return `${homeInWords(stay.home)} ${days}`;
  const comes = `${homeInWords(stay.home)} ${days}, in ${timeInWords(stay.arrival, stay.home, rendering)}`;
  if (stay.departure?.basis !== 'planned') return comes;
  return `${comes}, out ${timeInWords(stay.departure, stay.home, rendering)}`;
}

/** What it said before, of what is different now. */
function differencesInWords(before: BookingState, booking: Booking, rendering: Rendering): string | undefined {
  const [then] = before.stays;
  const [now] = booking.stays;
  if (then === undefined || now === undefined) return undefined;
  const thenOut = before.stays.at(-1)?.checkOut ?? then.checkOut;
  const nowOut = booking.stays.at(-1)?.checkOut ?? now.checkOut;
  const homesThen = [...new Set(before.stays.map(({ listingId }) => listingId))];
  const homesNow = new Set(booking.stays.map(({ home }) => home.id));
  const planned = (time: TimeOfDay | undefined) => (time?.basis === 'planned' ? time.at : undefined);
  const leftThen = before.stays.at(-1)?.departure;
  const parts = [
    then.checkIn === now.checkIn && thenOut === nowOut
      ? undefined
      : daysInWords({ from: then.checkIn, to: thenOut }, rendering.thisYear),
    homesThen.every(id => homesNow.has(id)) && homesNow.size === homesThen.length
      ? undefined
      : homesThen.map(id => homeInWords(rendering.homes.home(id))).join(', then '),
    then.arrival === planned(now.arrival) ? undefined : `arrival ${then.arrival ?? 'not planned'}`,
    leftThen === planned(booking.stays.at(-1)?.departure) ? undefined : `departure ${leftThen ?? 'not planned'}`,
    before.guests === booking.guestsCount || before.guests === undefined ? undefined : counted(before.guests, 'guest'),
    before.standing === booking.standing
      ? undefined
      : before.standing === 'unconfirmed'
        ? 'not confirmed'
        : 'confirmed',
  ].filter(part => part !== undefined);
  return parts.length === 0 ? undefined : `before: ${parts.join(', ')}`;
}
