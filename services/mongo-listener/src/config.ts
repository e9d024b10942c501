import { baseUrl, secret } from '@innkeeper/shared/config/parse-config';
import { CHAT_TOPICS } from '@innkeeper/shared/contracts/chat-change';
import * as z from 'zod';

/** What the listener needs to know; every secret may also come as `<NAME>_FILE`, a path (a Docker secret). */
export const ListenerConfig = z.object({
  MONGODB_URI: secret('address of the replica set with user and password: mongodb://…/rocketchat?replicaSet=…'),
  MONGODB_DATABASE: z.string().optional().describe('Rocket.Chat’s database; without it the one in the address'),
  GOOGLE_CLOUD_PROJECT: z.string({ error: 'missing' }).describe('id of the Google Cloud project'),
  FIRESTORE_DATABASE: z.string().default('(default)').describe('Firestore database'),
  FIRESTORE_OPS_DATABASE: z.string().default('ops').describe('Firestore database of the listener’s position'),
  CHAT_TOPIC_LIVE: z.string().default(CHAT_TOPICS.live).describe('Pub/Sub topic of what happens now'),
  CHAT_TOPIC_BACKFILL: z.string().default(CHAT_TOPICS.backfill).describe('Pub/Sub topic of what is filled in'),
  ROCKETCHAT_USER_ID: z.string({ error: 'missing' }).describe('user id of the bot'),
  ROCKETCHAT_BOT_USERNAME: z.string({ error: 'missing' }).describe('username of the bot'),
  ASSISTANT_WORDS: z
    .string()
    .default('!query')
    .describe('words that start a question, as in ASSISTANT_SCOPES; separated by commas')
    .transform(words =>
      words
        .split(',')
        .map(word => word.trim())
        .filter(word => word !== ''),
    ),
  QUESTIONS_URL: baseUrl('address of llm-query’s webhook, for questions whose webhook was lost'),
  ROCKETCHAT_WEBHOOK_TOKEN: secret('token of Rocket.Chat’s outgoing webhook'),
  STATUS_PORT: z.coerce.number().int().min(0).max(65_535).default(8080).describe('port of /status and /healthz'),
  STATUS_HOST: z.string().default('127.0.0.1').describe('address they listen on'),
  INSTANCE_ID: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('who holds the lease: the same after a restart, another for every copy; without it the host’s name'),
});
export type ListenerConfig = z.infer<typeof ListenerConfig>;

/** Secrets among them, for `readSecretFiles`. */
export const SECRET_NAMES = ['MONGODB_URI', 'ROCKETCHAT_WEBHOOK_TOKEN'] as const;
