import colours from 'picocolors';

/** How the story looks on a terminal, and the same without colour where there is none. */
export interface Screen {
  title(text: string): void;
  line(text: string): void;
  /** One line that is rewritten while something is under way; `done` leaves its last state. */
  progress(label: string): { at(done: number, total: number): void; done(text: string): void };
  question(who: string, room: string, text: string): void;
  answer(text: string, milliseconds: number): void;
  verdict(problems: readonly string[]): void;
}

const BAR_CELLS = 24;
const BAR_EVERY_MS = 80; // often enough to look alive, rarely enough for a slow terminal

export function createScreen(out: NodeJS.WriteStream): Screen {
  const write = (text: string): void => void out.write(text);
  const indent = (text: string, mark: string): string =>
    text
      .split('\n')
      .map(row => `    ${mark} ${row}`)
      .join('\n');
  return {
    title: text => write(`\n${colours.bold(colours.cyan(text))}\n`),
    line: text => write(`  ${text}\n`),
    progress: label => {
      let last = 0;
      return {
        at: (done, total) => {
          if (!out.isTTY || Date.now() - last < BAR_EVERY_MS) return;
          last = Date.now();
          const filled = total === 0 ? BAR_CELLS : Math.round((done / total) * BAR_CELLS);
          write(
            `\r  ${label} ${colours.green('█'.repeat(filled))}${colours.dim('░'.repeat(BAR_CELLS - filled))} ${done}/${total} `,
          );
        },
        done: text => write(`${out.isTTY ? '\r\u001b[2K' : ''}  ${label} ${text}\n`),
      };
    },
    question: (who, room, text) =>
      write(`\n  ${colours.bold(who)} ${colours.dim(room)}\n${indent(text, colours.dim('›'))}\n`),
    answer: (text, milliseconds) =>
      write(
        `  ${colours.bold(colours.magenta('innkeeper'))} ${colours.dim(`after ${milliseconds} ms`)}\n${indent(text, colours.magenta('│'))}\n`,
      ),
    verdict: problems => {
      if (problems.length === 0) write(`    ${colours.green('✓ matches the truth')}\n`);
      for (const problem of problems) write(`    ${colours.red(`✗ ${problem}`)}\n`);
    },
  };
}
