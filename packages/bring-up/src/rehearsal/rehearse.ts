import type { Step } from '../guide/steps.ts';
import type { House } from './house/open-house.ts';
import type { Typed } from './house/terminal.ts';
import { playOf } from './plays/all-plays.ts';
import { ALSO } from './plays/operation.ts';
import type { Play } from './plays/play.ts';

/** What one command of the guide came to. */
export interface CommandOutcome {
  readonly command: string;
  readonly how: Play['how'];
  readonly note: string;
  readonly ms: number;
  readonly isWell: boolean;
  /** Its last words where it is not well; otherwise what of it is worth a line, if anything. */
  readonly words?: string;
}

export interface StepOutcome {
  readonly id: string;
  readonly title: string;
  readonly ms: number;
  readonly commands: readonly CommandOutcome[];
  readonly isWell: boolean;
}

const WORDS_MAX = 3_000;
const AGAIN_AFTER_MS = 1_000;
const AGAIN_MS_MAX = 300_000;

/** Types what the guide says, in its order; the first command that is not well ends it. */
export async function rehearse(
  steps: readonly Step[],
  house: House,
  tell: (outcome: StepOutcome, index: number) => void,
): Promise<readonly StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  for (const [index, step] of steps.entries()) {
    const since = performance.now();
    const commands: CommandOutcome[] = [];
    for (const command of [...step.commands, ...(ALSO[step.id] ?? [])]) {
      commands.push(await play(command, house));
      if (commands.at(-1)?.isWell === false) break;
    }
    const isWell = commands.every(each => each.isWell);
    const outcome = { id: step.id, title: step.title, ms: performance.now() - since, commands, isWell };
    outcomes.push(outcome);
    tell(outcome, index);
    if (!isWell) break;
  }
  return outcomes;
}

async function play(command: string, house: House): Promise<CommandOutcome> {
  const found = playOf(command);
  if (found === undefined) {
    const words = 'Nobody has said how this is rehearsed: packages/bring-up/src/rehearsal/plays.';
    return { command, how: 'not_here', note: '', ms: 0, isWell: false, words };
  }
  const { how, note } = found;
  if (how === 'not_here') return { command, how, note, ms: 0, isWell: true };
  const since = performance.now();
  try {
    await found.before?.(house);
    const typed = await typeUntilDone(found, asTyped(found, command, house), house);
    const isWell = isAsExpected(found, typed);
    if (isWell) await found.after?.(house, typed);
    const words = isWell ? found.shows?.exec(typed.output)?.[0] : typed.output.trim().slice(-WORDS_MAX);
    return { command, how, note, ms: performance.now() - since, isWell, ...(words === undefined ? {} : { words }) };
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return { command, how, note, ms: performance.now() - since, isWell: false, words };
  }
}

const asTyped = ({ typed = line => line }: Play, command: string, { environment, values }: House): string =>
  typed(command.replaceAll(/\bENV\b/gu, environment).replaceAll(/\bPROJECT\b/gu, values.google.project_id));

async function typeUntilDone(found: Play, line: string, house: House): Promise<Typed> {
  const { terminal } = house;
  const stdin = found.stdin?.(house) ?? '';
  const until = performance.now() + AGAIN_MS_MAX;
  for (;;) {
    const typed = await terminal.type(line, stdin);
    const isOver = found.until === undefined || found.until.test(typed.output) || performance.now() > until;
    if (isOver || terminal.isInterrupted()) return typed;
    await new Promise(resolve => setTimeout(resolve, AGAIN_AFTER_MS));
  }
}

const isAsExpected = ({ exitCodes = [0], prints, until }: Play, { exitCode, output }: Typed): boolean =>
  exitCodes.includes(exitCode) && (prints?.test(output) ?? true) && (until?.test(output) ?? true);
