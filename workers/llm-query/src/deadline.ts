/**
 * The one place that divides the eight seconds a question has. Times are milliseconds since the epoch. Pure.
 */
/** A person waiting in chat gives up after about this long; the contract's promise. */
export const ANSWER_WITHIN_MS = 8_000;
/** Two posts at Rocket.Chat's slow end, so that a late model still leaves time to post without it. */
const POST_RESERVE_MS = 1_500;
/** A model with `low` reasoning answers in about a second; later than this it is down for our purposes. */
const MODEL_MAX_MS = 5_000;
/** A plan is a tenth of an answer's tokens. */
const PLAN_MAX_MS = 2_000;
/** What still comes after a plan: reading records, and a search with the model where the plan came to nothing. */
const AFTER_PLAN_MS = 2_500;
/** Below this a call is not worth its tokens. */
const MODEL_MIN_MS = 400;
/** Vectors of one short text take 10–100 ms; BM25 alone is better than waiting. */
export const EMBED_MAX_MS = 1_500;

/** When the answer to a question must be on its way. A question resumed after a crash gets its time anew. */
export const answerBy = (acceptedAt: number, attemptStartedAt: number, attempt: number): number =>
  (attempt <= 1 ? acceptedAt : attemptStartedAt) + ANSWER_WITHIN_MS;

/** Time the model may take, or undefined when code has to answer alone. */
export function modelTimeoutMs(now: number, deadline: number): number | undefined {
  const left = Math.min(MODEL_MAX_MS, deadline - POST_RESERVE_MS - now);
  return left < MODEL_MIN_MS ? undefined : left;
}

/** Time the model may take to read a question, or undefined when code's own reading has to do. */
export function planTimeoutMs(now: number, deadline: number): number | undefined {
  const left = Math.min(PLAN_MAX_MS, deadline - POST_RESERVE_MS - AFTER_PLAN_MS - now);
  return left < MODEL_MIN_MS ? undefined : left;
}
