import type { Result } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';

/** Pub/Sub as Cloud Monitoring sees it: a minute or two behind. */
export interface SubscriptionMetrics {
  /** By subscription; one that Monitoring has never seen a point of is missing. */
  oldestUnackedSeconds(): Promise<Result<ReadonlyMap<string, number>, AskError>>;
  /** Messages handed to the dead letters in the last `hours`, by subscription. */
  deadLetters(hours: number): Promise<Result<ReadonlyMap<string, number>, AskError>>;
}

/** What there is of Pub/Sub, as Pub/Sub itself says at once. */
export interface SubscriptionList {
  /** By name. */
  states(): Promise<Result<ReadonlyMap<string, SubscriptionState>, AskError>>;
}

/** `broken`: Pub/Sub cannot deliver. `detached`: it gets nothing from its topic any more. */
export type SubscriptionState = 'active' | 'broken' | 'detached';

/** Services of Cloud Run in one region: what second-generation functions run as. */
export interface RunServices {
  list(): Promise<Result<readonly RunService[], AskError>>;
}

export interface RunService {
  readonly name: string;
  readonly isReady: boolean;
  /** Short names of revisions. */
  readonly latestCreated: string;
  readonly latestReady: string;
  /** Share of the requests by revision, in percent. */
  readonly traffic: readonly { readonly revision: string; readonly percent: number }[];
  readonly labels: Readonly<Record<string, string>>;
}
