import {
  fullName,
  neverSays,
  type Problems,
  says,
  saysHomes,
  saysStays,
  strangers,
  withoutFooter,
  withoutHeld,
} from '../checks/answer-checks.ts';
import type { Stage } from '../stage/stage.ts';
import { plusDays } from '../world/days.ts';
import {
  arrivals,
  dayFrom,
  departures,
  freeHomes,
  guestsNowOrAhead,
  type StayFact,
  sleepingIn,
  turnovers,
} from '../world/truth.ts';
import type { Booking, Home, World } from '../world/world.ts';
import { askAndCheck } from './check.ts';

/** What a front desk is asked all day long, and may decide only by what is recorded. */
export async function standAtFrontDesk(stage: Stage): Promise<void> {
  const { world, screen } = stage;
  const today = dayFrom(world.at);
  screen.title('At the front desk');
  await askIfReady(stage);
  await askAndCheck(stage, { text: 'who has not arrived yet?' }, answer =>
    saysStays(answer, world, arrivals(world, today)),
  );
  await askToStayLonger(stage);
  await askForNamesakes(stage);
  await askForDoorCode(stage);

  screen.title('In other languages');
  const tomorrow = dayFrom(world.at, day => plusDays(day, 1));
  await askAndCheck(stage, { text: 'wer reist morgen ab?' }, answer =>
    saysStays(answer, world, departures(world, tomorrow)),
  );
  await askAndCheck(stage, { text: '¿qué casas están libres esta noche?' }, answer =>
    saysHomes(withoutHeld(withoutFooter(answer)), world, freeHomes(world, today)),
  );
  // No rule reads Italian: the model says what is asked for, code counts the day and finds the bookings.
  await askAndCheck(stage, { text: 'chi arriva domani?' }, answer =>
    saysStays(answer, world, arrivals(world, tomorrow)),
  );
}

/** The guest before is not recorded as gone, so nobody may come early. */
async function askIfReady(stage: Stage): Promise<void> {
  const { world } = stage;
  const { home, coming, leaving } = changeOfGuests(world);
  const isAbout = (answer: string): Problems => [
    ...says(answer, home.name, fullName(coming.booking.guest), leaving.time),
    ...strangers(answer, world, guest => guest === coming.booking.guest || guest === leaving.booking.guest),
  ];
  await askAndCheck(stage, { text: `is the ${home.name} ready?` }, answer => [
    ...isAbout(answer),
    ...says(answer, 'not ready', 'checked in'),
  ]);
  await askAndCheck(stage, { text: `can ${fullName(coming.booking.guest)} check in at 12?` }, answer => [
    ...isAbout(answer),
    ...says(answer, 'check-in at 12:00', leaving.time < '12:00' ? 'not ready' : '*no*'),
  ]);
}

function changeOfGuests(world: World): { home: Home; coming: StayFact; leaving: StayFact } {
  const today = dayFrom(world.at);
  const [home] = turnovers(world, today);
  const coming = arrivals(world, today).find(arrival => arrival.home === home);
  const leaving = departures(world, today).find(departure => departure.home === home);
  if (home === undefined || coming === undefined || leaving === undefined) {
    throw new Error('no home changes guests today in this world');
  }
  return { home, coming, leaving };
}

async function askToStayLonger(stage: Stage): Promise<void> {
  const { world } = stage;
  const { home, booking } = sleeper(world);
  const lastDay = booking.stays.at(-1)?.to ?? '';
  const next = sleepingIn(world, home, lastDay);
  await askAndCheck(stage, { text: `can ${fullName(booking.guest)} stay another night?` }, answer => [
    ...says(answer, home.name, ...next.map(({ guest }) => fullName(guest))),
    ...(next.length === 0 ? neverSays(answer, 'not free') : says(answer, 'not free')),
    ...strangers(answer, world, guest => [booking, ...next].some(known => known.guest === guest)),
  ]);
}

/** Somebody who sleeps here tonight. */
function sleeper(world: World): { home: Home; booking: Booking } {
  const today = dayFrom(world.at);
  const found = world.homes.flatMap(home => sleepingIn(world, home, today(home)).map(booking => ({ home, booking })));
  const [first] = found.filter(({ booking }) => booking.status === 'checked_in');
  if (first === undefined) throw new Error('nobody sleeps here tonight in this world');
  return first;
}

/** A first name alone is asked back, with everybody it can mean. */
async function askForNamesakes(stage: Stage): Promise<void> {
  const { world } = stage;
  const byName = Map.groupBy(guestsNowOrAhead(world), ({ first }) => first);
  const [namesakes = []] = [...byName.values()]
    .filter(guests => guests.length > 1)
    .toSorted((left, right) => left.length - right.length);
  await askAndCheck(stage, { text: `when does ${namesakes[0]?.first ?? ''} leave?` }, answer => [
    ...says(answer, 'Which', ...namesakes.map(fullName)),
    ...strangers(answer, world, guest => namesakes.includes(guest)),
  ]);
}

/** Not shown, but one click away. */
async function askForDoorCode(stage: Stage): Promise<void> {
  const { home, booking } = sleeper(stage.world);
  await askAndCheck(stage, { text: `what is the door code of ${home.name}?` }, answer =>
    says(answer, 'not shown in chat', `https://app.guesty.com/reservations/${booking.id}/summary`),
  );
}
