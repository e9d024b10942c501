import type { JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import {
  type Booking,
  codeOf,
  conversationOf,
  type Guest,
  type Home,
  lastNameOf,
  type Message,
  type Task,
  textOfHome,
  titleOf,
} from './guesty-account.ts';

/** Guesty's objects as its webhooks and its API write them, keys that nobody reads included. Pure. */
const ACCOUNT_ID = '63f77f4e7e251b0030c1464a';
export const instant = (epochMs: number): string => new Date(epochMs).toISOString();

export const listingObject = (home: Home): JsonObject => ({
  _id: home.id,
  accountId: ACCOUNT_ID,
  title: `${home.name} with a view`,
  nickname: textOfHome(home),
  active: true,
  isListed: true,
  timezone: home.timezone,
  defaultCheckInTime: '15:00',
  defaultCheckOutTime: '10:00',
  accommodates: 4,
  bedrooms: 2,
  prices: { basePrice: 120, currency: 'GBP', cleaningFee: 30 },
  address: { full: '1 Example Street, Exampletown', city: 'Exampletown', country: 'United Kingdom' },
  publicDescription: { access: 'Key box left of the door.' },
  createdAt: instant(home.createdAtMs),
  lastUpdatedAt: instant(home.changedAtMs),
});

export const guestObject = (guest: Guest): JsonObject => ({
  _id: guest.id,
  accountId: ACCOUNT_ID,
  firstName: guest.firstName,
  lastName: lastNameOf(guest),
  fullName: `${guest.firstName} ${lastNameOf(guest)}`,
  email: `${guest.id}@example.com`,
  emails: [`${guest.id}@example.com`],
  phone: guest.phone,
  phones: [guest.phone],
  tags: [],
  verifications: [],
  paymentMethodIds: [],
  policy: { marketing: { isAccepted: false, dateOfAcceptance: null } },
  lastUpdatedAt: instant(guest.changedAtMs),
});

/** As the third version of the API shows it. */
export const reservationObject = (booking: Booking): JsonObject => ({
  reservationId: booking.id,
  accountId: ACCOUNT_ID,
  status: booking.status,
  confirmationCode: codeOf(booking),
  source: 'airbnb2',
  guestsCount: booking.guestsCount,
  guest: {
    _id: booking.guest.id,
    firstName: booking.guest.firstName,
    lastName: lastNameOf(booking.guest),
    fullName: `${booking.guest.firstName} ${lastNameOf(booking.guest)}`,
  },
  guestId: booking.guest.id,
  stay: [
    {
      unitTypeId: booking.home.id,
      unitId: booking.home.id,
      checkInDateLocalized: booking.checkIn,
      checkOutDateLocalized: booking.checkOut,
      plannedArrivalTime: '16:30',
    },
  ],
  notes: { keyCode: '0000', cleaning: booking.cleaning, specialRequests: '', guest: '', other: '' },
  money: { fareAccommodation: 420, currency: 'GBP' },
  createdAt: instant(booking.createdAtMs),
  lastUpdatedAt: instant(booking.changedAtMs),
});

/** The lean form of the events: key facts, no guest's name, no notes. */
export function leanReservation(booking: Booking, event: string, eventId: string): JsonObject {
  return {
    event,
    publishedAt: instant(booking.changedAtMs),
    data: {
      reservationId: booking.id,
      accountId: ACCOUNT_ID,
      guestId: booking.guest.id,
      unitId: booking.home.id,
      confirmationCode: codeOf(booking),
      status: booking.status,
      source: 'airbnb2',
      checkInDateLocalized: booking.checkIn,
      checkOutDateLocalized: booking.checkOut,
      guestsCount: booking.guestsCount,
    },
    meta: { eventId, messageId: `${eventId}-m` },
    subTypes: ['dates'],
  };
}

/** Some say nothing but which one. */
export const idOnlyReservation = (booking: Booking, event: string, eventId: string): JsonObject => ({
  event,
  meta: { eventId },
  data: { reservationId: booking.id, status: booking.status },
});

/** The older generation sends the whole reservation. */
export const legacyReservation = (booking: Booking, event: string): JsonObject => ({
  event,
  reservation: {
    _id: booking.id,
    accountId: ACCOUNT_ID,
    listingId: booking.home.id,
    guestId: booking.guest.id,
    status: booking.status,
    confirmationCode: codeOf(booking),
    checkInDateLocalized: booking.checkIn,
    checkOutDateLocalized: booking.checkOut,
    guestsCount: booking.guestsCount,
    nightsCount: 3,
    source: 'airbnb2',
    money: { fareAccommodation: 420, currency: 'GBP', payments: [{ amount: 420, status: 'SUCCEEDED' }] },
    lastUpdatedAt: instant(booking.changedAtMs),
  },
});

export function messageEvent(message: Message, eventId: string): JsonObject {
  const { booking } = message;
  const post = postObject(message);
  return {
    event: message.isFromGuest ? 'reservation.messageReceived' : 'reservation.messageSent',
    reservationId: booking.id,
    message: post,
    conversation: {
      _id: conversationOf(booking),
      accountId: ACCOUNT_ID,
      guestId: booking.guest.id,
      conversationWith: 'Guest',
      language: 'en',
      status: 'OPEN',
      integration: { platform: 'airbnb2' },
      meta: {
        guestName: `${booking.guest.firstName} ${booking.guest.lastName}`,
        reservations: [{ _id: booking.id, confirmationCode: booking.code }],
      },
      thread: [post],
    },
    meta: { eventId, messageId: `${eventId}-m` },
  };
}

export const postObject = (message: Message): JsonObject => ({
  _id: message.id,
  postId: message.id,
  body: message.text,
  createdAt: instant(message.createdAtMs),
  type: message.isFromGuest ? 'fromGuest' : 'fromHost',
  module: 'airbnb2',
});

export const taskObject = (task: Task): JsonObject => ({
  _id: task.id,
  accountId: ACCOUNT_ID,
  title: titleOf(task),
  status: task.status,
  listingId: task.home.id,
  assigneeId: null,
  assigneeGroup: [],
  checklist: ['Beds', 'Bathroom'],
  checklistFinished: [],
  startTime: instant(task.createdAtMs + 3_600_000),
  canStartAfter: null,
  mustFinishBefore: null,
  createdAt: instant(task.createdAtMs),
  lastUpdatedAt: instant(task.changedAtMs),
});

export const calendarEvent = (home: Home, start: string, end: string): JsonObject => ({
  event: 'calendar.updated.v2',
  listingId: home.id,
  accountId: ACCOUNT_ID,
  currency: 'GBP',
  dateRange: { start, end },
});
