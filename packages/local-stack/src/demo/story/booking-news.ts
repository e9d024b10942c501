import { fullName, keepsSecrets, neverSays, says } from '../checks/answer-checks.ts';
import { MORNING_ROUND } from '../stage/cast.ts';
import type { Stage } from '../stage/stage.ts';
import { sendJson } from '../stage/team-chat.ts';
import { deliverGuesty } from '../vendors/deliver-webhooks.ts';
import { reservationDocument, reservationEvent } from '../vendors/guesty-documents.ts';
import { arrivals, dayFrom } from '../world/truth.ts';
import type { Booking } from '../world/world.ts';
import { minutesUntilSaid } from './briefing.ts';
import { checkHere } from './check.ts';

const PATIENCE_MS = 15_000;
const FIRST_THOUGHT = '23:15';
const SECOND_THOUGHT = '23:40';

/** Two changes of one booking for today are told as one, unasked, and never again. */
export async function bookingChanges(stage: Stage): Promise<void> {
  const { screen, world } = stage;
  const [arrival] = arrivals(world, dayFrom(world.at));
  if (arrival === undefined) throw new Error('nobody arrives today in this world');
  const { booking, home, stay } = arrival;

  screen.title('A booking for today changes');
  await stage.backOffice.minutePasses(); // so that what was read of it meanwhile is known
  for (const time of [FIRST_THOUGHT, SECOND_THOUGHT]) {
    await changeAtGuesty(stage, { ...booking, stays: [{ ...stay, plannedArrival: time }] }, time);
  }
  screen.line(`(${fullName(booking.guest)} tells Guesty ${FIRST_THOUGHT}, thinks again, and says ${SECOND_THOUGHT})`);
  const isNews = (text: string): boolean => text.includes('Next 48 hours');
  const since = performance.now();
  const messages = await minutesUntilSaid(stage, isNews);
  const text = messages.filter(isNews).join('\n');
  screen.answer(text, Math.round(performance.now() - since));
  checkHere(stage, [
    ...says(text, 'booking changed', fullName(booking.guest), home.name, SECOND_THOUGHT, booking.code),
    ...says(text, `before: arrival ${stay.plannedArrival ?? 'not planned'}`),
    ...neverSays(text, FIRST_THOUGHT),
    ...(messages.filter(isNews).length === 1 ? [] : ['it was told more than once']),
    ...keepsSecrets(text, world),
  ]);

  await stage.backOffice.minutePasses();
  const later = await stage.chat.read(MORNING_ROUND);
  screen.line('The next minute has no news.');
  checkHere(stage, later.length === messages.length ? [] : [`there are ${later.length} messages now`]);
}

async function changeAtGuesty(stage: Stage, changed: Booking, time: string): Promise<void> {
  const { world, standIns, doors, index } = stage;
  const document = reservationDocument(changed, new Date(), world.at);
  await sendJson(`${standIns.guesty}/_control/reservations/${changed.id}`, 'PUT', document);
  await deliverGuesty(doors.guesty, [reservationEvent('reservation.updated.v2', changed, new Date())]);
  const key = `guesty:reservation:${changed.id}`;
  const waited = await index.waitForText(key, text => text?.includes(time) === true, PATIENCE_MS);
  if (waited === undefined) throw new Error('a changed booking did not become searchable');
}
