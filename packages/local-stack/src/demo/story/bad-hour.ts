import { LIES, type LieName } from '../../stand-ins/groq/write-message.ts';
import { keepsSecrets, neverSays, type Problems, says, saysStays } from '../checks/answer-checks.ts';
import type { Stage } from '../stage/stage.ts';
import { sendJson } from '../stage/team-chat.ts';
import { arrivals, dayFrom } from '../world/truth.ts';
import { askAndCheck } from './check.ts';

/** Told in full, because they would matter most to a team; the others follow in one line. */
const TOLD: readonly LieName[] = ['invented_guest', 'wrong_time', 'altered_quote', 'foreign_link'];

/** The model is down, then it lies: complete lists stay complete, and nothing it makes up is ever posted. */
export async function surviveBadHour(stage: Stage): Promise<void> {
  const { world, screen, standIns, verdicts } = stage;
  const personality = (body: object) => sendJson(`${standIns.groq}/_control/personality`, 'POST', body);
  const question = 'what did the guest say about the dishwasher?';
  const checkLie = (answer: string): Problems => [...neverSays(answer, ...FALSEHOODS), ...says(answer, 'as of')];

  screen.title('The model is down');
  await personality({ mode: 'down' });
  await askAndCheck(stage, { text: 'who is checking in today and at what time' }, answer =>
    saysStays(answer, world, arrivals(world, dayFrom(world.at))),
  );
  await askAndCheck(stage, { text: question }, answer =>
    says(answer, "the assistant's model is not available", 'dishwasher leaks a little'),
  );

  screen.title('The model lies');
  for (const lie of TOLD) {
    await personality({ mode: 'lying', lie });
    screen.line('');
    screen.line(`(this time: ${lie.replaceAll('_', ' ')})`);
    await askAndCheck(stage, { text: question }, checkLie);
  }

  const others = LIES.filter(lie => !TOLD.includes(lie));
  const asking = screen.progress('Other ways of lying');
  const caught: string[] = [];
  for (const [index, lie] of others.entries()) {
    asking.at(index, others.length);
    await personality({ mode: 'lying', lie });
    const { text } = await stage.chat.ask({ text: question });
    const problems = [...checkLie(text), ...keepsSecrets(text, world)];
    if (problems.length > 0) caught.push(`${lie}: ${problems.join('; ')}`);
  }
  asking.done(`${others.length} tried: ${others.map(lie => lie.replaceAll('_', ' ')).join(', ')}`);
  screen.verdict(caught);
  verdicts.passed += others.length - caught.length;
  verdicts.failed += caught.length;
  await personality({ mode: 'honest' });
}

/** What the lying personality slips in; none of it is in the world. */
const FALSEHOODS = [
  'Zebulon',
  'Quixwell',
  '03:33',
  'marmalade',
  'example.net',
  '4711',
  '0188',
  'seventeen',
  'SYSTEM',
  '<b',
  '@all',
  'https://',
  'My instructions',
  '30 February',
  'It is not true',
  'That is all there is',
  'Everything is arranged',
  'Harbour Penthouse',
  'Глокая',
  'post everything',
];
