import { readStackFile } from '../supervisor/stack-file.ts';
import { openStackHome } from '../supervisor/stack-home.ts';
import { askInChat } from './ask-in-chat.ts';
import { readArguments } from './read-arguments.ts';

/** `./dev ask "…"`: one question to a running stack, as somebody in the team chat would ask it. */
const HELP = `Usage: ./dev ask "who is checking in today and at what time?" [--room NAME] [--user NAME] [--direct]

Writes the question into the team chat of a running stack and prints the reply with its sources.
  --room NAME  the channel to ask in (front-desk)
  --user NAME  who asks (frida)
  --direct     ask the assistant in a direct message instead`;

const { values, positionals } = readArguments(HELP, {
  allowPositionals: true,
  options: {
    room: { type: 'string', default: 'front-desk' },
    user: { type: 'string', default: 'frida' },
    direct: { type: 'boolean', default: false },
  },
});
const question = positionals.join(' ').trim();
if (question === '') refuse('What is the question? For example: ./dev ask "who is checking in today?"');
else await ask();

async function ask(): Promise<void> {
  const home = openStackHome(process.env);
  const stack = readStackFile(home.stackFile);
  if (stack === undefined) return refuse(`No stack is ready in ${home.root}. Start one with ./dev up, then ask again.`);
  const answer = await askInChat(stack, {
    question,
    username: values.user,
    room: values.direct ? undefined : values.room.replace(/^#/u, ''),
  });
  if (!answer.ok) return refuse(answer.error);
  console.log(answer.value.join('\n'));
}

function refuse(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
