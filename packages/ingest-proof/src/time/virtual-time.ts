import { eventHeap } from './event-heap.ts';

/**
 * Hours in seconds. Time moves from one event to the next, and only once everything that the last one set off has come
 * to rest: work between two events takes no time, however long the machine needs for it, so that a seed always tells
 * the same story.
 */
export interface VirtualTime {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Lets something happen then, or next when that is past. */
  at(epochMs: number, happen: () => void): void;
  /** Resolves after so many milliseconds. */
  pause(milliseconds: number): Promise<void>;
  /** Moves time on, event by event, until then; `goOn` may end it earlier. */
  runUntil(epochMs: number, goOn?: () => boolean): Promise<void>;
}

export function virtualTime(startMs: number): VirtualTime {
  const coming = eventHeap();
  let nowMs = startMs;
  let events = 0;

  const at = (epochMs: number, happen: () => void): void => coming.put(Math.max(epochMs, nowMs), happen);

  return {
    now: () => nowMs,
    at,
    pause: milliseconds => new Promise(resolve => at(nowMs + milliseconds, resolve)),
    runUntil: async (epochMs, goOn = () => true) => {
      while (goOn()) {
        const next = coming.takeUntil(epochMs);
        if (next === undefined) {
          nowMs = Math.max(nowMs, epochMs);
          return;
        }
        nowMs = next.atMs;
        next.happen();
        await rest();
        events += 1;
        if (events % EVENTS_PER_BREATH === 0) await breathe();
      }
    },
  };
}

/** A tick comes once all microtasks have run to their end; nothing under simulation waits for anything else. */
const rest = (): Promise<void> => new Promise(resolve => process.nextTick(resolve));

/** Node's own loop has its turn now and then, so that whoever watches hears of progress. */
const breathe = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
const EVENTS_PER_BREATH = 500;
