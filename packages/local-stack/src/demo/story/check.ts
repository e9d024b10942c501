import { keepsSecrets, type Problems } from '../checks/answer-checks.ts';
import { FRIDA, FRONT_DESK } from '../stage/cast.ts';
import type { Stage } from '../stage/stage.ts';
import type { Answered, AskedQuestion } from '../stage/team-chat.ts';

/** Asks, shows question and answer as the chat would, and holds the answer against the truth. */
export async function askAndCheck(
  stage: Stage,
  question: AskedQuestion,
  check: (answer: string) => Problems,
): Promise<Answered> {
  const { by = FRIDA, room = FRONT_DESK, direct, threadId, text } = question;
  stage.screen.question(by.name, direct ? 'direct message' : `#${room.name}${threadId ? ', in the thread' : ''}`, text);
  const answered = await stage.chat.ask(question);
  showVerdict(stage, answered, check);
  return answered;
}

export function showVerdict(stage: Stage, answered: Answered, check: (answer: string) => Problems): void {
  stage.screen.answer(answered.text, answered.milliseconds);
  checkHere(stage, [...check(answered.text), ...keepsSecrets(answered.text, stage.world)]);
}

/** What the story has just done is right, or these are the problems. */
export function checkHere({ screen, verdicts }: Stage, problems: Problems): void {
  screen.verdict(problems);
  if (problems.length === 0) verdicts.passed += 1;
  else verdicts.failed += 1;
}
