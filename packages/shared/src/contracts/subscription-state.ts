import * as z from 'zod/mini';

/**
 * How a Worker's subscription at its vendor stands, as operators see it. Secrets are not in it; the Worker's Durable
 * Object keeps them.
 */
export const KnownSubscription = z.object({
  id: z.string(),
  url: z.string(),
  /** `retiring`: still taken, until what was on its way has arrived. */
  role: z.enum(['live', 'retiring']),
  active: z.boolean(),
  hasSecret: z.boolean(),
  since: z.iso.datetime(),
});
export type KnownSubscription = z.infer<typeof KnownSubscription>;

export const SubscriptionState = z.object({
  v: z.literal(1),
  subscriptions: z.array(KnownSubscription),
  /** Events that are mapped and not subscribed, and the other way round. */
  missingEvents: z.array(z.string()),
  surplusEvents: z.array(z.string()),
  /** Subscriptions of this vendor account that point elsewhere; left alone. */
  foreign: z.int().check(z.nonnegative()),
  checkedAt: z.optional(z.iso.datetime()),
  /** What the last check did, newest first, at most 20. */
  history: z.array(z.object({ at: z.iso.datetime(), did: z.string(), detail: z.string() })).check(z.maxLength(20)),
  /** snake_case fact and one sentence, while something is wrong. */
  problem: z.optional(z.object({ reason: z.string(), detail: z.string() })),
});
export type SubscriptionState = z.infer<typeof SubscriptionState>;
