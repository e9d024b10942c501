/** Exponential back-off with jitter: between half of the step and the whole of it. `attempt` counts from 0. */
export function backoffMs(attempt: number, random: () => number, bounds = BACKOFF): number {
  const step = Math.min(bounds.firstMs * 2 ** Math.min(attempt, 30), bounds.mostMs);
  return step / 2 + (random() * step) / 2;
}

/** The first try after a cut is quick (an election takes seconds); an outage of an hour is asked about every 15 s. */
const BACKOFF = { firstMs: 200, mostMs: 15_000 };
