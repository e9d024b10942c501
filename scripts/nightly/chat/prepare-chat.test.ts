import { type RunningChat, runChat } from '@innkeeper/local-stack/stand-ins/rocketchat/testing/running-chat';
import { Secret } from '@innkeeper/shared/config/secret';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { prepareChat } from './prepare-chat.ts';

const ADMINISTRATOR = { username: 'admin', password: 'password of the administrator' };
let chat: RunningChat;
beforeAll(async () => {
  chat = await runChat(undefined, ADMINISTRATOR);
});
afterAll(() => chat.close());

const prepare = (username: string, password = ADMINISTRATOR.password) =>
  prepareChat({
    fetch,
    url: chat.url(),
    administrator: { username: ADMINISTRATOR.username, password: new Secret(password) },
    bot: { username, password: new Secret('password of the bot') },
  });

test('makes a bot that is a bot and nothing else, with a token that works', async () => {
  const prepared = await prepare('contracts-1');
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
  const { bot, administrator } = prepared.value;
  const asBot = { userId: bot.userId, authToken: bot.authToken.reveal() };
  const { json } = await chat.api('users.info', { query: { userId: bot.userId }, as: asBot });
  expect(json['user']).toMatchObject({ username: 'contracts-1', roles: ['bot'] });
  const asAdministrator = { userId: administrator.userId, authToken: administrator.authToken.reveal() };
  expect((await chat.api('integrations.list', { as: asAdministrator })).status).toBe(200);
  expect((await chat.api('integrations.list', { as: asBot })).status).toBe(403);
});

test('names what was refused, and no secret', async () => {
  expect(await prepare('contracts-2', 'another')).toEqual({
    ok: false,
    error: { endpoint: 'login', detail: 'answered 401' },
  });
  expect(await prepare('contracts-1')).toEqual({
    ok: false,
    error: { endpoint: 'users.create', detail: 'answered 400' },
  });
});
