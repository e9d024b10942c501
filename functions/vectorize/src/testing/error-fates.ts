import type { IndexError } from '../settle.ts';

const quietly = { kind: 'redeliver', alert: false };
const withAlert = { kind: 'redeliver', alert: true };
const parked = { kind: 'park' };

/** What each failure comes to, every one once: the compiler names a kind that is missing. */
export const ERROR_FATES: Record<IndexError['kind'], object> = {
  unavailable: quietly,
  contention: quietly,
  precondition_failed: quietly,
  restless: quietly,
  misconfigured: withAlert,
  denied: withAlert,
  invalid_document: parked,
  refused: parked,
  embedding_refused: parked,
  too_many: parked,
  undecodable_change: parked,
};
