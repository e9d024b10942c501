/** Counts requests in sliding windows, as a vendor's rate limiter does. In memory: a restart starts afresh. Clock passed in. */
export interface RateWindow {
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
}

export interface RateState {
  readonly window: RateWindow;
  /** Requests left in the window after this one; 0 also when it was refused. */
  readonly remaining: number;
  /** Until the oldest counted request leaves the window. */
  readonly resetMs: number;
}

export interface RateDecision {
  /** The window that refuses, if any. A refused request is not counted. */
  readonly exceeded: RateState | undefined;
  readonly states: readonly RateState[];
}

export function requestRate(windows: readonly RateWindow[], now: () => number): { take(): RateDecision } {
  let taken: number[] = [];
  const longestMs = Math.max(...windows.map(window => window.windowMs));
  return {
    take() {
      const at = now();
      taken = taken.filter(time => time > at - longestMs);
      const counted = windows.map(window => taken.filter(time => time > at - window.windowMs));
      const allowed = windows.every((window, index) => (counted[index]?.length ?? 0) < window.limit);
      const states = windows.map((window, index) => {
        const times = counted[index] ?? [];
        const remaining = Math.max(0, window.limit - times.length - (allowed ? 1 : 0));
        return { window, remaining, resetMs: (times[0] ?? at) + window.windowMs - at };
      });
      if (allowed) taken.push(at);
      const exceeded = windows.findIndex((window, index) => (counted[index]?.length ?? 0) >= window.limit);
      return { exceeded: exceeded === -1 ? undefined : states[exceeded], states };
    },
  };
}
