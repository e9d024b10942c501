import { describe, expect, test } from 'vitest';
import { findReservationId, publishedAt, readEventReservation } from './payload.ts';

describe('finding the reservation in an event', () => {
  test.each([
    ['data.reservationId', { data: { reservationId: 'r', _id: 'event' } }],
    ['data.reservation._id', { data: { reservation: { _id: 'r' } } }],
    ['data.reservation.id', { data: { reservation: { id: 'r' } } }],
    ['data._id', { data: { _id: 'r' } }],
    ['data.id', { data: { id: 'r' } }],
    ['reservationId', { reservationId: 'r' }],
    ['reservation._id', { reservation: { _id: 'r' } }],
  ])('its id in %s', (_place, payload) => {
    expect(findReservationId({ event: 'e', ...payload })).toBe('r');
  });

  test('no id is none, and neither is an empty one or a number', () => {
    for (const payload of [{}, { data: null }, { data: [] }, { data: { reservationId: '' } }, { reservationId: 7 }]) {
      expect(findReservationId(payload)).toBeUndefined();
    }
  });

  test('its description in any of the places', () => {
    for (const payload of [
      { reservation: { status: 'confirmed' } },
      { data: { status: 'confirmed' } },
      { data: { reservation: { status: 'confirmed' } } },
    ]) {
      expect(readEventReservation(payload)?.status).toBe('confirmed');
    }
    expect(readEventReservation({ event: 'e' })).toBeUndefined();
  });

  test('its time in any of the places', () => {
    const at = '2026-11-20T09:12:44.318Z';
    for (const payload of [{ publishedAt: at }, { data: { publishedAt: at } }, { meta: { publishedAt: at } }]) {
      expect(publishedAt(payload)).toBe(at);
    }
  });
});
