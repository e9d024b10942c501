import { says } from '../checks/answer-checks.ts';
import type { Stage } from '../stage/stage.ts';
import { sendJson } from '../stage/team-chat.ts';
import { deliverGuesty } from '../vendors/deliver-webhooks.ts';
import { guestDocument, reservationDocument, reservationEvent } from '../vendors/guesty-documents.ts';
import { dayAt, plusDays } from '../world/days.ts';
import type { Booking, WorldGuest } from '../world/world.ts';
import { askAndCheck } from './check.ts';

const PATIENCE_MS = 15_000;

/** A booking is made far ahead and can be asked for a moment later. */
export async function bookingArrives(stage: Stage): Promise<Booking> {
  const { world, screen, standIns, doors, index } = stage;
  const home = world.homes.find(candidate => candidate.name === 'River Terrace') ?? world.homes[0];
  if (home === undefined) throw new Error('the world has no homes');
  const guest: WorldGuest = {
    id: `6affff000000000000009${String(world.seed % 1000).padStart(3, '0')}`,
    first: 'Philippa',
    last: 'Greenhalgh',
    phone: '+44 20 7946 0199',
    email: 'philippa.greenhalgh@example.com',
  };
  const from = plusDays(dayAt(home.zone, world.at), 40);
  const booking: Booking = {
    id: `6affff000000000000001${String(world.seed % 1000).padStart(3, '0')}`,
    code: 'HMNEW042',
    status: 'confirmed',
    guest,
    people: 2,
    channel: 'direct',
    stays: [{ home, from, to: plusDays(from, 4), plannedArrival: '17:45' }],
    doorCode: '7391',
    wish: 'A quiet room, please.',
  };

  screen.title('A booking arrives');
  await sendJson(`${standIns.guesty}/_control/guests/${guest.id}`, 'PUT', guestDocument(guest));
  await sendJson(
    `${standIns.guesty}/_control/reservations/${booking.id}`,
    'PUT',
    reservationDocument(booking, new Date()),
  );
  const since = performance.now();
  await deliverGuesty(doors.guesty, [reservationEvent('reservation.created.v2', booking, new Date())]);
  const accepted = Math.round(performance.now() - since);
  const key = `guesty:reservation:${booking.id}`;
  const waited = await index.waitForText(key, text => text?.includes(guest.last) === true, PATIENCE_MS);
  if (waited === undefined) throw new Error('the new booking did not become searchable');
  screen.line(
    `Guesty's webhook carries ids only: accepted after ${accepted} ms, hydrated and searchable after ${accepted + waited} ms.`,
  );

  await askAndCheck(stage, { text: 'when does Philippa Greenhalgh arrive?', direct: true }, answer =>
    says(answer, 'Philippa Greenhalgh', home.name, '17:45', 'planned', 'HMNEW042'),
  );
  return booking;
}
