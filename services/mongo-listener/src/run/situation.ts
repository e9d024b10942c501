import type { ListenerPosition } from '../position/position-store.ts';
import { HEALING_REASONS, type HealingReason, type StreamFailure } from '../stream/stream-failure.ts';

/**
 * The listener's state machine, pure: what it does now, and what each happening leads to. Work that was interrupted is
 * taken up again after a pause; how far it got is in the position document, not here.
 */
export type Situation =
  | { readonly state: 'starting' }
  | { readonly state: 'waiting' }
  | Working
  | { readonly state: 'resuming'; readonly work: Work; readonly failures: number }
  | { readonly state: 'stopping'; readonly why: StopReason }
  | { readonly state: 'stopped'; readonly why: StopReason };

export type Work =
  | { readonly state: 'snapshot' }
  | { readonly state: 'streaming' }
  | { readonly state: 'healing'; readonly reason: HealingReason };

/** `failures` counts those in a row without progress in between. */
export type Working = Work & { readonly failures: number };

/** `fenced` ends this lease only: the listener waits for the next one. */
export type StopReason = 'asked' | 'fenced' | 'denied';

export type Happening =
  | { readonly kind: 'lease_is_held' }
  | { readonly kind: 'lease_taken'; readonly position: ListenerPosition }
  | { readonly kind: 'finished' }
  /** `progressed` where the work got further since the failure before. */
  | { readonly kind: 'failed'; readonly failure: StreamFailure; readonly progressed: boolean }
  | { readonly kind: 'pause_over' }
  | { readonly kind: 'fenced' }
  | { readonly kind: 'stop_asked' }
  | { readonly kind: 'wound_up' };

export function transition(situation: Situation, happening: Happening): Situation {
  if (situation.state === 'stopped') return situation;
  if (situation.state === 'stopping') {
    if (happening.kind === 'wound_up') {
      return situation.why === 'fenced' ? { state: 'waiting' } : { state: 'stopped', why: situation.why };
    }
    return happening.kind === 'stop_asked' && situation.why === 'fenced'
      ? { state: 'stopping', why: 'asked' }
      : situation;
  }
  switch (happening.kind) {
    case 'stop_asked':
      return { state: 'stopping', why: 'asked' };
    case 'fenced':
      return { state: 'stopping', why: 'fenced' };
    case 'lease_is_held':
      return { state: 'waiting' };
    case 'lease_taken':
      return { ...firstWork(happening.position), failures: 0 };
    case 'finished':
      return { state: 'streaming', failures: isWorking(situation) ? situation.failures : 0 };
    case 'pause_over':
      return situation.state === 'resuming' ? { ...situation.work, failures: situation.failures } : situation;
    case 'failed':
      return isWorking(situation) ? afterFailure(situation, happening.failure, happening.progressed) : situation;
    case 'wound_up':
      return situation;
  }
}

export const isWorking = (situation: Situation): situation is Working =>
  situation.state === 'snapshot' || situation.state === 'streaming' || situation.state === 'healing';

function firstWork(position: ListenerPosition): Work {
  if (position.healing !== undefined) {
    const { reason } = position.healing;
    return { state: 'healing', reason: HEALING_REASONS.find(known => known === reason) ?? 'invalidated' };
  }
  const nothingYet = position.resumeToken === undefined && position.version === undefined;
  return position.snapshot !== undefined || nothingYet ? { state: 'snapshot' } : { state: 'streaming' };
}

function afterFailure(working: Working, failure: StreamFailure, progressed: boolean): Situation {
  const { failures: before, ...work } = working;
  const failures = progressed ? 1 : before + 1;
  switch (failure.kind) {
    case 'denied':
      return { state: 'stopping', why: 'denied' };
    case 'heal':
      return healOrPause(work.state === 'streaming' ? { state: 'healing', reason: failure.reason } : work, failures);
    case 'resume':
    case 'unknown':
      return { state: 'resuming', work, failures };
  }
}

/** A healing that did not help is not repeated at once. A scan needs no resume token: it is taken up where it was. */
function healOrPause(work: Work, failures: number): Situation {
  return work.state === 'healing' && failures === 1 ? { ...work, failures } : { state: 'resuming', work, failures };
}
