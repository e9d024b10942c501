import type { Result } from '@innkeeper/shared/result/result';
import type { Converged } from '../converge/converge.ts';
import { type Fate, fateOf, type IndexError } from '../settle.ts';
import type { ChangeApplied } from './apply-change.ts';

/** A change that was handled as far as it went. */
export interface ChangeHandled {
  readonly effect: ChangeApplied['effect'];
  readonly converged: Converged;
}

/**
 * Answers that a reaction can be to are noted within seconds of being posted; longer than this, somebody reacted to a
 * message that is no answer of the assistant's.
 */
export const FEEDBACK_PATIENCE_MS = 120_000;

export type ChangeFate = Fate | { readonly kind: 'drop'; readonly reason: 'no_interaction' };

/**
 * The one place that decides what becomes of a change: acknowledged, pushed again, or parked and acknowledged. How often
 * it is pushed again is the subscription's matter, whose dead letters `chat-dead` parks. Pure.
 */
export function decideChangeFate(outcome: Result<ChangeHandled, IndexError>, ageMs: number): ChangeFate {
  if (!outcome.ok) return fateOf(outcome);
  const { effect, converged } = outcome.value;
  if (effect !== 'no_interaction') return fateOf({ ok: true, value: converged });
  return ageMs > FEEDBACK_PATIENCE_MS
    ? { kind: 'drop', reason: effect }
    : { kind: 'redeliver', reason: effect, alert: false };
}
