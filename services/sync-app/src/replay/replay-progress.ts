import type { ProgressScreen } from '../terminal/progress-screen.ts';

/** Progress through a known number of things, with the rate since it began. */
export interface Progressing {
  readonly advance: (count: number) => void;
  /** So many are done by now. */
  readonly reach: (done: number) => void;
}

export function startProgress(screen: ProgressScreen, name: string, total: number, clock: () => number): Progressing {
  const startedAt = clock();
  let done = 0;
  const show = (): void => {
    const seconds = (clock() - startedAt) / 1_000;
    screen.show([{ name, done, total, ...(seconds > 0 ? { perSecond: done / seconds } : {}) }]);
  };
  show();
  return {
    advance(count) {
      done += count;
      show();
    },
    reach(reached) {
      done = reached;
      show();
    },
  };
}
