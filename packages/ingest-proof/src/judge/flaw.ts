/** What ingest promises, each by a name that counts and variants can refer to. */
export type Promised =
  /** Whatever was answered with a 2xx, or was made durable, ends noted or parked; nothing waits for ever. */
  | 'lost'
  /** Each vendor change takes effect once: no state comes back, no item stands twice, no thing has two records. */
  | 'doubled'
  /** In the end every record says what the vendor says, and no older word ever replaced a newer one. */
  | 'outdated'
  /** What no webhook told is found within a quarter of an hour. */
  | 'unhealed'
  /** A corrupt delivery is refused or parked, and never becomes a record. */
  | 'swallowed'
  /** Nothing throws. */
  | 'crashed'
  /** The vendor's limits are kept. */
  | 'pushy';

export interface Flaw {
  readonly promised: Promised;
  readonly text: string;
  /** Key of the record it is about, where there is one. */
  readonly about: string | undefined;
}
