/** One benchmark: what it measures against which budget, and what kept it from being faster. */
export interface Bench {
  /** Takes seconds to minutes; cleans up after itself. */
  run(tell: (line: string) => void): Promise<Report>;
}

export interface Report {
  readonly measures: readonly Measure[];
  /** A sentence: where the time or space goes. */
  readonly limitedBy: string;
}

export interface Measure {
  readonly what: string;
  /** Absent where the figure is only there to explain another. */
  readonly budget?: { readonly words: string; readonly kept: boolean };
  readonly measured: string;
}

/** The usual budget: not more than this, in the unit that `words` and `measured` are written in. */
export function atMost(what: string, value: number, limit: number, write: (value: number) => string): Measure {
  return { what, budget: { words: `≤ ${write(limit)}`, kept: value <= limit }, measured: write(value) };
}

export const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
export const seconds = (value: number): string => `${value.toFixed(2)} s`;
export const times = (value: number): string => `${value.toFixed(2)}×`;
