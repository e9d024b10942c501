import { err } from '@innkeeper/shared/result/result';
import type { StepResult } from './step.ts';
import type { Time } from './time.ts';

/** Programs that were told to stop are gone by then; what still hangs would keep the server from its last words. */
export const ABANDONED_MS = 5_000;

/** The step's own result, or a failure when it has not ended soon after the signal: something in it does not listen. */
export async function endSoonAfter<T>(
  signal: AbortSignal,
  step: StepResult<T>,
  time: Pick<Time, 'after'>,
): StepResult<T> {
  let cancel = (): void => undefined;
  let start = (): void => undefined;
  const abandoned = new Promise<Awaited<StepResult<T>>>(resolve => {
    start = () => {
      cancel = time.after(ABANDONED_MS, () =>
        resolve(err({ reason: 'stopped', detail: 'A step did not end when it was told to.' })),
      );
    };
    if (signal.aborted) start();
    else signal.addEventListener('abort', start, { once: true });
  });
  try {
    return await Promise.race([step, abandoned]);
  } finally {
    signal.removeEventListener('abort', start);
    cancel();
  }
}
