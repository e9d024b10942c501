import { randomBytes } from 'node:crypto';
import { baseUrl, ConfigError, parseConfig, secret } from '@innkeeper/shared/config/parse-config';
import { Secret } from '@innkeeper/shared/config/secret';
import * as z from 'zod';
import { prepareChat } from './chat/prepare-chat.ts';

/**
 * `scripts/nightly/prepare-services.sh` calls it: makes a bot on the server of `ROCKETCHAT_URL` and prints its and the
 * administrator's ids and tokens as lines `NAME=value`. Each run makes another bot.
 */
const Config = z.object({
  ROCKETCHAT_URL: baseUrl('address of Rocket.Chat'),
  ROCKETCHAT_ADMIN_USERNAME: z.string().default('admin'),
  ROCKETCHAT_ADMIN_PASSWORD: secret('password of the administrator that the server made at its first start'),
});

process.exitCode = await prepare();

async function prepare(): Promise<number> {
  try {
    const config = parseConfig('prepare-chat', Config, process.env);
    const prepared = await prepareChat({
      fetch,
      url: config.ROCKETCHAT_URL,
      administrator: { username: config.ROCKETCHAT_ADMIN_USERNAME, password: config.ROCKETCHAT_ADMIN_PASSWORD },
      bot: {
        username: `contracts-${randomBytes(4).toString('hex')}`,
        password: new Secret(randomBytes(24).toString('base64url')),
      },
    });
    if (!prepared.ok) return fail(`Rocket.Chat refused: ${prepared.error.endpoint} ${prepared.error.detail}.`);
    const { administrator, bot } = prepared.value;
    for (const [name, value] of [
      ['ROCKETCHAT_URL', config.ROCKETCHAT_URL],
      ['ROCKETCHAT_USER_ID', bot.userId],
      ['ROCKETCHAT_AUTH_TOKEN', bot.authToken.reveal()],
      ['ROCKETCHAT_ADMIN_USER_ID', administrator.userId],
      ['ROCKETCHAT_ADMIN_AUTH_TOKEN', administrator.authToken.reveal()],
    ]) {
      console.log(`${name}=${value}`);
    }
    return 0;
  } catch (error) {
    if (error instanceof ConfigError) return fail(error.message);
    throw error;
  }
}

function fail(sentence: string): number {
  console.error(sentence);
  return 1;
}
