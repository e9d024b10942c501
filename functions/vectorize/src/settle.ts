import { type Result, unreachable } from '@innkeeper/shared/result/result';
import type { Converged, ConvergeError } from './converge/converge.ts';

/** What the platform is told. `redeliver` throws, so that the trigger's retry brings the event again with back-off. */
export type Fate =
  | { readonly kind: 'done' }
  | { readonly kind: 'redeliver'; readonly reason: string; readonly alert: boolean }
  | { readonly kind: 'park'; readonly reason: string; readonly detail: string };

/**
 * Firestore triggers give up silently after 24 hours and have no dead letter, so an event is parked well before:
 * six hours are left for someone to look while the platform would still retry.
 */
export const EVENT_AGE_MAX_MS = 18 * 3_600_000;

/** Everything that can go wrong between an event or a change and the index. */
export type IndexError = ConvergeError | { readonly kind: 'undecodable_change'; readonly detail: string };

/** The one place that decides between returning, throwing and parking. Pure; its test is this table. */
export function decideFate(outcome: Result<Converged, IndexError>, eventAgeMs: number): Fate {
  const fate = fateOf(outcome);
  if (fate.kind === 'redeliver' && eventAgeMs > EVENT_AGE_MAX_MS) {
    return {
      kind: 'park',
      reason: `gave_up_${fate.reason}`,
      detail: 'The event kept failing until it was too old to retry.',
    };
  }
  return fate;
}

/** Without regard to age. */
export const fateOf = (outcome: Result<Converged, IndexError>): Fate =>
  outcome.ok ? fateOfSuccess(outcome.value) : fateOfError(outcome.error);

function fateOfSuccess(converged: Converged): Fate {
  if (converged.kind === 'settled') return { kind: 'done' };
  return { kind: 'redeliver', reason: 'awaiting_dense', alert: converged.reason.kind === 'misconfigured' };
}

function fateOfError(error: IndexError): Fate {
  switch (error.kind) {
    case 'unavailable':
    case 'contention':
    case 'precondition_failed':
    case 'restless':
      return { kind: 'redeliver', reason: error.kind, alert: false };
    case 'misconfigured':
    case 'denied':
      return { kind: 'redeliver', reason: error.kind, alert: true };
    case 'invalid_document':
    case 'refused':
    case 'embedding_refused':
    case 'too_many':
    case 'undecodable_change':
      return { kind: 'park', reason: error.kind, detail: error.detail };
    default:
      return unreachable(error);
  }
}
