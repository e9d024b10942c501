import { VENDOR_READ_EVENT } from '@innkeeper/shared/contracts/vendor-read';
import { describe, expect, test } from 'vitest';
import listingUpdated from './__fixtures__/listing.updated.constructed.json' with { type: 'json' };
import messageReceived from './__fixtures__/reservation.messageReceived.airbnb.json' with { type: 'json' };
import searchV3 from './__fixtures__/rest.reservations-v3.search.constructed.json' with { type: 'json' };
import { LISTING } from './testing/booking.ts';
import { marksOf, parked, quiet } from './testing/quiet-world.ts';

describe('a thing that a list showed', () => {
  const shown = (kind: string, value: unknown, purpose = 'reconcile') => ({
    event: VENDOR_READ_EVENT,
    kind,
    readBeganAt: '2026-11-21T08:59:00.000Z',
    purpose,
    jobId: 'j1',
    value,
  });

  test('is state as of the read, and says by what way it came', async () => {
    const at = quiet();
    await at.take(shown('reservation', searchV3.results[0], 'backfill'));
    await at.take(shown('guest', { _id: 'g1', firstName: 'Mia', guestEmail: 'mia@example.com', guestPhone: '441' }));
    const assignee = { taskId: 't1', assigneeFullName: 'Mia' };
    const listing = { listingId: LISTING };
    await at.take(shown('task', { _id: 't1', taskTitle: 'Clean', status: 'pending', listing, assignee }));
    expect(at.record('reservation', '69aa00000000000000000003')).toMatchObject({
      provenance: { via: 'backfill' },
      versions: { state: Date.parse('2026-11-21T08:59:00.000Z') },
    });
    expect(at.facts('guest', 'g1')).toMatchObject({ emails: ['mia@example.com'], phones: ['441'] });
    expect(at.facts('task', 't1')).toMatchObject({ title: 'Clean', listingId: LISTING, assignee: 'Mia' });
    expect(marksOf(at)).toEqual([]);
  });

  test('brings along what hangs on it where it was missing: a booking’s own, a home’s calendar', async () => {
    const at = quiet();
    await at.take(shown('reservation', searchV3.results[0]));
    await at.take(shown('listing', listingUpdated.listing));
    expect(at.dirtySet.entries()).toMatchObject([
      { subject: 'reservation', lane: 'backfill' },
      { subject: 'calendar', id: LISTING, lane: 'backfill' },
    ]);
  });

  test('of a message is the same record as the webhook’s', async () => {
    const { event: _event, ...post } = messageReceived;
    const byList = quiet();
    await byList.take(shown('guest-message', post));
    const byWebhook = quiet();
    await byWebhook.take(messageReceived);
    const { postId } = messageReceived.message;
    expect(byList.facts('guest-message', postId)).toEqual(byWebhook.facts('guest-message', postId));
  });

  test.each([
    shown('call', { id: 1 }),
    shown('listing', { nickname: 'no id' }),
    shown('reservation', { status: 'confirmed' }),
    shown('nonsense', {}),
  ])('%j that cannot be one is parked', async payload => {
    const at = quiet();
    await at.take(payload, 'e1');
    expect(parked(at, 'e1')).toMatchObject({ reason: 'payload_unexpected' });
  });
});
