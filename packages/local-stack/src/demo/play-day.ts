import type { RunningStack } from '../supervisor/start-stack.ts';
import type { Screen } from './screen/screen.ts';
import { setStage } from './stage/set-stage.ts';
import type { Stage } from './stage/stage.ts';
import { talkAndAsk } from './story/afternoon.ts';
import { surviveBadHour } from './story/bad-hour.ts';
import { bookingChanges } from './story/booking-news.ts';
import { briefTheMorning } from './story/briefing.ts';
import { forgetGuest } from './story/forget-guest.ts';
import { standAtFrontDesk } from './story/front-desk.ts';
import { loadBooks } from './story/load-books.ts';
import { webhookGetsLost } from './story/lost-webhook.ts';
import { askMorningQuestions } from './story/morning.ts';
import { bookingArrives } from './story/new-booking.ts';
import { backUpTheNight } from './story/night.ts';
import { leaveNotes, teamTalks } from './story/team-talk.ts';
import type { World } from './world/world.ts';

/** A day at the company, told scene by scene on a running stack. */
export async function playDay(stack: RunningStack, world: World, screen: Screen): Promise<Stage['verdicts']> {
  const stage = await setStage(stack, world, screen);
  await loadBooks(stage);
  await briefTheMorning(stage);
  await askMorningQuestions(stage);
  await standAtFrontDesk(stage);
  const booking = await bookingArrives(stage);
  await webhookGetsLost(stage, booking);
  await talkAndAsk(stage);
  await teamTalks(stage);
  await surviveBadHour(stage);
  await bookingChanges(stage);
  await forgetGuest(stage, booking);
  await backUpTheNight(stage);
  return stage.verdicts;
}

/** Only what the company has before the day starts. */
export async function fillCompany(stack: RunningStack, world: World, screen: Screen): Promise<void> {
  const stage = await setStage(stack, world, screen);
  await leaveNotes(stage);
  await loadBooks(stage);
}

/** Parts the story steers from behind the scenes, by the variable that would replace each. */
const STEERED = {
  rocketchat: 'ROCKETCHAT_URL',
  guesty: 'GUESTY_BASE_URL',
  groq: 'GROQ_API_KEY and GROQ_BASE_URL',
  hetzner: 'HCLOUD_ENDPOINT',
} as const;

/** What must be unset before the story can be told; empty when nothing. */
export function findUnsteerable(stack: RunningStack): string[] {
  const { components } = stack.stack();
  return (['rocketchat', 'guesty', 'groq', 'hetzner'] as const)
    .filter(part => !components[part].standIn)
    .map(part => STEERED[part]);
}
