import type { Result } from '@innkeeper/shared/result/result';

/** Short troubles are over within these; longer ones are the platform's to retry. */
const PAUSES_MS = [100, 400, 1_200];
export const ATTEMPTS_PER_CALL = PAUSES_MS.length + 1;

const SHORT_TROUBLES: readonly string[] = ['unavailable', 'contention', 'precondition_failed', 'restless'];

export interface PatiencePorts {
  readonly pause: (milliseconds: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Tries again, a jittered moment apart, what may well succeed within the same call. */
export async function tryPatiently<T, E extends { readonly kind: string }>(
  ports: PatiencePorts,
  attempt: () => Promise<Result<T, E>>,
): Promise<Result<T, E>> {
  let outcome = await attempt();
  for (const pauseMs of PAUSES_MS) {
    if (outcome.ok || !SHORT_TROUBLES.includes(outcome.error.kind)) return outcome;
    await ports.pause(pauseMs * (0.5 + ports.random()));
    outcome = await attempt();
  }
  return outcome;
}
