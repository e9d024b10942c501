/**
 * A year in seconds. Time moves from one event to the next, and only once everybody is waiting: work that runs between
 * two events takes no time, however long the machine needs for it (signatures are real), so that a seed always tells
 * the same year.
 */
export interface VirtualTime {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Lets something happen then, or at once when that is past. */
  at(epochMs: number, happen: () => void): void;
  /** Starts work beside everything else. Time stands still while it neither waits nor is done. */
  begin(work: () => Promise<void>): void;
  /** For work that was begun. */
  pause(ms: number): Promise<void>;
  /** Waits for the first word of `start`, at most `limitMs`: then `undefined`. For work that was begun. */
  waitFor<T>(limitMs: number, start: (answer: (value: T) => void) => void): Promise<T | undefined>;
  /** Work that was begun ends here and never goes on: it is dead. Called once for each work. */
  bury(): Promise<never>;
  /** Moves time on, event by event. */
  runUntil(epochMs: number): Promise<void>;
}

interface Event {
  readonly atMs: number;
  readonly happen: () => void;
}

export function virtualTime(startMs: number): VirtualTime {
  let nowMs = startMs;
  /** The next one last. */
  const events: Event[] = [];
  /** How much work is neither waiting nor done. Below zero while one work waits for several things at once. */
  let busy = 0;
  let onIdle: (() => void) | undefined;

  const isIdle = (): boolean => busy <= 0;
  const rest = (): void => {
    busy -= 1;
    if (isIdle()) onIdle?.();
  };
  const nextRest = (): Promise<void> =>
    new Promise(resolve => {
      onIdle = resolve;
    });

  const at = (epochMs: number, happen: () => void): void => {
    const event = { atMs: Math.max(epochMs, nowMs), happen };
    let low = 0;
    let high = events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      // Of two at the same time, the one that was put in first comes first.
      if ((events[middle]?.atMs ?? 0) > event.atMs) low = middle + 1;
      else high = middle;
    }
    events.splice(low, 0, event);
  };

  const waitFor = <T>(limitMs: number, start: (answer: (value: T) => void) => void): Promise<T | undefined> =>
    new Promise(resolve => {
      let isOver = false;
      const goOn = (value: T | undefined): void => {
        if (isOver) return;
        isOver = true;
        busy += 1;
        resolve(value);
      };
      at(nowMs + limitMs, () => goOn(undefined));
      start(goOn);
      rest();
    });

  return {
    now: () => nowMs,
    at,
    begin: work => {
      busy += 1;
      void work().finally(rest);
    },
    pause: async ms => {
      await waitFor(ms, () => undefined);
    },
    waitFor,
    bury: () => {
      rest();
      return new Promise(() => undefined);
    },
    runUntil: async epochMs => {
      for (;;) {
        while (!isIdle()) await nextRest();
        const next = events.at(-1);
        if (next === undefined || next.atMs > epochMs) break;
        events.pop();
        nowMs = next.atMs;
        next.happen();
      }
      nowMs = epochMs;
    },
  };
}
