import { neverSays, says } from '../checks/answer-checks.ts';
import { BRUNO, FRIDA, FRONT_DESK, OLGA, OWNERS, type Person, type Room } from '../stage/cast.ts';
import type { Stage } from '../stage/stage.ts';
import { askAndCheck } from './check.ts';

const PATIENCE_MS = 15_000;
const keyOf = (messageId: string): string => `chat-message:${messageId}`;

/** Colleagues write to each other: what they said can be asked for, where everybody who reads the answer may know. */
export async function teamTalks(stage: Stage): Promise<void> {
  const { screen } = stage;
  const home = stage.world.homes[0]?.name;
  if (home === undefined) throw new Error('the world has no homes');

  screen.title('The team talks');
  // No guest of any world wishes for a telescope: once the message is gone, there is nothing else to quote.
  const promise = await sayAndWait(
    stage,
    BRUNO,
    FRONT_DESK,
    `I promised the guests a telescope in ${home} before four o'clock`,
  );
  const question = { text: 'what did Bruno promise about the telescope?' };
  const { messageId } = await askAndCheck(stage, question, answer => isTold(answer, 'before four', 'Bruno'));
  await thumbsUp(stage, FRIDA, messageId);

  screen.line('');
  screen.line('(Bruno edits his message: "… before six o\'clock")');
  await stage.chat.reword(
    BRUNO,
    FRONT_DESK,
    promise,
    `I promised the guests a telescope in ${home} before six o'clock`,
  );
  await waitFor(stage, promise, text => text?.includes('six') === true, 'edited', 'the new words count');
  await askAndCheck(stage, question, answer => [
    ...isTold(answer, 'before six', 'Bruno'),
    ...neverSays(answer, 'before four'),
  ]);

  screen.line('');
  screen.line('(Bruno deletes his message)');
  await stage.chat.retract(BRUNO, FRONT_DESK, promise);
  await waitFor(stage, promise, text => text === undefined, 'deleted', 'nobody can quote it any more');
  await askAndCheck(stage, question, answer => [
    ...says(answer, "I don't know"),
    ...neverSays(answer, 'promised the guests'),
  ]);

  screen.title('A private room stays private');
  await sayAndWait(stage, OLGA, OWNERS, 'The new boiler was quoted at eleven thousand, we decide on Monday');
  const boiler = 'what was said about the new boiler?';
  await askAndCheck(stage, { text: boiler }, isKeptFrom);
  await askAndCheck(stage, { text: boiler, direct: true }, isKeptFrom);
  await askAndCheck(stage, { text: boiler, by: OLGA }, isKeptFrom); // Frida reads the answer, too.
  await askAndCheck(stage, { text: boiler, by: BRUNO, room: OWNERS }, isBoilerTold);
  await askAndCheck(stage, { text: boiler, by: BRUNO, direct: true }, isBoilerTold);
}

const isTold = (answer: string, ...phrases: string[]) => [
  ...says(answer, ...phrases),
  ...neverSays(answer, "I don't know"),
];
const isBoilerTold = (answer: string) => isTold(answer, 'quoted at eleven thousand', 'Olga');
const isKeptFrom = (answer: string) => [...says(answer, "I don't know"), ...neverSays(answer, 'eleven thousand')];

/** What a newcomer finds when opening the chat for the first time. */
export async function leaveNotes(stage: Stage): Promise<void> {
  for (const [by, room, text] of NOTES) await stage.chat.say(by, room, text);
}

const NOTES: readonly (readonly [Person, Room, string])[] = [
  [OLGA, FRONT_DESK, 'Good morning! The lift in the Alfama house is being serviced until noon.'],
  [BRUNO, FRONT_DESK, 'Fresh linen for all turnovers is in the cellar, the blue boxes are for Tram Corner.'],
  [FRIDA, FRONT_DESK, 'Thank you. The dishwasher man comes on Tuesday between nine and eleven.'],
  [OLGA, OWNERS, 'The new boiler was quoted at eleven thousand, we decide on Monday.'],
];

async function sayAndWait(stage: Stage, by: Person, room: Room, text: string): Promise<string> {
  stage.screen.question(by.name, `#${room.name}`, text);
  const messageId = await stage.chat.say(by, room, text);
  await waitFor(stage, messageId, found => found !== undefined, 'written', 'searchable');
  return messageId;
}

async function waitFor(
  stage: Stage,
  messageId: string,
  isWanted: (text: string | undefined) => boolean,
  done: string,
  outcome: string,
): Promise<void> {
  const waited = await stage.index.waitForText(keyOf(messageId), isWanted, PATIENCE_MS);
  if (waited === undefined) throw new Error(`a message that was ${done} did not reach the index`);
  stage.screen.line(`${outcome} ${waited} ms after it was ${done}`);
}

/** A reaction reaches the stored question through MongoDB. */
async function thumbsUp(stage: Stage, by: Person, questionId: string): Promise<void> {
  await stage.chat.react(by, questionId, ':thumbsup:');
  const problems = (await stage.interactions.waitForFeedback(questionId, by.username, PATIENCE_MS))
    ? []
    : ['the 👍 did not reach the stored question'];
  stage.screen.line(`${by.name} gives the answer a 👍; it is kept with the question.`);
  stage.screen.verdict(problems);
  stage.verdicts[problems.length === 0 ? 'passed' : 'failed'] += 1;
}
