import type { StepResult } from '../src/run/step.ts';

/** The value of what a proof takes for granted; its failure ends the proof. */
export async function succeeded<T>(result: StepResult<T>): Promise<T> {
  const settled = await result;
  if (settled.ok) return settled.value;
  throw new Error(`${settled.error.reason}: ${settled.error.detail}`);
}
