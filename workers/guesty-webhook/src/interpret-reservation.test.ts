import { describe, expect, test } from 'vitest';
import flatEvent from './__fixtures__/reservation.created.v2.flat.constructed.json' with { type: 'json' };
import idsOnly from './__fixtures__/reservation.created.v2.ids-only.constructed.json' with { type: 'json' };
import legacyEvent from './__fixtures__/reservation.new.legacy.doc-sample-partial.json' with { type: 'json' };
import datesEvent from './__fixtures__/reservation.updated.v2.dates.constructed.json' with { type: 'json' };
import { RESERVATION } from './testing/booking.ts';
import { marksOf, parked, quiet, storedEvent } from './testing/quiet-world.ts';

describe('a reservation event', () => {
  test.each([
    ['with its key facts', flatEvent],
    ['of an older generation', { ...legacyEvent, reservation: { ...legacyEvent.reservation, _id: RESERVATION } }],
  ])('%s is written as heard, and the booking is to be read', async (_what, payload) => {
    const at = quiet();
    expect(await at.take(payload)).toBe('acknowledged');
    expect(at.record('reservation', RESERVATION)).toMatchObject({ deleted: false, provenance: { via: 'webhook' } });
    expect(Object.keys(at.record('reservation', RESERVATION)?.['versions'] ?? {})).toEqual(['hearsay']);
    expect(marksOf(at)).toEqual([['reservation', RESERVATION]]);
    expect(at.calls).toEqual([]);
  });

  test('of ids alone only marks the booking', async () => {
    const at = quiet();
    await at.take(idsOnly, 'e1');
    expect(storedEvent(at, 'e1')).toMatchObject({ outcome: 'marked' });
    expect(marksOf(at)).toEqual([['reservation', idsOnly.data.reservationId]]);
  });

  test.each([
    [{ data: {} }, 'data.reservationId'],
    [{ data: { reservationId: 7 } }, 'data.reservationId'],
    [{ reservation: { _id: { odd: true } } }, 'reservation._id'],
  ])('%j is parked with the path of the id', async (body, path) => {
    const at = quiet();
    await at.take({ event: 'reservation.updated.v2', ...body }, 'e1');
    expect(parked(at, 'e1')).toMatchObject({ reason: 'payload_unexpected', detail: `unexpected: ${path}` });
  });

  test.each([
    '2026-11-20T18:40:02.101Z',
    '2026-11-20T18:40:02.101',
    1_795_200_002_101,
    '1795200002101',
    1_795_200_002.101,
  ])('published at %j has that version', async publishedAt => {
    const at = quiet();
    await at.take({ ...datesEvent, publishedAt });
    expect(at.record('reservation', RESERVATION)).toMatchObject({ versions: { hearsay: 1_795_200_002_101 } });
  });

  test('heard out of order ends with the newest', async () => {
    const at = quiet();
    await at.take(datesEvent);
    await at.take(flatEvent);
    expect(at.facts('reservation', RESERVATION)).toMatchObject({ stay: [{ checkOutDate: '2026-11-25' }] });
  });

  test('keeps what it does not know in the stored event', async () => {
    const at = quiet();
    await at.take({ ...idsOnly, data: { ...idsOnly.data, moonPhase: 'waxing' } }, 'e1');
    expect(JSON.stringify(storedEvent(at, 'e1')?.['payload'])).toContain('moonPhase');
  });
});
