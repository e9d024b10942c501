import {
  says,
  saysHomes,
  saysNumber,
  saysStays,
  strangers,
  withoutFooter,
  withoutHeld,
} from '../checks/answer-checks.ts';
import type { Stage } from '../stage/stage.ts';
import { dayAt, instantAt, plusDays, weekday } from '../world/days.ts';
import { arrivals, dayFrom, departures, freeHomes, sleepingIn, turnovers } from '../world/truth.ts';
import { askAndCheck, showVerdict } from './check.ts';

/** The questions every morning starts with: lists that must be complete and at the right clock. */
export async function askMorningQuestions(stage: Stage): Promise<void> {
  const { world, screen } = stage;
  screen.title('The morning round');
  const today = dayFrom(world.at);
  const tomorrow = dayFrom(world.at, day => plusDays(day, 1));

  const first = await askAndCheck(stage, { text: 'who is checking in today and at what time' }, answer => [
    ...saysStays(answer, world, arrivals(world, today)),
    ...says(answer, 'as of'),
  ]);
  await askAndCheck(stage, { text: 'and tomorrow?', threadId: first.messageId }, answer =>
    saysStays(answer, world, arrivals(world, tomorrow)),
  );

  // Half past one in the night in Lisbon it is still the evening before in Hudson: "tomorrow" is two different dates.
  const [lisbon] = world.homes;
  const night = instantAt(lisbon?.zone ?? 'UTC', plusDays(dayAt(lisbon?.zone ?? 'UTC', world.at), 1), '01:30');
  screen.line('');
  screen.line(`(asked at ${night.toISOString()}: already the next day in Lisbon, still the evening before in Hudson)`);
  await askAndCheck(stage, { text: 'who is checking out tomorrow?', at: night }, answer =>
    saysStays(
      answer,
      world,
      departures(
        world,
        dayFrom(night, day => plusDays(day, 1)),
      ),
    ),
  );

  const edited = await askAndCheck(stage, { text: 'which homes have a turnover today?' }, answer =>
    saysHomes(withoutFooter(answer), world, turnovers(world, today)),
  );
  screen.line('');
  screen.line('(Frida edits her message: "how many arrivals are there today?")');
  const corrected = await stage.chat.edit(edited.messageId, 'how many arrivals are there today?', edited.text);
  showVerdict(stage, corrected, answer => saysNumber(answer, arrivals(world, today).length));

  await askAndCheck(stage, { text: 'which homes are free tonight?' }, answer =>
    saysHomes(withoutHeld(withoutFooter(answer)), world, freeHomes(world, today)),
  );

  const garden = world.homes.find(home => home.name === 'Garden Studio');
  if (garden === undefined) throw new Error('the world has no Garden Studio');
  const friday = nextFriday(dayAt(garden.zone, world.at));
  const taken = sleepingIn(world, garden, friday);
  await askAndCheck(stage, { text: 'is the Garden Studio free on Friday?' }, answer => [
    ...says(answer, 'Garden Studio', ...(taken.length === 0 ? ['free'] : ['not free'])),
    ...taken.flatMap(booking => says(answer, `${booking.guest.first} ${booking.guest.last}`)),
    ...strangers(answer, world, guest => taken.some(booking => booking.guest === guest)),
  ]);
}

/** The Friday that "on Friday" means: today if it is one. */
const nextFriday = (today: string): string => plusDays(today, (5 - weekday(today) + 7) % 7);
