import { type FailedAnswer, isRateLimit } from './github-problem.ts';

/** GitHub asks for a minute where it refuses without saying for how long. */
const UNSAID_WAIT_MS = 60_000;
/** A job that only reports must not stand for longer; the next run says the same. */
const WAIT_MS_MAX = 5 * 60_000;
const TRIES_MAX = 4;
const BACKOFF_MS = 1_000;

export interface FailedTry {
  readonly method: string;
  /** `undefined`: the connection ended without an answer. */
  readonly answer: FailedAnswer | undefined;
  /** 1 for the first. */
  readonly attempt: number;
  readonly nowMs: number;
}

/**
 * Pure: milliseconds to wait before the same request is sent again; `undefined` where that helps nobody. What may have
 * been done already is repeated only where doing it twice is doing it once.
 */
export function waitBeforeRetry({ method, answer, attempt, nowMs }: FailedTry): number | undefined {
  if (attempt >= TRIES_MAX) return undefined;
  if (answer !== undefined && isRateLimit(answer)) {
    const waitMs = limitEndsInMs(answer, nowMs);
    return waitMs <= WAIT_MS_MAX ? waitMs : undefined;
  }
  const isAnswered = answer !== undefined && answer.status < 500;
  return isAnswered || method === 'POST' ? undefined : BACKOFF_MS * 2 ** (attempt - 1);
}

function limitEndsInMs({ headers }: FailedAnswer, nowMs: number): number {
  const after = Number(headers['retry-after']);
  if (Number.isFinite(after)) return Math.max(0, after * 1000);
  const reset = Number(headers['x-ratelimit-reset']);
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset)) return Math.max(0, reset * 1000 - nowMs);
  return UNSAID_WAIT_MS;
}
