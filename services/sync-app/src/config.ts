import { PhoneRegion } from '@innkeeper/shared/adapters/phone/e164';
import { rocketChatVariables } from '@innkeeper/shared/adapters/rocketchat/rocketchat-variables';
import { baseUrl, secret } from '@innkeeper/shared/config/parse-config';
import { CHAT_TOPICS } from '@innkeeper/shared/contracts/chat-change';
import * as z from 'zod';

/** What the commands need to know; each command parses its part. Every secret may also come as `<NAME>_FILE`, a path. */
export const WorkersConfig = z.object({
  GUESTY_WEBHOOK_ORIGIN: baseUrl('address of the Worker guesty-webhook, without a path'),
  AIRCALL_WEBHOOK_ORIGIN: baseUrl('address of the Worker aircall-webhook, without a path'),
  OPERATOR_TOKEN: secret('one of OPERATOR_TOKENS of the Workers'),
});
export type WorkersConfig = z.infer<typeof WorkersConfig>;

export const FirestoreConfig = z.object({
  GOOGLE_CLOUD_PROJECT: z.string({ error: 'missing (id of the Google Cloud project)' }),
  FIRESTORE_DATABASE: z.string().default('(default)').describe('Firestore database of business and chat data'),
  FIRESTORE_OPS_DATABASE: z.string().default('ops').describe('Firestore database of the operations'),
});
export type FirestoreConfig = z.infer<typeof FirestoreConfig>;

export const ChatTopicConfig = z.object({
  CHAT_TOPIC_BACKFILL: z.string().default(CHAT_TOPICS.backfill).describe('Pub/Sub topic of chat changes that can wait'),
});
export type ChatTopicConfig = z.infer<typeof ChatTopicConfig>;

export const EraseConfig = z.object({
  ...FirestoreConfig.shape,
  ...rocketChatVariables,
  PHONE_REGION_DEFAULT: PhoneRegion.optional().describe(
    'country (ISO 3166, e.g. PT) of telephone numbers without a country code; without it these are not linked',
  ),
});
export type EraseConfig = z.output<typeof EraseConfig>;

export const RocketChatConfig = z.object({
  ROCKETCHAT_URL: rocketChatVariables.ROCKETCHAT_URL,
  ROCKETCHAT_ADMIN_USER_ID: z
    .string({ error: 'missing (user id of an administrator of Rocket.Chat)' })
    .describe('user id of an administrator of Rocket.Chat'),
  ROCKETCHAT_ADMIN_AUTH_TOKEN: secret('personal access token of that administrator'),
  ROCKETCHAT_BOT_USERNAME: z.string({ error: 'missing (username of the bot)' }).describe('username of the bot'),
  QUESTIONS_URL: baseUrl('address of llm-query’s webhook, for questions whose webhook was lost'),
  ROCKETCHAT_WEBHOOK_TOKEN: secret('token of Rocket.Chat’s outgoing webhook'),
});
export type RocketChatConfig = z.output<typeof RocketChatConfig>;

/** To make the bot, once. */
export const NewBotConfig = z.object({
  ROCKETCHAT_BOT_EMAIL: z.email({ error: 'missing (e-mail address of the bot)' }).describe('e-mail address of the bot'),
  ROCKETCHAT_BOT_PASSWORD: secret('password the bot is made with'),
});
export type NewBotConfig = z.output<typeof NewBotConfig>;

/** Secrets among all of them, for `readSecretFiles`. */
export const SECRET_NAMES = [
  'OPERATOR_TOKEN',
  'ROCKETCHAT_ADMIN_AUTH_TOKEN',
  'ROCKETCHAT_AUTH_TOKEN',
  'ROCKETCHAT_BOT_PASSWORD',
  'ROCKETCHAT_WEBHOOK_TOKEN',
] as const;
