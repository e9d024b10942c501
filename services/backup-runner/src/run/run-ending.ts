import type { StepFailure } from './step.ts';

/** Why a run is broken off from outside of its steps, and the signal that breaks it off. The first reason counts. */
export interface RunEnding {
  readonly signal: AbortSignal;
  readonly reason: () => StepFailure | undefined;
  readonly end: (reason: StepFailure) => void;
}

export function createRunEnding(): RunEnding {
  const controller = new AbortController();
  let reason: StepFailure | undefined;
  return {
    signal: controller.signal,
    reason: () => reason,
    end(failure) {
      reason ??= failure;
      controller.abort();
    },
  };
}

/**
 * What was thrown, in one sentence: kind and place. Its message may quote contents, so it stays out. A full disk can
 * meet any line that writes, and is no bug.
 */
export function describeBug(error: unknown): StepFailure {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) {
    return { reason: 'disk_full', detail: 'The server’s disk is full.' };
  }
  const name = error instanceof Error ? error.name : typeof error;
  const place = error instanceof Error ? /([\w.-]+:\d+:\d+)\)?$/mu.exec(error.stack ?? '')?.[1] : undefined;
  return { reason: 'runner_bug', detail: `${name}${place === undefined ? '' : ` at ${place}`}.` };
}
