import { VENDOR_READ_EVENT } from '@innkeeper/shared/contracts/vendor-read';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import calendarV2 from './__fixtures__/calendar.updated.v2.doc-schema.json' with { type: 'json' };
import calendarV1 from './__fixtures__/listing.calendar.updated.constructed.json' with { type: 'json' };
import paymentReceived from './__fixtures__/payments.received.constructed.json' with { type: 'json' };
import datesEvent from './__fixtures__/reservation.updated.v2.dates.constructed.json' with { type: 'json' };
import { eventTable } from './events/event-table.ts';
import { allText, LISTING } from './testing/booking.ts';
import { guestyWorld } from './testing/guesty-world.ts';
import { marksOf, parked, quiet, storedEvent } from './testing/quiet-world.ts';

describe('calendars', () => {
  test.each([
    ['by a range', { event: 'calendar.updated.v2', ...calendarV2 }],
    ['day by day', calendarV1],
  ])('told %s are to be read', async (_form, payload) => {
    const at = quiet();
    await at.take(payload, 'e1');
    expect(marksOf(at)).toEqual([['calendar', LISTING]]);
    expect(storedEvent(at, 'e1')).toMatchObject({ outcome: 'marked' });
  });

  test('without a home are parked', async () => {
    const at = quiet();
    await at.take({ event: 'calendar.updated.v2', dateRange: {} }, 'e1');
    expect(parked(at, 'e1')).toMatchObject({ detail: 'unexpected: listingId' });
  });
});

describe('events that are not acted on', () => {
  test('named ones are kept in peace, unknown ones are told of', async () => {
    const at = quiet();
    await at.take({ event: 'guest-folio.updated', folio: {} }, 'e1');
    expect(storedEvent(at, 'e1')).toMatchObject({ outcome: 'unsupported', reason: 'named_unsupported' });
    expect(at.logged.join()).not.toContain('event.unknown');
    for (const [index, name] of ['weather.updated', 'constructor', '__proto__'].entries()) {
      await at.take({ event: name }, `u${index}`);
      expect(storedEvent(at, `u${index}`)).toMatchObject({ outcome: 'unsupported', reason: 'unknown_event' });
    }
    expect(at.logged.join()).toContain('event.unknown');
  });
});

test('no body crashes the mapping or the reads, whatever stands in its fields', async () => {
  const keys = [
    ...[
      '_id',
      'id',
      'reservationId',
      'status',
      'stay',
      'listingId',
      'checkIn',
      'checkInDateLocalized',
      'guest',
      'notes',
    ],
    ...['postId', 'createdAt', 'paymentId', 'startTime', 'timezone', 'lastUpdatedAt', 'publishedAt', 'date', 'blocks'],
  ];
  const inner = fc.dictionary(fc.constantFrom(...keys), fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant('r')));
  const names = fc.constantFrom(...Object.keys(eventTable), VENDOR_READ_EVENT);
  await fc.assert(
    fc.asyncProperty(
      names,
      inner,
      inner,
      fc.constantFrom('reservation', 'listing', 'guest', 'task'),
      async (name, first, second, kind) => {
        const at = guestyWorld(() => ({ status: 200, body: [{ ...second, reservationId: 'r' }] }));
        const bodies = { data: first, reservation: first, listing: first, guest: first, task: first, message: second };
        const read = { kind, value: second, readBeganAt: '2026-11-21T08:59:00.000Z', purpose: 'backfill', jobId: 'j' };
        expect(
          await at.deliver({
            event: name,
            ...bodies,
            ...read,
            payment: first,
            listingId: second['listingId'],
            calendar: [second],
          }),
        ).toBe('acknowledged');
        expect(at.logged.join()).not.toMatch(/crashed/u);
      },
    ),
    { numRuns: 200 },
  );
});

test('nothing secret comes to rest', async () => {
  const at = quiet();
  await at.take({ ...datesEvent, data: { ...datesEvent.data, keyCode: '83922' } });
  await at.take(paymentReceived);
  expect(allText(at.store.documents)).not.toMatch(/83922/u);
});
