import { instantAt } from '../world/days.ts';
import type { Booking, Home, Letter, WorldGuest } from '../world/world.ts';

/** The demo's world in Guesty's own shapes: API documents and webhook bodies. */
const ACCOUNT = '63f77f4e7e251b0030c1464a';

export const listingDocument = (home: Home) => ({
  _id: home.id,
  accountId: ACCOUNT,
  title: home.title,
  nickname: home.name,
  active: true,
  isListed: true,
  timezone: home.zone,
  defaultCheckInTime: home.checkInFrom,
  defaultCheckOutTime: home.checkOutBy,
  accommodates: home.sleeps,
  bedrooms: Math.max(1, Math.floor(home.sleeps / 2)),
  address: { full: `${home.street}, ${home.city}, ${home.country}`, city: home.city, country: home.country },
  publicDescription: {
    summary: home.title,
    access: 'Keys are in the box left of the door.',
    notes: `Wi-Fi: ${home.wifi}. Parking: ${home.parking}`,
  },
});

export const guestDocument = (guest: WorldGuest) => ({
  _id: guest.id,
  accountId: ACCOUNT,
  firstName: guest.first,
  lastName: guest.last,
  fullName: `${guest.first} ${guest.last}`,
  email: guest.email,
  emails: [guest.email],
  phone: guest.phone.replace(/\D/gu, ''),
  phones: [guest.phone.replace(/\D/gu, '')],
  tags: [],
});

/** As `reservations-v3` answers: stay segments, notes, and the door code that must never be seen again. */
export const reservationDocument = (booking: Booking, changedAt: Date, madeAt = changedAt) => ({
  reservationId: booking.id,
  confirmationCode: booking.code,
  status: booking.status,
  source: booking.channel,
  guestId: booking.guest.id,
  guest: {
    _id: booking.guest.id,
    firstName: booking.guest.first,
    lastName: booking.guest.last,
    fullName: `${booking.guest.first} ${booking.guest.last}`,
    phone: booking.guest.phone,
    email: booking.guest.email,
  },
  guestsCount: booking.people,
  stay: booking.stays.map(stay => ({
    unitId: stay.home.id,
    unitTypeId: stay.home.id,
    checkInDateLocalized: stay.from,
    checkOutDateLocalized: stay.to,
    plannedArrivalTime: stay.plannedArrival ?? null,
    plannedDepartureTime: stay.plannedDeparture ?? null,
  })),
  notes: { keyCode: booking.doorCode, cleaning: '', specialRequests: booking.wish, guest: '', other: '' },
  money: { currency: 'EUR', hostPayout: 120 * booking.people },
  createdAt: madeAt.toISOString(),
  lastUpdatedAt: changedAt.toISOString(),
});

/** The lean v2 body: ids, dates and status; everything else has to be fetched. */
export function reservationEvent(
  name: 'reservation.created.v2' | 'reservation.updated.v2',
  booking: Booking,
  at: Date,
) {
  const first = booking.stays[0];
  const last = booking.stays.at(-1);
  return {
    event: name,
    publishedAt: at.toISOString(),
    data: {
      reservationId: booking.id,
      accountId: ACCOUNT,
      guestId: booking.guest.id,
      status: booking.status,
      ...(first === undefined || last === undefined
        ? {}
        : {
            unitId: first.home.id,
            checkIn: instantAt(first.home.zone, first.from, first.home.checkInFrom).toISOString(),
            checkOut: instantAt(last.home.zone, last.to, last.home.checkOutBy).toISOString(),
            checkInDateLocalized: first.from,
            checkOutDateLocalized: last.to,
          }),
      confirmationCode: booking.code,
      source: booking.channel,
      guestsCount: booking.people,
    },
    meta: { eventId: `evt-${booking.id}-${at.getTime()}`, messageId: `msg-${booking.id}-${at.getTime()}` },
  };
}

export const listingEvent = (home: Home) => ({
  event: 'listing.new',
  listing: listingDocument(home),
  meta: { eventId: `evt-${home.id}`, messageId: `msg-${home.id}` },
});

export const guestEvent = (guest: WorldGuest) => ({
  guest: guestDocument(guest),
  by: 'host@example.com',
  event: 'guest.created',
});

export function messageEvent(letter: Letter) {
  const { booking } = letter;
  const message = {
    postId: letter.id,
    body: letter.text,
    createdAt: letter.at.toISOString(),
    type: letter.from === 'guest' ? 'fromGuest' : 'fromHost',
    module: booking.channel,
    bcc: [],
    cc: [],
    to: [],
    feedback: {},
  };
  return {
    event: letter.from === 'guest' ? 'reservation.messageReceived' : 'reservation.messageSent',
    reservationId: booking.id,
    message,
    conversation: {
      _id: `c${booking.id.slice(1)}`,
      accountId: ACCOUNT,
      guestId: booking.guest.id,
      conversationWith: 'Guest',
      language: 'en',
      status: 'OPEN',
      subject: `Reservation ${booking.code}`,
      integration: { platform: booking.channel },
      meta: {
        guestName: `${booking.guest.first} ${booking.guest.last}`,
        reservations: [{ _id: booking.id, confirmationCode: booking.code }],
      },
      pendingTasks: [],
      thread: [message],
    },
    meta: { eventId: `evt-${letter.id}`, messageId: `msg-${letter.id}` },
  };
}
