/**
 * How far many things are, on stderr, with rate and time left: a bar where somebody looks, a line every tenth part where
 * it is kept.
 */
export interface ProgressBar {
  /** `by` more are done, one if not said; `note` stands behind the bar. */
  advance(by?: number, note?: string): void;
  end(): void;
}

/** `unit` is their plural: `histories`, `days`. */
export function progressBar(total: number, unit: string): ProgressBar {
  let done = 0;
  const { stderr } = process;
  const startedMs = performance.now();
  const figures = (): string => {
    const perSecond = done / Math.max((performance.now() - startedMs) / 1_000, 0.001);
    const pace =
      done === 0 ? '' : `, ${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s, ${clock((total - done) / perSecond)} left`;
    return `${done} of ${total} ${unit}${pace}`;
  };
  const draw = (note: string): void => {
    const cells = Math.round((done / total) * CELLS);
    stderr.write(`\r\u001B[K[${'#'.repeat(cells)}${'-'.repeat(CELLS - cells)}] ${figures()}  ${note}`);
  };
  if (stderr.isTTY) draw('');
  return {
    advance: (by = 1, note = '') => {
      const tenths = Math.floor((done * 10) / total);
      done += by;
      if (stderr.isTTY) draw(note);
      else if (Math.floor((done * 10) / total) > tenths) stderr.write(`· ${figures()}\n`);
    },
    end: () => {
      if (stderr.isTTY) stderr.write('\n');
    },
  };
}

const CELLS = 30;

/** `1:05`. */
function clock(seconds: number): string {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
