import { randomBytes } from 'node:crypto';
import { BOT, type RunningChat, runChat } from '@innkeeper/local-stack/stand-ins/rocketchat/testing/running-chat';
import { firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { CommandContext } from '../src/command-line/run-command.ts';
import { performRocketChat } from '../src/rocketchat/perform-rocketchat.ts';

const QUESTIONS_URL = 'https://llm-query.example.com/webhooks/rocketchat';
const WEBHOOK_TOKEN = 'token of the webhook';
const ADMIN = { userId: 'adminUserId000001', authToken: 'token of the administrator' };
const project = `tests-${randomBytes(4).toString('hex')}`;

let chat: RunningChat;
beforeAll(async () => {
  vi.stubEnv('FIRESTORE_EMULATOR_HOST', firestoreEmulatorHost());
  vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
  chat = await runChat();
  await chat.control('PUT', `users/${ADMIN.userId}`, {
    username: 'ada',
    name: 'Ada',
    roles: ['admin'],
    authToken: ADMIN.authToken,
  });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await chat.close();
});

async function run(action: 'verify' | 'set-up', changed: Readonly<Record<string, string>> = {}) {
  const said = { out: '', err: '' };
  const context: CommandContext = {
    environment: {
      ROCKETCHAT_URL: chat.url(),
      ROCKETCHAT_ADMIN_USER_ID: ADMIN.userId,
      ROCKETCHAT_ADMIN_AUTH_TOKEN: ADMIN.authToken,
      ROCKETCHAT_BOT_USERNAME: 'assistant',
      ROCKETCHAT_BOT_EMAIL: 'assistant@example.com',
      ROCKETCHAT_BOT_PASSWORD: 'password of the bot',
      ROCKETCHAT_WEBHOOK_TOKEN: WEBHOOK_TOKEN,
      QUESTIONS_URL,
      GOOGLE_CLOUD_PROJECT: project,
      ...changed,
    },
    user: 'tests',
    out: { write: text => (said.out += text) },
    err: { write: text => (said.err += text) },
    interrupted: new AbortController().signal,
  };
  const code = await performRocketChat({ action, json: false }, context);
  return { code, ...said };
}

const integrations = async (): Promise<Record<string, unknown>[]> => {
  const { json } = await chat.api('integrations.list', { as: ADMIN });
  return json['integrations'] as Record<string, unknown>[];
};

test('makes all that the assistant needs, once; the audit knows who asked, and nobody is told a secret', async () => {
  await chat.control('POST', 'rate-limit', { enabled: false, exemptBots: false });
  const before = await run('verify');
  expect(before.code).toBe(1);
  expect(before.out).toContain('Missing: create the user assistant with the role bot.');
  expect(await integrations()).toEqual([]);

  const first = await run('set-up');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out.match(/^Done: /gmu)).toHaveLength(4);
  expect(await integrations()).toMatchObject([
    {
      name: 'Innkeeper',
      urls: [QUESTIONS_URL],
      channel: ['all_public_channels', 'all_private_groups', '@assistant'],
      retryFailedCalls: true,
      retryCount: 6,
      enabled: true,
    },
  ]);

  const second = await run('set-up');
  expect(second).toEqual({ code: 0, out: '✓ Rocket.Chat is as the assistant needs it.\n', err: '' });
  expect(await integrations()).toHaveLength(1);

  const store = firestoreSdk({ project, database: 'ops', emulatorHost: firestoreEmulatorHost() });
  const audit = await store.query({ collection: 'audit' });
  await store.close();
  const lines = audit.ok ? audit.value.map(({ fields }) => fields) : [];
  expect(lines).toMatchObject([{ command: 'rocketchat-set-up', by: 'tests', outcome: 'done' }]);
  const told = `${before.out}${first.out}${second.out}${JSON.stringify(lines)}`;
  expect(told).not.toMatch(/token of|password of/u);
});

test('puts right what somebody changed, the token and a taken role included', async () => {
  await run('set-up');
  const [known] = await integrations();
  await changeByHand({ triggerWords: ['!ask'] });
  await chat.control('PUT', `users/${BOT.userId}`, { username: 'assistant', name: 'Assistant', roles: ['user'] });
  const rotated = { ROCKETCHAT_WEBHOOK_TOKEN: 'token of tomorrow' };
  expect((await run('verify', rotated)).out).toContain('integration Innkeeper: triggerWords, token');
  const { code, out } = await run('set-up', rotated);
  expect(code).toBe(0);
  expect(out).toContain('Done: give assistant the role bot.');
  expect(await integrations()).toMatchObject([{ _id: known?.['_id'], token: 'token of tomorrow', triggerWords: [] }]);
});

/** As Rocket.Chat's form does it, which sends all fields. */
async function changeByHand(changed: Readonly<Record<string, unknown>>): Promise<void> {
  const [{ _id: integrationId, channel, _updatedAt: _, ...known } = {}] = await integrations();
  const reply = await fetch(`${chat.url()}/api/v1/integrations.update`, {
    method: 'PUT',
    headers: { 'x-user-id': ADMIN.userId, 'x-auth-token': ADMIN.authToken },
    body: JSON.stringify({ ...known, integrationId, channel: String(channel), ...changed }),
  });
  expect(await reply.json()).toMatchObject({ success: true, integration: changed });
}

test('who is no administrator is refused, with what to do', async () => {
  const { code, err } = await run('set-up', { ROCKETCHAT_ADMIN_AUTH_TOKEN: 'another' });
  expect(code).toBe(1);
  expect(err).toContain('permissions.listAll answered 401');
  expect(err).toContain('an administrator’s');
});
