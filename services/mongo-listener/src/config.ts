import { baseUrl, secret } from '@innkeeper/shared/config/parse-config';
import { CHAT_TOPICS } from '@innkeeper/shared/contracts/chat-change';
import * as z from 'zod';

/** What the listener needs to know; every secret may also come as `<NAME>_FILE`, a path (a Docker secret). */
export const ListenerConfig = z.object({
  MONGODB_URI: secret('address of the replica set with user and password: mongodb://…/rocketchat?replicaSet=…'),
  /** Rocket.Chat's database; without it the one in the address. */
  MONGODB_DATABASE: z.string().optional(),
  GOOGLE_CLOUD_PROJECT: z.string({ error: 'missing (Google Cloud project of Firestore and Pub/Sub)' }),
  FIRESTORE_DATABASE: z.string().default('(default)'),
  FIRESTORE_OPS_DATABASE: z.string().default('ops'),
  CHAT_TOPIC_LIVE: z.string().default(CHAT_TOPICS.live),
  CHAT_TOPIC_BACKFILL: z.string().default(CHAT_TOPICS.backfill),
  ROCKETCHAT_USER_ID: z.string({ error: 'missing (user id of the assistant’s account in Rocket.Chat)' }),
  ROCKETCHAT_BOT_USERNAME: z.string({ error: 'missing (username of the assistant in Rocket.Chat)' }),
  /** Words that start a question, separated by commas. */
  ASSISTANT_WORDS: z
    .string()
    .default('')
    .transform(words =>
      words
        .split(',')
        .map(word => word.trim())
        .filter(word => word !== ''),
    ),
  QUESTIONS_URL: baseUrl('address of llm-query’s webhook, for questions whose webhook was lost'),
  ROCKETCHAT_WEBHOOK_TOKEN: secret('token of Rocket.Chat’s outgoing webhook'),
  STATUS_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  STATUS_HOST: z.string().default('127.0.0.1'),
  /** Who holds the lease: the same after a restart, another for every copy. Default: the host's name. */
  INSTANCE_ID: z.string().min(1).max(100).optional(),
});
export type ListenerConfig = z.infer<typeof ListenerConfig>;

/** Secrets among them, for `readSecretFiles`. */
export const SECRET_NAMES = ['MONGODB_URI', 'ROCKETCHAT_WEBHOOK_TOKEN'] as const;
