import { describe, expect, test } from 'vitest';
import { GUESTY_SUBJECTS } from '../marks.ts';
import { eventTable, SUBSCRIBED_EVENTS } from './event-table.ts';

describe('the table of events', () => {
  test('has every event of the vendor’s subscription schema, its payment guide and its changelog', () => {
    expect(Object.keys(eventTable)).toEqual(
      expect.arrayContaining([
        ...['guest.created', 'guest.updated', 'guest.deleted', 'listing.new', 'listing.updated', 'listing.removed'],
        ...['listing.calendar.updated', 'calendar.updated.v2', 'payments.failed', 'payments.method.received'],
        ...['reservation.messageReceived', 'reservation.messageSent', 'reservation.new', 'reservation.updated'],
        ...['reservation.created.v2', 'reservation.updated.v2', 'reservation_update_shortlist'],
        ...[
          'task.created',
          'task.updated',
          'task.deleted',
          'payments.received',
          'payments.refunded',
          'payments.overdue',
        ],
        ...['payments.overcharged', 'payments.overcharge.expected', 'payments.authenticationRequired'],
        ...['payments.authorizationHoldFailed', 'payments.disputes', 'guest-folio.created', 'guest-folio.updated'],
      ]),
    );
  });

  test('each row says in one line what becomes of the event, or why nothing does', () => {
    for (const row of Object.values(eventTable)) {
      const words = 'becomes' in row ? row.becomes : row.unsupported;
      expect(words).toMatch(/^[a-z][^\n|]{5,110}$/u);
      expect(GUESTY_SUBJECTS).toEqual(expect.arrayContaining([...(('reads' in row ? row.reads : undefined) ?? [])]));
    }
  });

  test('subscriptions ask for what is mapped, and for nothing that the vendor may refuse', () => {
    expect(SUBSCRIBED_EVENTS).toContain('reservation.updated.v2');
    expect(SUBSCRIBED_EVENTS).toContain('calendar.updated.v2');
    for (const replaced of ['reservation.new', 'reservation.updated', 'reservation_update_shortlist']) {
      expect(SUBSCRIBED_EVENTS).not.toContain(replaced);
    }
    expect(SUBSCRIBED_EVENTS).not.toContain('listing.calendar.updated');
    expect(SUBSCRIBED_EVENTS).not.toContain('guest-folio.updated');
    expect(SUBSCRIBED_EVENTS).not.toContain('payments.invalidBcomCard');
    expect(SUBSCRIBED_EVENTS).toContain('payments.received');
  });
});
