import { neverSays, says } from '../checks/answer-checks.ts';
import type { Stage } from '../stage/stage.ts';
import { sendJson } from '../stage/team-chat.ts';
import { callDocument, callEvents } from '../vendors/aircall-events.ts';
import { deliverAircall } from '../vendors/deliver-webhooks.ts';
import { dayFrom, sleepingIn } from '../world/truth.ts';
import type { PhoneCall, World } from '../world/world.ts';
import { askAndCheck } from './check.ts';

const PATIENCE_MS = 15_000;
const WISH = 'early check-in at noon';

/** A guest phones, and people ask about what was said. */
export async function talkAndAsk(stage: Stage): Promise<void> {
  const { world, screen, doors, standIns, index } = stage;
  screen.title('A guest phones');
  const call = earlyCheckInCall(world);
  const since = performance.now();
  await sendJson(`${standIns.aircall}/_control/calls/${call.id}`, 'PUT', callDocument(call));
  await deliverAircall(doors.aircall, callEvents(call, doors.aircall.token));
  // The call itself is found from its first ring on; what it was about comes with its last event.
  const isNoted = (text: string | undefined): boolean => text?.includes(WISH) === true;
  const waited = await index.waitForText(`aircall:call:${call.id}`, isNoted, PATIENCE_MS);
  if (waited === undefined) throw new Error('the note on the call did not become searchable');
  screen.line(
    `${call.from.first} ${call.from.last} calls, ${call.agent} notes what for; searchable ${Math.round(performance.now() - since)} ms after the first ring's webhook.`,
  );
  await askAndCheck(stage, { text: 'did anyone call about an early check-in?' }, answer =>
    says(answer, WISH, call.from.last),
  );

  screen.title('What was said');
  const heating = world.letters.find(letter => letter.text.includes('heating'));
  const home = heating?.booking.stays.find(stay =>
    sleepingIn(world, stay.home, dayFrom(world.at)(stay.home)).includes(heating.booking),
  )?.home;
  if (heating === undefined || home === undefined) throw new Error('the world has no message about the heating');
  await askAndCheck(stage, { text: `what did the guest in ${home.name} say about the heating?` }, answer => [
    ...says(answer, 'heating in the bedroom has stopped working', heating.booking.guest.last),
    ...neverSays(answer, 'dishwasher'),
  ]);
  await askAndCheck(stage, { text: `what is the wifi password of ${home.name}?` }, answer =>
    says(answer, home.wifi.split('password ')[1] ?? home.wifi),
  );
  await askAndCheck(
    stage,
    { text: `what is the phone number of ${heating.booking.guest.first} ${heating.booking.guest.last}?` },
    answer => says(answer, 'not shown in chat'),
  );
  await askAndCheck(stage, { text: 'which football team does the plumber support?' }, answer =>
    says(answer, "I don't know"),
  );
}

/** Somebody who has a booking ahead asks to come earlier. */
export function earlyCheckInCall(world: World): PhoneCall {
  const booking = world.bookings.find(candidate => candidate.status === 'confirmed');
  if (booking === undefined) throw new Error('the world has no booking ahead');
  return {
    id: 910_000_500,
    from: booking.guest,
    at: new Date(world.at.getTime() - 5 * 60_000),
    missed: false,
    agent: 'Frida',
    note: `Asks for an ${WISH}, the flight lands at ten. Promised to ask housekeeping.`,
  };
}
