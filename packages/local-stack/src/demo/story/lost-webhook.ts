import * as z from 'zod';
import { says } from '../checks/answer-checks.ts';
import type { Stage } from '../stage/stage.ts';
import { sendJson } from '../stage/team-chat.ts';
import { reservationDocument, reservationEvent } from '../vendors/guesty-documents.ts';
import type { Booking } from '../world/world.ts';
import { askAndCheck, checkHere } from './check.ts';

const PATIENCE_MS = 20_000;
const LATER = '21:15';

/** A change of which no webhook ever comes, and a subscription that somebody deleted: five minutes heal both. */
export async function webhookGetsLost(stage: Stage, booking: Booking): Promise<void> {
  const { screen, standIns, index, backOffice } = stage;
  const name = booking.guest.first;

  screen.title('A webhook never comes');
  const before = await registerAtGuesty(stage);
  const moved = { ...booking, stays: booking.stays.map(stay => ({ ...stay, plannedArrival: LATER })) };
  const document = reservationDocument(moved, new Date(), stage.world.at);
  await sendJson(`${standIns.guesty}/_control/reservations/${booking.id}`, 'PUT', document);
  screen.line(`(${name} tells Guesty that it will be ${LATER}; the webhook about it is lost on the way)`);
  await backOffice.fiveMinutesPass();
  const found = await index.waitForText(
    `guesty:reservation:${booking.id}`,
    text => text?.includes(LATER) === true,
    PATIENCE_MS,
  );
  if (found === undefined) throw new Error('the change without a webhook was not found');
  screen.line(`The gap check, every five minutes, finds it; searchable ${found} ms after it began.`);
  await askAndCheck(stage, { text: `when does ${name} ${booking.guest.last} arrive?`, direct: true }, answer =>
    says(answer, LATER, 'planned'),
  );

  screen.line('');
  await sendJson(`${standIns.guesty}/_control/webhooks/${before}`, 'DELETE', {});
  screen.line('(somebody deletes the subscription at Guesty)');
  await backOffice.fiveMinutesPass();
  const after = await registerAtGuesty(stage);
  screen.line('The same round has registered it again, with a new secret that the Worker knows by itself.');
  const delivered = await deliverFromGuesty(stage, reservationEvent('reservation.updated.v2', moved, new Date()));
  checkHere(stage, [
    ...(after === before ? ['the deleted subscription is still the live one'] : []),
    ...(delivered.length > 0 && delivered.every(({ status }) => status === 200)
      ? []
      : ['a webhook signed with the new secret was not taken']),
  ]);
}

/** The id of the live subscription; made where there is none. */
async function registerAtGuesty({ backOffice }: Stage): Promise<string> {
  const registered = await backOffice.guesty.subscription({ action: 'register' });
  if (!registered.ok) throw new Error(registered.error.detail);
  const live = registered.value.state.subscriptions.find(({ role }) => role === 'live');
  if (live === undefined) throw new Error('no subscription is live after it was registered');
  return live.id;
}

const Delivered = z.object({ deliveries: z.array(z.object({ status: z.int() })) });

/** As Guesty does: to every subscription that has the event, signed with its own secret. */
async function deliverFromGuesty(
  { standIns }: Stage,
  { event, ...body }: { readonly event: string },
): Promise<z.infer<typeof Delivered>['deliveries']> {
  const reply = await fetch(`${standIns.guesty}/_control/webhooks/deliver`, {
    method: 'POST',
    body: JSON.stringify({ event, body }),
  });
  return Delivered.parse(await reply.json()).deliveries;
}
