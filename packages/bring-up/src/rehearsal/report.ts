import type { CommandOutcome, StepOutcome } from './rehearse.ts';

/** One step in a line, and below it what did not run here and why, or what went wrong. Pure. */
export function describeStep({ title, ms, commands, isWell }: StepOutcome, index: number): string {
  const count = (how: CommandOutcome['how']): number => commands.filter(each => each.how === how).length;
  const parts = [
    [count('real'), 'real'],
    [count('stand_in'), 'against a stand-in'],
    [count('not_here'), 'not here'],
  ] as const;
  const said = parts.flatMap(([number, what]) => (number === 0 ? [] : [`${number} ${what}`]));
  const number = String(index + 1).padStart(2);
  const time = seconds(ms).padStart(7);
  const head = `${isWell ? '✓' : '✗'} ${number}  ${title.padEnd(42)}${time}  ${said.join(', ') || 'by hand'}`;
  const below = commands.flatMap(describeCommand);
  return [head, ...below.map(line => `        ${line}`)].join('\n');
}

function describeCommand({ command, how, note, isWell, words }: CommandOutcome): string[] {
  if (!isWell) return [`failed: ${command}`, ...(words ?? '').split('\n')];
  if (how === 'not_here') return [`not here: ${shortened(command)} (${note})`];
  return words === undefined ? [] : [shortened(command), ...words.split('\n')];
}

const COMMAND_MAX = 90;
const shortened = (command: string): string =>
  command.length > COMMAND_MAX ? `${command.slice(0, COMMAND_MAX)}…` : command;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** The last lines. */
export function describeEnd(outcomes: readonly StepOutcome[], steps: number): string {
  const commands = outcomes.flatMap(outcome => outcome.commands);
  const total = seconds(outcomes.reduce((sum, { ms }) => sum + ms, 0));
  const typed = commands.filter(({ how }) => how !== 'not_here').length;
  if (outcomes.length === steps && outcomes.every(({ isWell }) => isWell)) {
    return `From empty accounts to the first answer: ${steps} steps, ${typed} commands, ${total}.`;
  }
  return `Broken off in step ${outcomes.length} of ${steps}, after ${total}.`;
}
