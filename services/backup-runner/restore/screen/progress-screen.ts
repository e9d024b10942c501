import type { StepProgress } from '../../src/run/step.ts';
import { paceOf, progressBar } from './progress-line.ts';

/** Progress on standard error: a bar that moves on a terminal, a line of JSON a second for everything else. */
export interface ProgressScreen {
  /** Begins a step; the function it returns is told how far it is. */
  begin(name: string): (progress: StepProgress) => void;
  end(): void;
}

const LINE_EVERY_MS = 1000;
const CLEAR_LINE = '\u001B[2K\r';

export function progressScreen(
  output: { readonly isTTY?: boolean; write(text: string): unknown },
  clock: () => number = () => performance.now(),
): ProgressScreen {
  const isTerminal = output.isTTY === true;
  return {
    begin(name) {
      const startedAt = clock();
      let lineAt = Number.NEGATIVE_INFINITY;
      return progress => {
        const now = clock();
        const isDone = progress.bytesTotal > 0 && progress.bytesDone >= progress.bytesTotal;
        if (!isTerminal && !isDone && now - lineAt < LINE_EVERY_MS) return;
        lineAt = now;
        const pace = paceOf(name, progress, now - startedAt);
        if (isTerminal) output.write(`${CLEAR_LINE}${progressBar(pace)}`);
        else output.write(`${JSON.stringify({ event: 'restore.progressed', ...pace })}\n`);
      };
    },
    end() {
      if (isTerminal) output.write(CLEAR_LINE);
    },
  };
}
