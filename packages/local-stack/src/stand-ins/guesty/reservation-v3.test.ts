import { expect, it } from 'vitest';
import { listing, reservation } from './__fixtures__/world.ts';
import { reservationById, searchedReservation } from './reservation-v3.ts';

const listingOf = () => listing;
const PLANNED = '2026-07-21T20:30:00.000Z';

it('names the home as each of the newer routes does, and what was planned as an instant', () => {
  const byId = reservationById(reservation('r1'), listingOf);
  expect(byId).toMatchObject({ _id: 'r1', stay: [{ unitId: listing._id, eta: PLANNED }] });
  const searched = searchedReservation(reservation('r1'), listingOf);
  expect(searched).toMatchObject({ reservationId: 'r1', stay: [{ listingId: listing._id, checkIn: PLANNED }] });
});

it.each([reservationById, searchedReservation])('tells not who comes, what was planned and what changed', show => {
  const told = reservation('r1', { guestId: 'g1', guest: { _id: 'g1', fullName: 'Mia' }, lastUpdatedAt: PLANNED });
  const shown = show(told, listingOf);
  expect(JSON.stringify(shown)).toContain('g1');
  expect(JSON.stringify(shown)).not.toMatch(/Mia|plannedArrival|plannedDeparture|lastUpdatedAt/u);
});
