import type { Result } from '@innkeeper/shared/result/result';
import type { Deployment } from '../deploy/deployment.ts';

/** What was read; `generation` names this very writing of it, "0" stands for nothing there. */
export interface JournalEntry {
  readonly deployment: Deployment | undefined;
  readonly generation: string;
}

export type JournalError =
  /** Somebody else has written since. */
  | { readonly kind: 'conflict' }
  /** Not known whether it was written. */
  | { readonly kind: 'unavailable'; readonly detail: string }
  | { readonly kind: 'denied'; readonly detail: string }
  | { readonly kind: 'unreadable'; readonly detail: string };

/** The newest deployment of one environment: one object, which is the lock as well. */
export interface Journal {
  readonly read: () => Promise<Result<JournalEntry, JournalError>>;
  /** Writes only if the object still has that generation; answers the new one. */
  readonly write: (deployment: Deployment, ifGeneration: string) => Promise<Result<string, JournalError>>;
}
