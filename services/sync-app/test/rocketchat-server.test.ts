import { randomBytes } from 'node:crypto';
import {
  REACHED_ROCKETCHAT,
  type ReachedAdministration,
  reachAdministration,
} from '@innkeeper/local-stack/testing/reach-rocketchat';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import type { CommandContext } from '../src/command-line/run-command.ts';
import { performRocketChat } from '../src/rocketchat/perform-rocketchat.ts';

/** The command on a server that has nothing of ours, from the first look to the last. */
const name = `assistant-${randomBytes(4).toString('hex')}`;
const QUESTIONS_URL = `https://${name}.example.com/webhooks/rocketchat`;
const project = `tests-${randomBytes(4).toString('hex')}`;

const Integrations = z.object({ integrations: z.array(z.object({ _id: z.string(), name: z.string() })) });
const User = z.object({ user: z.object({ _id: z.string(), roles: z.array(z.string()) }) });

let server: ReachedAdministration;
/** What somebody else has there must not be changed. */
let isOurs = false;
beforeAll(async () => {
  vi.stubEnv('FIRESTORE_EMULATOR_HOST', firestoreEmulatorHost());
  vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
  server = await reachAdministration();
  isOurs = (await integrations()).length === 0;
  if (!isOurs) throw new Error('this Rocket.Chat has an integration of ours already: it is not for tests');
});
afterAll(async () => {
  if (isOurs) {
    for (const { _id: integrationId } of await integrations()) {
      await call('POST', 'integrations.remove', { type: 'webhook-outgoing', integrationId });
    }
    await call('POST', 'users.delete', { userId: (await bot())._id });
  }
  await server.close();
  vi.unstubAllEnvs();
});

async function call(method: 'GET' | 'POST', endpoint: string, body?: object): Promise<unknown> {
  const reply = await fetch(`${server.url}/api/v1/${endpoint}`, {
    method,
    headers: { 'x-user-id': server.userId, 'x-auth-token': server.authToken, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return reply.json();
}
const integrations = async () =>
  Integrations.parse(await call('GET', 'integrations.list')).integrations.filter(one => one.name === 'Innkeeper');
const bot = async () => User.parse(await call('GET', `users.info?username=${name}`)).user;

async function run(action: 'verify' | 'set-up') {
  const said = { out: '', err: '' };
  const context: CommandContext = {
    environment: {
      ROCKETCHAT_URL: server.url,
      ROCKETCHAT_ADMIN_USER_ID: server.userId,
      ROCKETCHAT_ADMIN_AUTH_TOKEN: server.authToken,
      ROCKETCHAT_BOT_USERNAME: name,
      ROCKETCHAT_BOT_EMAIL: `${name}@example.com`,
      ROCKETCHAT_BOT_PASSWORD: randomBytes(18).toString('base64url'),
      ROCKETCHAT_WEBHOOK_TOKEN: 'token of the webhook',
      QUESTIONS_URL,
      GOOGLE_CLOUD_PROJECT: project,
    },
    user: 'tests',
    out: { write: text => (said.out += text) },
    err: { write: text => (said.err += text) },
    interrupted: new AbortController().signal,
  };
  const code = await performRocketChat({ action, json: false }, context);
  return { code, ...said };
}

describe(`pnpm rocketchat on ${REACHED_ROCKETCHAT}`, () => {
  test('says what is missing, makes it, and finds all well afterwards without another change', async () => {
    const before = await run('verify');
    expect(before.code).toBe(1);
    expect(before.out).toContain(`Missing: create the user ${name} with the role bot.`);
    expect(await integrations()).toEqual([]);

    expect(await run('set-up')).toMatchObject({ code: 0, err: '' });
    expect((await bot()).roles).toEqual(['bot']);
    const [made, ...others] = await integrations();
    expect(others).toEqual([]);

    const well = { code: 0, out: '✓ Rocket.Chat is as the assistant needs it.\n', err: '' };
    expect(await run('set-up')).toEqual(well);
    expect(await run('verify')).toEqual(well);
    expect(await integrations()).toEqual([made]);
  });
});
