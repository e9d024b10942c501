/** The environment a deployable needs to act as the bot user in Rocket.Chat. */
import * as z from 'zod/mini';
import { baseUrl, secret } from '../../config/parse-config.ts';

/** The shape to spread into a deployable's own `z.object`. */
export const rocketChatVariables = {
  ROCKETCHAT_URL: baseUrl('address of Rocket.Chat, without /api/v1'),
  ROCKETCHAT_USER_ID: z
    .string({ error: 'missing (user id of the bot, shown beside its personal access token)' })
    .check(z.describe('user id of the bot')),
  ROCKETCHAT_AUTH_TOKEN: secret('personal access token of the bot user'),
};

const RocketChatVariables = z.object(rocketChatVariables);
export type RocketChatVariables = z.output<typeof RocketChatVariables>;
