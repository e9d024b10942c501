import type { Result } from '@innkeeper/shared/result/result';
import type { Meaning } from '../meaning/meaning.ts';
import type { SourceChange } from '../source-document.ts';

/**
 * Between reading and Pub/Sub: takes what was understood in order, sends it in bounded concurrent batches, and says up to
 * where everything is acknowledged. Order is kept per thing; nothing is dropped; memory is bounded by count and bytes.
 */
export interface PublishWindow {
  /**
   * Takes one change with its meaning: a change is published (`live` for origin `stream`, `backfill` otherwise); a parked
   * one is written to `parked`, and what it takes back is published; an ignored one is only counted. Where the window is
   * full, the promise resolves once there is room again (or the window closed), and nothing may be offered before;
   * otherwise answers nothing, so that a reader need not wait each time.
   */
  offer(source: Pick<SourceChange, 'followed' | 'id' | 'origin'>, meaning: Meaning): Promise<void> | undefined;
  /** Resolves once everything offered so far is acknowledged, or the window was closed before (`closed`). */
  flushed(): Promise<Result<void, WindowClosed>>;
}

/** The listener stops or lost its lease: what was not acknowledged is read again by the next holder. */
export interface WindowClosed {
  readonly kind: 'closed';
}

/** The window as the run holds it. */
export interface RunWindow extends PublishWindow {
  /** Calls `reached` once everything offered so far is acknowledged; never after `close`. */
  whenAcknowledged(reached: () => void): void;
  /** Sends nothing more. What is on its way may still arrive. */
  close(): void;
  readonly inFlight: { readonly count: number; readonly bytes: number };
}
