/**
 * A `LanguageModel` made of several: the first that can answer does. The time of a request is divided between them, and a
 * model that failed rests, at least for as long as its vendor said, so that nobody waits for it twice. Remembers in
 * memory who rests; no other I/O than the models' own.
 */
import type { Log } from '../../log/log.ts';
import type { CompletionRequest, LanguageModel, ModelError } from '../../ports/language-model.ts';
import { err } from '../../result/result.ts';

export interface FallbackOptions {
  /** In the order in which they are asked. */
  readonly models: readonly [LanguageModel, ...LanguageModel[]];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
}

/** Of the time left, for a model that another one can follow. */
const SHARE = 0.6;
/** A small model answers a short prompt in this time; with less, its turn is better left to the one before. */
const TURN_MS_MIN = 800;

/** One answer may take two calls: what has just failed is not asked again for the same one. */
const FAILED_REST_MS = 5_000;
/** A wrong key or a retired model stays so until somebody deploys. */
const MISCONFIGURED_REST_MS = 300_000;

interface Rest {
  readonly until: number;
  readonly error: ModelError;
}

/** Its `id` is the first model's; a completion names the one that answered. Fails as the last one asked failed. */
export function fallbackLanguageModel({ models, now, log }: FallbackOptions): LanguageModel {
  const rests = new Map<LanguageModel, Rest>();
  const isAwake = (model: LanguageModel): boolean => (rests.get(model)?.until ?? 0) <= now();

  return {
    id: models[0].id,
    async complete<T>(request: CompletionRequest<T>) {
      const deadline = now() + request.timeoutMs;
      const awake = models.filter(isAwake);
      let failure: ModelError | undefined;
      for (const [turn, model] of awake.entries()) {
        const timeoutMs = turnMs(deadline - now(), awake.length - turn - 1);
        if (turn > 0 && timeoutMs < TURN_MS_MIN) break;
        const reply = await model.complete({ ...request, timeoutMs });
        if (reply.ok) return reply;
        failure = reply.error;
        const rest = restMs(failure);
        if (rest > 0) rests.set(model, { until: now() + rest, error: failure });
        log.warn('model.passed_over', { model: model.id, kind: failure.kind, detail: failure.detail });
      }
      return err(
        failure ??
          restingError(
            models.flatMap(model => rests.get(model) ?? []),
            now(),
          ),
      );
    },
  };
}

/** Where what would be left for the others is no turn, this one has it all. */
function turnMs(leftMs: number, others: number): number {
  const share = Math.floor(leftMs * SHARE);
  return others === 0 || leftMs - share < TURN_MS_MIN ? leftMs : share;
}

function restMs(error: ModelError): number {
  switch (error.kind) {
    case 'unavailable':
      return error.retryAfterMs ?? FAILED_REST_MS;
    case 'timeout':
      return FAILED_REST_MS;
    case 'misconfigured':
      return MISCONFIGURED_REST_MS;
    case 'nonsense':
      return 0; // About this prompt only.
  }
}

/** All of them rest: as the last one failed, with the time until the first of them is asked again. */
function restingError(rests: readonly Rest[], now: number): ModelError {
  const last = rests.at(-1)?.error;
  if (last?.kind === 'misconfigured') return last;
  const retryAfterMs = Math.min(...rests.map(({ until }) => until)) - now;
  return { kind: 'unavailable', detail: `every model rests (${last?.detail ?? ''})`, retryAfterMs };
}
