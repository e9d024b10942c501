/** Everything that can go wrong where a process meets the world, each by its name: `<call>:<fault>`. */
export const CALLS = [
  'queue_send',
  'bucket_put',
  'bucket_get',
  'bucket_delete',
  'bucket_list',
  'store_read',
  'store_query',
  'store_commit',
  'gate_mark',
  'vendor_read',
  'vendor_token',
] as const;
export type Call = (typeof CALLS)[number];

/** What a call reaches; all calls of one go down together. */
export const dependencyOf = {
  queue_send: 'queue',
  bucket_put: 'bucket',
  bucket_get: 'bucket',
  bucket_delete: 'bucket',
  bucket_list: 'bucket',
  store_read: 'store',
  store_query: 'store',
  store_commit: 'store',
  gate_mark: 'gate',
  vendor_read: 'vendor',
  vendor_token: 'vendor',
} as const satisfies Record<Call, string>;
export type Dependency = (typeof dependencyOf)[Call];

/**
 * How often each fault strikes a call while there is trouble, per million. Altogether a good hundredth of all calls: a
 * delivery with a dozen of them meets one every ninth time.
 */
export const FAULT_RATES = {
  /** Nothing is done, and the caller is told so. */
  refused: 4_000,
  /** Done, and the caller is told that it was not. */
  reply_lost: 2_500,
  /** Done, and the caller is told so, much later. */
  slow: 10_000,
  /** The process ends before anything is done. */
  dies_before: 800,
  /** Done, and the process ends before it is told. */
  dies_after: 800,
} as const;
export type Fault = keyof typeof FAULT_RATES;

export type FaultPoint = `${Call}:${Fault}` | `outage:${Dependency}`;
