import { setTimeout as pause } from 'node:timers/promises';
import { fullName, keepsSecrets, type Problems, says, saysHomes, saysStays } from '../checks/answer-checks.ts';
import { MORNING_ROUND } from '../stage/cast.ts';
import type { Stage } from '../stage/stage.ts';
import { dayAt, instantAt, plusDays } from '../world/days.ts';
import { arrivals, dayFrom, departures, missedCalls, turnovers, unanswered } from '../world/truth.ts';
import type { World } from '../world/world.ts';
import { checkHere } from './check.ts';

const PATIENCE_MS = 15_000;
const POLL_MS = 50;

/** Nobody asks: the briefing comes at its time, once, however often the clock strikes. */
export async function briefTheMorning(stage: Stage): Promise<void> {
  const { screen, world } = stage;
  screen.title('The morning briefing');
  await stage.chat.openRoom(MORNING_ROUND);
  screen.line(`(#${MORNING_ROUND.name} is opened; its briefing is due, and comes without a question)`);
  const since = performance.now();
  const posted = await minutesUntilSaid(stage, text => text.includes('Morning briefing'));
  const text = posted.join('\n');
  screen.answer(text, Math.round(performance.now() - since));
  checkHere(stage, [...isBriefed(text, world), ...keepsSecrets(text, world)]);

  await stage.backOffice.minutePasses();
  const later = await stage.chat.read(MORNING_ROUND);
  screen.line('The next minute brings no second one.');
  checkHere(stage, later.length === posted.length ? [] : [`there are ${later.length} messages now`]);
}

/** The clock strikes until something is said in the room; all that stands there then. */
export async function minutesUntilSaid(
  { chat, backOffice }: Stage,
  isSaid: (text: string) => boolean,
): Promise<readonly string[]> {
  const since = performance.now();
  while (performance.now() - since < PATIENCE_MS) {
    await backOffice.minutePasses();
    const messages = await chat.read(MORNING_ROUND);
    if (messages.some(isSaid)) return messages;
    await pause(POLL_MS);
  }
  throw new Error(`nothing of the kind was said in #${MORNING_ROUND.name}`);
}

/** Each part under its own heading: who comes, who leaves, what changes hands, who waits for an answer. */
function isBriefed(text: string, world: World): Problems {
  const today = dayFrom(world.at);
  const changing = turnovers(world, today);
  const [office] = world.homes;
  const zone = office?.zone ?? 'UTC';
  const yesterday = instantAt(zone, plusDays(dayAt(zone, world.at), -1), '00:00');
  return [
    ...saysStays(under(text, '*Checking in'), world, arrivals(world, today)),
    ...saysStays(under(text, '*Checking out'), world, departures(world, today)),
    ...(changing.length === 0 ? [] : saysHomes(under(text, '*Turnovers'), world, changing)),
    ...(changing.length === 0 ? [] : says(under(text, '*Ready for arrivals'), 'not ready')),
    ...says(under(text, '*Unanswered'), ...unanswered(world).map(({ booking }) => fullName(booking.guest))),
    ...says(under(text, '*Missed calls'), ...missedCalls(world, yesterday).map(({ from }) => fullName(from))),
    ...says(text, 'as of'),
  ];
}

/** From a heading to the next one. */
function under(text: string, heading: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex(line => line.startsWith(heading));
  const rest = at < 0 ? [] : lines.slice(at + 1);
  const end = rest.findIndex(line => line.startsWith('*') || line.startsWith('as of'));
  return [lines[at] ?? '', ...(end < 0 ? rest : rest.slice(0, end))].join('\n');
}
