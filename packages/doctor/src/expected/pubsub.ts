/** Subscriptions as `terraform/modules/gcp/pubsub` makes them, with the age at which Terraform's alerts speak. */
export const SUBSCRIPTIONS = [
  /** What happens now may not wait. */
  { name: 'vectorize-chat-live', oldestMinutesMax: 15 },
  /** What is filled in may take a night. */
  { name: 'vectorize-chat-backfill', oldestMinutesMax: 720 },
  /** What is dead is parked at once; an hour means that even parking fails. */
  { name: 'vectorize-chat-dead', oldestMinutesMax: 60 },
] as const;
