/** Bounds of a retry delay, in milliseconds. */
export interface BackOff {
  readonly minMs: number;
  readonly maxMs: number;
}

/**
 * How long to wait after the `failures`-th failure: doubling from `minMs` to `maxMs`, of which the second half is
 * random, so that what failed together does not come back together. `random` is in [0, 1).
 */
export function backOffMs({ minMs, maxMs }: BackOff, failures: number, random: number): number {
  const ceiling = Math.min(maxMs, minMs * 2 ** Math.min(failures - 1, 30));
  return Math.round(ceiling / 2 + (random * ceiling) / 2);
}
