import { setFlagsFromString } from 'node:v8';
import * as z from 'zod';
import { processVariables, runStandIn } from '../run-stand-in.ts';
import { startRocketChat } from './start-rocketchat.ts';

const Config = z.object({
  PORT: processVariables.PORT,
  MONGODB_URI: z.string({ error: 'missing (connection string of the replica set that holds all state)' }),
  ROCKETCHAT_USER_ID: z.string().describe('user id of the bot'),
  ROCKETCHAT_AUTH_TOKEN: z.string().describe('personal access token of the bot'),
  ROCKETCHAT_BOT_USERNAME: z.string(),
  ADMIN_USERNAME: z.string().default('admin').describe('as the real image names it'),
  ADMIN_PASS: z.string().optional().describe('makes an administrator who can log in'),
  OUTGOING_WEBHOOK_URL: z
    .url()
    .optional()
    .describe('where messages are sent to; can be set later under /_control/webhook'),
  OUTGOING_WEBHOOK_TOKEN: z.string().optional().describe('goes in the body of every delivery'),
});

// The checks of requests and the message parser are huge functions each: V8 takes 55 MB to optimise them, for nothing.
setFlagsFromString('--max-optimized-bytecode-size=8000');

await runStandIn('rocketchat', Config, config =>
  startRocketChat({
    port: config.PORT,
    mongodbUri: config.MONGODB_URI,
    bot: {
      userId: config.ROCKETCHAT_USER_ID,
      username: config.ROCKETCHAT_BOT_USERNAME,
      authToken: config.ROCKETCHAT_AUTH_TOKEN,
    },
    administrator:
      config.ADMIN_PASS === undefined ? undefined : { username: config.ADMIN_USERNAME, password: config.ADMIN_PASS },
    webhook:
      config.OUTGOING_WEBHOOK_URL === undefined || config.OUTGOING_WEBHOOK_TOKEN === undefined
        ? undefined
        : { url: config.OUTGOING_WEBHOOK_URL, token: config.OUTGOING_WEBHOOK_TOKEN },
  }),
);
