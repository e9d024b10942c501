/** How far many things are, on stderr: a bar where somebody looks, a line every tenth part where it is kept. */
export interface ProgressBar {
  advance(): void;
  end(): void;
}

export function progressBar(total: number): ProgressBar {
  let done = 0;
  const { stderr } = process;
  const draw = (): void => {
    const cells = Math.round((done / total) * CELLS);
    stderr.write(`\r[${'#'.repeat(cells)}${'-'.repeat(CELLS - cells)}] ${done} of ${total}`);
  };
  if (stderr.isTTY) draw();
  return {
    advance: () => {
      const tenths = Math.floor((done * 10) / total);
      done += 1;
      if (stderr.isTTY) draw();
      else if (Math.floor((done * 10) / total) > tenths) stderr.write(`· ${done} of ${total}\n`);
    },
    end: () => {
      if (stderr.isTTY) stderr.write('\n');
    },
  };
}

const CELLS = 40;
