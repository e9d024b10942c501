import type { Clock } from './clock.ts';

/** Hands out what is due to a bounded number of concurrent runs, for as long as there is any; then sleeps until it is. */
export interface DispatchLoop {
  /** Looks for due work; called whenever some may have arrived. */
  wake(): void;
  /**
   * Hands out nothing more and waits for running work, but not for ever: what is not settled then is handed out again
   * by the next process.
   */
  stop(): Promise<void>;
}

/** Runs one piece of work. Once `isAbandoned`, its outcome is nobody's any more and must not be stored. */
export type Run = (isAbandoned: () => boolean) => Promise<void>;

export interface DispatchLoopOptions {
  readonly clock: Clock;
  /** Runs at the same time. */
  readonly concurrencyMax: number;
  /** Takes up to `free` pieces of work that are due, so that nobody else gets them. */
  readonly takeDue: (free: number) => readonly Run[];
  /** Milliseconds until the next piece is due; `undefined` when there is none to wait for. */
  readonly nextDueInMs: () => number | undefined;
}

/** Of the ten seconds a process has to end. */
const STOP_MS_MAX = 5_000;

export function startDispatchLoop({ clock, concurrencyMax, takeDue, nextDueInMs }: DispatchLoopOptions): DispatchLoop {
  const running = new Set<Promise<void>>();
  const state = { stopped: false, abandoned: false };
  let cancelTimer: (() => void) | undefined;

  const pump = (): void => {
    cancelTimer?.();
    cancelTimer = undefined;
    if (state.stopped) return;
    if (running.size < concurrencyMax) {
      for (const run of takeDue(concurrencyMax - running.size)) {
        const settled = run(() => state.abandoned).finally(() => {
          running.delete(settled);
          pump();
        });
        running.add(settled);
      }
    }
    if (running.size >= concurrencyMax) return; // The first to settle looks again.
    const waitMs = nextDueInMs();
    if (waitMs !== undefined) cancelTimer = clock.after(Math.max(0, waitMs), pump);
  };

  return {
    wake: pump,
    async stop() {
      state.stopped = true;
      cancelTimer?.();
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const cancelDeadline = clock.after(STOP_MS_MAX, resolve);
      await Promise.race([Promise.allSettled(running), late]);
      cancelDeadline();
      state.abandoned = true;
    },
  };
}
