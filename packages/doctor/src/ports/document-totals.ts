import type { Result } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';

/** Totals that Firestore computes by itself, so that no document travels. */
export interface DocumentTotals {
  /** Sum of a field over a whole collection. */
  sum(collection: string, field: string): Promise<Result<number, AskError>>;
}
