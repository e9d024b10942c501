import type { Secret } from '../config/secret.ts';

/** The secrets a webhook's sender may prove itself with now: those of the environment, and those of subscriptions we made. */
export interface LiveSecrets {
  /** As this isolate knows them; no I/O. */
  known(): readonly Secret[];
  /**
   * Asked anew where they are kept, for a delivery that matched none of the known ones: one that was made meanwhile is
   * among them. Strangers can cause it, so it asks at most every few seconds and answers with the known ones between,
   * or when the keeper does not answer in time.
   */
  renewed(): Promise<readonly Secret[]>;
}
