import type { HealingReport } from '../run/scan-ports.ts';
import type { HealingReason } from '../stream/stream-failure.ts';

/**
 * Everything the listener tells a person, with the facts of the case. Facts are numbers, reasons and ids: never texts
 * of people, addresses or credentials.
 */
export type Alert =
  | { readonly kind: 'healing_started'; readonly reason: HealingReason; readonly since?: string }
  | { readonly kind: 'healed'; readonly report: HealingReport }
  /** MongoDB refuses the credentials or the rights. */
  | { readonly kind: 'mongodb_denied'; readonly detail: string }
  /** A failure that is not in the table of known ones keeps coming back. */
  | { readonly kind: 'stream_unstable'; readonly detail: string; readonly failures: number }
  | { readonly kind: 'publish_unavailable'; readonly detail: string; readonly forMs: number }
  | { readonly kind: 'publish_denied'; readonly detail: string }
  | { readonly kind: 'document_parked'; readonly subject: string; readonly reason: string }
  | { readonly kind: 'falling_behind'; readonly lagMs: number }
  | { readonly kind: 'lease_lost'; readonly detail: string }
  | { readonly kind: 'position_unsaved'; readonly detail: string; readonly forMs: number }
  | { readonly kind: 'heartbeat_failed'; readonly detail: string; readonly forMs: number }
  | { readonly kind: 'clock_jumped'; readonly byMs: number }
  /** The assistant did not take them, or not within the hour. */
  | { readonly kind: 'questions_given_up'; readonly reason: 'refused' | 'too_old'; readonly count: number };
export type AlertKind = Alert['kind'];
