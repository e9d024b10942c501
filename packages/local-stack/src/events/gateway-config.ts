import * as z from 'zod';

/** What the event gateway connects: Firestore triggers to functions, Pub/Sub subscriptions to push endpoints. */
const BackOffRange = z.strictObject({ minMs: z.int().positive(), maxMs: z.int().positive() });

const FirestoreTrigger = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/u),
  database: z.string().default('(default)'),
  /** One collection at the root: `records/{id}`. */
  document: z.string().regex(/^[^/{}]+\/\{[^/{}]+\}$/u, 'must be of the form collection/{id}'),
  /** The function's address. */
  url: z.url(),
});

const PushSubscription = z.strictObject({
  name: z.string().min(3),
  topic: z.string().min(3),
  endpoint: z.url(),
  /** The bearer token of each push; without it pushes carry none. */
  oidc: z.strictObject({ audience: z.string(), email: z.email() }).optional(),
  filter: z.string().optional(),
  enableMessageOrdering: z.boolean().default(false),
  deadLetter: z.strictObject({ topic: z.string().min(3), maxDeliveryAttempts: z.int().min(5).max(100) }).optional(),
  ackDeadlineSeconds: z.int().min(10).max(600).default(10),
  /** Production waits 10 s to 10 min; a person is watching here. */
  backOff: BackOffRange.default({ minMs: 250, maxMs: 5_000 }),
});

/** A private function that is called at its times, and by hand at `/invoke/<name>`. */
const ScheduledJob = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/u),
  /** The function's address. */
  url: z.url(),
  oidc: z.strictObject({ audience: z.string(), email: z.email() }),
  schedule: z.union([
    z.strictObject({ everySeconds: z.int().positive() }),
    /** `HH:MM` in an IANA zone. */
    z.strictObject({ dailyAt: z.string().regex(/^\d{2}:\d{2}$/u), zone: z.string() }),
  ]),
});
export type ScheduledJob = z.infer<typeof ScheduledJob>;

export const GatewayConfig = z.strictObject({
  projectId: z.string().min(1),
  /** The `iss` claim of push tokens. */
  issuer: z.string().default('https://accounts.google.com'),
  firestore: z
    .strictObject({
      /** `127.0.0.1:port` of the emulator. */
      host: z.string(),
      triggers: z.array(FirestoreTrigger),
      /** Eventarc gives a function 24 hours. */
      eventAgeMsMax: z
        .int()
        .positive()
        .default(24 * 60 * 60 * 1000),
      backOff: BackOffRange.default({ minMs: 250, maxMs: 5_000 }),
    })
    .optional(),
  pubsub: z
    .strictObject({
      host: z.string(),
      /** Made where missing, beside those that subscriptions name. */
      topics: z.array(z.string().min(3)).default([]),
      subscriptions: z.array(PushSubscription),
    })
    .optional(),
  jobs: z.array(ScheduledJob).default([]),
});
export type GatewayConfig = z.infer<typeof GatewayConfig>;
export type FirestoreTrigger = z.infer<typeof FirestoreTrigger>;
export type PushSubscription = z.infer<typeof PushSubscription>;
