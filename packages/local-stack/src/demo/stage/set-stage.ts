import type { RunningStack } from '../../supervisor/start-stack.ts';
import type { Screen } from '../screen/screen.ts';
import type { World } from '../world/world.ts';
import { openBackOffice } from './back-office.ts';
import { openNightShift } from './night-shift.ts';
import { openSearchIndex } from './search-index.ts';
import type { Stage } from './stage.ts';
import { openStoredQuestions } from './stored-questions.ts';
import { enterTeamChat } from './team-chat.ts';

/** A stage on a running stack: the people and rooms are made, nothing is played yet. */
export async function setStage(running: RunningStack, world: World, screen: Screen): Promise<Stage> {
  const stack = running.stack();
  const { endpoints, components } = stack;
  const { botUserId, botUsername } = endpoints.rocketchatQuestion;
  return {
    world,
    screen,
    chat: await enterTeamChat({ url: components.rocketchat.url, botUserId, botUsername }),
    index: openSearchIndex(components.qdrant),
    interactions: openStoredQuestions(components.firestore),
    backOffice: openBackOffice(stack, running.home),
    night: openNightShift(stack, running.home),
    doors: { guesty: endpoints.guestyWebhook, aircall: endpoints.aircallWebhook },
    standIns: {
      guesty: new URL(components.guesty.url).origin,
      aircall: new URL(components.aircall.url).origin,
      groq: new URL(components.groq.url).origin,
    },
    verdicts: { passed: 0, failed: 0 },
  };
}
