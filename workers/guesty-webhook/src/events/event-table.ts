import type { Interpretation, ReceivedDelivery } from '@innkeeper/shared/ingest/delivery-source';
import { type MappedRow, mappedEvents, type UnsupportedRow } from '@innkeeper/shared/ingest/event-table';
import { interpretCalendar } from '../interpret-calendar.ts';
import { interpretMessage } from '../interpret-message.ts';
import { interpretPayment } from '../interpret-payment.ts';
import { interpretReservation } from '../interpret-reservation.ts';
import { interpretGuest, interpretListing, interpretTask } from '../interpret-thing.ts';
import type { GuestySubject } from '../marks.ts';
import type { GuestyPorts } from '../ports.ts';

/** Every event Guesty is known to send (subscription schema, webhook guides, changelog), and what each becomes. */
export type GuestyEventRow = UnsupportedRow | GuestyMappedRow;

interface GuestyMappedRow extends MappedRow {
  readonly reads?: readonly GuestySubject[];
  /**
   * Understood where it comes (older subscriptions, replays) and never asked for: a newer event replaces it, or the vendor's
   * own documents do not spell its name. One name the vendor does not take spoils a whole subscription.
   */
  readonly subscribed?: false;
  readonly interpret: (
    ports: GuestyPorts,
    received: ReceivedDelivery,
    event: string,
  ) => Interpretation | Promise<Interpretation>;
}

const reservation = (becomes: string): GuestyMappedRow => ({
  becomes,
  reads: ['reservation'],
  interpret: interpretReservation,
});
const message = (becomes: string): GuestyMappedRow => ({
  becomes,
  reads: ['reservation'],
  interpret: interpretMessage,
});
const payment = (becomes: string): GuestyMappedRow => ({ becomes, interpret: interpretPayment });

export const eventTable: Readonly<Record<string, GuestyEventRow>> = {
  'reservation.created.v2': reservation('reservation: its key facts until the booking is read'),
  'reservation.updated.v2': reservation('reservation: its key facts until the booking is read'),
  'reservation.new': {
    ...reservation('reservation: as the event describes it until the booking is read'),
    subscribed: false,
  },
  'reservation.updated': {
    ...reservation('reservation: as the event describes it until the booking is read'),
    subscribed: false,
  },
  reservation_update_shortlist: {
    ...reservation('reservation: as the event describes it until the booking is read'),
    subscribed: false,
  },
  'reservation.messageReceived': message('guest message, with the home of its booking; an unknown booking is read'),
  'reservation.messageSent': message('guest message, with the home of its booking; an unknown booking is read'),
  'listing.new': {
    becomes: 'listing; read where the event does not say when it was true; its calendar is read',
    reads: ['listing', 'calendar'],
    interpret: interpretListing,
  },
  'listing.updated': {
    becomes: 'listing; read where the event does not say when it was true',
    reads: ['listing'],
    interpret: interpretListing,
  },
  'listing.removed': { becomes: 'listing, ended for good', interpret: interpretListing },
  'calendar.updated.v2': {
    becomes: 'calendar blocks of the home: owner stays, maintenance and other closed days, read day by day',
    reads: ['calendar'],
    interpret: interpretCalendar,
  },
  'listing.calendar.updated': {
    becomes: 'calendar blocks of the home: owner stays, maintenance and other closed days, read day by day',
    reads: ['calendar'],
    subscribed: false,
    interpret: interpretCalendar,
  },
  'guest.created': {
    becomes: 'guest; read where the event does not say when it was true',
    reads: ['guest'],
    interpret: interpretGuest,
  },
  'guest.updated': {
    becomes: 'guest; read where the event does not say when it was true',
    reads: ['guest'],
    interpret: interpretGuest,
  },
  'guest.deleted': { becomes: 'guest, ended for good', interpret: interpretGuest },
  'task.created': {
    becomes: 'task; read where the event does not say when it was true',
    reads: ['task'],
    interpret: interpretTask,
  },
  'task.updated': {
    becomes: 'task; read where the event does not say when it was true',
    reads: ['task'],
    interpret: interpretTask,
  },
  'task.deleted': { becomes: 'task, ended for good', interpret: interpretTask },
  'payments.received': payment('payment: received'),
  'payments.failed': payment('payment: failed'),
  'payments.refunded': payment('payment: refunded'),
  'payments.overdue': payment('payment: overdue'),
  'payments.authenticationRequired': payment('payment: authentication required'),
  'payments.authenticationFailed': { ...payment('payment: authentication failed'), subscribed: false },
  'payments.authorizationHoldFailed': payment('payment: authorization hold failed'),
  'payments.disputes': payment('payment: disputed'),
  'payments.overcharged': payment('payment of the booking’s balance: overcharged'),
  'payments.overcharge.expected': payment('payment of the booking’s balance: overcharge expected'),
  'payments.method.received': payment('means of payment of the booking: received'),
  'payments.invalidPaymentMethod': { ...payment('means of payment of the booking: invalid'), subscribed: false },
  'payments.invalidBcomCard': { ...payment('means of payment of the booking: invalid'), subscribed: false },
  'payments.invalidSecondBcomCard': { ...payment('means of payment of the booking: invalid'), subscribed: false },
  'guest-folio.created': { unsupported: 'amounts of a booking, which stay at the vendor' },
  'guest-folio.updated': { unsupported: 'amounts of a booking, which stay at the vendor' },
};

/** What a subscription asks for. */
export const SUBSCRIBED_EVENTS: readonly string[] = mappedEvents(eventTable).filter(event => {
  const row = eventTable[event];
  return row !== undefined && 'becomes' in row && row.subscribed !== false;
});
