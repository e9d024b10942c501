import type { Result } from '../result/result.ts';

/**
 * Where the queue's consumer leaves word that something must be read from the vendor. Answers once the word is durable;
 * the reading itself happens later, within the vendor's limits, and each mark ends in a record or in `parked`.
 */
export interface HydrationGate {
  /** Marking twice is once. A thing marked again while it is read is read once more. */
  mark(marks: readonly Mark[]): Promise<Result<void, GateError>>;
}

export interface Mark {
  /** What is to be read: a record's kind, or a part of a record that has a route of its own (`call-transcript`). */
  readonly subject: string;
  /** The vendor's id. */
  readonly id: string;
  /** When the vendor is known to have changed it, ms since the epoch; the newest one is kept. */
  readonly seenAtMs: number;
  /** What people wait for goes first. */
  readonly lane: Lane;
  /** The delivery that asked, for provenance and logs. */
  readonly cause: MarkCause;
}

export type Lane = 'live' | 'backfill';

export interface MarkCause {
  readonly eventId: string;
  /** The vendor's name of the event. */
  readonly event: string;
  /** ISO 8601 UTC, when the delivery was accepted. */
  readonly receivedAt: string;
}

export interface GateError {
  readonly kind: 'unavailable';
  readonly detail: string;
}
