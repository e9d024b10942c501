import { kindIs } from '../stage/search-index.ts';
import type { Stage } from '../stage/stage.ts';
import { sendJson } from '../stage/team-chat.ts';
import { callDocument, callEvents } from '../vendors/aircall-events.ts';
import { deliverAircall, deliverGuesty } from '../vendors/deliver-webhooks.ts';
import {
  guestDocument,
  guestEvent,
  listingDocument,
  listingEvent,
  messageEvent,
  reservationDocument,
  reservationEvent,
} from '../vendors/guesty-documents.ts';
import type { Booking } from '../world/world.ts';

const PATIENCE_MS = 60_000;
/** Writes to the stand-in's own store, a few at once. */
const CONTROL_AT_ONCE = 16;

/** What the company has before the day starts: put into the vendors' stand-ins, then announced by signed webhooks. */
export async function loadBooks(stage: Stage): Promise<void> {
  const { world, screen, doors, index } = stage;
  screen.title(`The company: ${world.homes.length} homes in two time zones, ${world.bookings.length} bookings`);
  await fillVendors(stage);

  const bodies = [
    ...world.homes.map(listingEvent),
    ...world.guests.map(guestEvent),
    ...world.bookings.map(booking => reservationEvent('reservation.created.v2', booking, bookedAt(booking, stage))),
    ...world.letters.map(messageEvent),
  ];
  const accepting = screen.progress('Signed Guesty webhooks');
  const since = performance.now();
  await deliverGuesty(doors.guesty, bodies, done => accepting.at(done, bodies.length));
  const seconds = (performance.now() - since) / 1000;
  accepting.done(`${bodies.length} accepted, ${Math.round(bodies.length / seconds)} a second`);

  const calls = world.calls.flatMap(call => callEvents(call, doors.aircall.token));
  await deliverAircall(doors.aircall, calls);
  screen.line(`Aircall webhooks ${calls.length} accepted, of ${world.calls.length} calls`);

  const expected = [
    ['listing', world.homes.length],
    ['guest', world.guests.length],
    ['reservation', world.bookings.length],
    ['guest-message', world.letters.length],
    ['call', world.calls.length],
  ] as const;
  const total = expected.reduce((sum, [, count]) => sum + count, 0);
  const indexing = screen.progress('Searchable');
  let found = 0;
  for (const [kind, count] of expected) {
    const waited = await index.waitForCount(kindIs(kind), count, PATIENCE_MS, seen => indexing.at(found + seen, total));
    if (waited === undefined)
      throw new Error(`only ${await index.count(kindIs(kind))} of ${count} ${kind}s became searchable`);
    found += count;
  }
  if ((await stage.backOffice.waitUntilRead(PATIENCE_MS)) === undefined)
    throw new Error('Guesty was not read to the end');
  indexing.done(`${total} documents, ${((performance.now() - since) / 1000).toFixed(1)} s after the first webhook`);
}

async function fillVendors(stage: Stage): Promise<void> {
  const { world, standIns } = stage;
  const { guesty, aircall } = standIns;
  const puts = [
    ...world.homes.map(home => ({ vendor: guesty, path: `listings/${home.id}`, body: listingDocument(home) })),
    ...world.guests.map(guest => ({ vendor: guesty, path: `guests/${guest.id}`, body: guestDocument(guest) })),
    ...world.bookings.map(booking => ({
      vendor: guesty,
      path: `reservations/${booking.id}`,
      body: reservationDocument(booking, bookedAt(booking, stage)),
    })),
    ...world.calls.map(call => ({ vendor: aircall, path: `calls/${call.id}`, body: callDocument(call) })),
  ];
  const put = async (): Promise<void> => {
    for (let next = puts.shift(); next !== undefined; next = puts.shift()) {
      await sendJson(`${next.vendor}/_control/${next.path}`, 'PUT', next.body);
    }
  };
  await Promise.all(Array.from({ length: CONTROL_AT_ONCE }, put));
}

/** Days before the day: nothing of it is from the future, and nothing is news. */
const bookedAt = (booking: Booking, { world }: Stage): Date =>
  new Date(world.at.getTime() - 60_000 * (10 + Number(booking.doorCode)));
