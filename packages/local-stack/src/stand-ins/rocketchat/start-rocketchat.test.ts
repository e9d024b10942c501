import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rocketChatTeamChat } from '@innkeeper/shared/adapters/rocketchat/rocketchat-team-chat';
import { Secret } from '@innkeeper/shared/config/secret';
import { describeTeamChatContract } from '@innkeeper/shared/testing/team-chat-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningRocketChat, startRocketChat } from './start-rocketchat.ts';

const bot = { userId: 'botUserId00000001', username: 'innkeeper', authToken: 'bot-token' };
const person = { userId: 'personUserId00001', authToken: 'person-token' };

/** The endpoint of the outgoing webhook: collects bodies and answers what the test says. */
interface Endpoint {
  readonly url: string;
  readonly bodies: Record<string, unknown>[];
  answers: { status: number; body: string }[];
  next(): Promise<Record<string, unknown>>;
  close(): void;
}

async function startEndpoint(): Promise<Endpoint> {
  const bodies: Record<string, unknown>[] = [];
  const waiting: ((body: Record<string, unknown>) => void)[] = [];
  const server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      const answer = endpoint.answers.shift() ?? { status: 200, body: '{}' };
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(answer.body);
      const body = JSON.parse(text) as Record<string, unknown>;
      const resolve = waiting.shift();
      if (resolve === undefined) bodies.push(body);
      else resolve(body);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const endpoint: Endpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/questions`,
    bodies,
    answers: [],
    next: () => {
      const body = bodies.shift();
      return body === undefined ? new Promise(resolve => waiting.push(resolve)) : Promise.resolve(body);
    },
    close: () => server.close(),
  };
  return endpoint;
}

let directory: string;
let chat: RunningRocketChat;
let endpoint: Endpoint;
let clockMs = Date.parse('2026-11-21T08:12:45.388Z');

const start = () =>
  startRocketChat({
    port: 0,
    stateDirectory: directory,
    bot,
    now: () => clockMs,
    webhook: { url: endpoint.url, token: 'out' },
  });

const control = async (method: string, name: string, body: unknown) => {
  const reply = await fetch(`${chat.url}/_control/${name}`, { method, body: JSON.stringify(body) });
  return { status: reply.status, json: (await reply.json()) as Record<string, unknown> };
};
const api = async (
  name: string,
  options: { query?: Record<string, string>; body?: unknown; as?: typeof person } = {},
) => {
  const as = options.as ?? person;
  const reply = await fetch(`${chat.url}/api/v1/${name}?${new URLSearchParams(options.query).toString()}`, {
    method: options.body === undefined ? 'GET' : 'POST',
    headers: { 'x-user-id': as.userId, 'x-auth-token': as.authToken },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  return { status: reply.status, json: (await reply.json()) as Record<string, unknown> };
};

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'rocketchat-'));
  endpoint = await startEndpoint();
  chat = await start();
  await control('PUT', `users/${person.userId}`, { username: 'frida', name: 'Frida', authToken: person.authToken });
  await control('PUT', 'rooms/GENERAL', { t: 'c', name: 'general', memberIds: [person.userId, bot.userId] });
  await control('PUT', 'rooms/private-1', { t: 'p', name: 'front-desk', memberIds: [person.userId, bot.userId] });
  await control('PUT', 'rooms/private-2', { t: 'p', name: 'owners', memberIds: [person.userId] });
  await control('PUT', 'rooms/direct-1', {
    t: 'd',
    memberIds: [person.userId, bot.userId],
    usernames: ['frida', 'innkeeper'],
  });
});
afterAll(async () => {
  await chat.close();
  endpoint.close();
  rmSync(directory, { recursive: true });
});

let ids = 0;
const adapter = (authToken = bot.authToken) =>
  rocketChatTeamChat({ fetch, url: chat.url, userId: bot.userId, authToken: new Secret(authToken) });

describeTeamChatContract('the Rocket.Chat adapter on the stand-in', () => ({
  chat: adapter(),
  rooms: { public: 'GENERAL', private: 'private-1', direct: 'direct-1', absent: 'nowhere' },
  botUserId: bot.userId,
  newMessageId: () => `message-${ids++}`,
}));

describe('the outgoing webhook', () => {
  const say = async (roomId: string, text: string, more: Record<string, unknown> = {}) => {
    endpoint.bodies.length = 0;
    const { json } = await control('POST', 'messages', { userId: person.userId, roomId, text, ...more });
    return { message: json['message'] as { _id: string }, body: await endpoint.next() };
  };

  it('sends exactly what Rocket.Chat sends for a message in a channel', async () => {
    const { message, body } = await say('GENERAL', 'who is checking in today and at what time');
    expect(Object.entries(body)).toEqual([
      ['token', 'out'],
      ['bot', false],
      ['channel_id', 'GENERAL'],
      ['channel_name', 'general'],
      ['message_id', message._id],
      ['timestamp', '2026-11-21T08:12:45.388Z'],
      ['user_id', person.userId],
      ['user_name', 'frida'],
      ['text', 'who is checking in today and at what time'],
      ['siteUrl', 'https://chat.example.com'],
    ]);
  });

  it('has no room name in a direct message and names the thread', async () => {
    const { body } = await say('direct-1', 'and tomorrow?', { threadId: 'root' });
    expect(body).not.toHaveProperty('channel_name');
    expect(body['tmid']).toBe('root');
  });

  it('fires again with isEdited when a person edits', async () => {
    const { message } = await say('private-1', 'who arrives today');
    await control('POST', 'edits', { userId: person.userId, messageId: message._id, text: 'who arrives tomorrow' });
    expect(await endpoint.next()).toMatchObject({
      message_id: message._id,
      isEdited: true,
      text: 'who arrives tomorrow',
    });
  });

  it('has no loop guard: what the bot posts fires it with bot false', async () => {
    endpoint.bodies.length = 0;
    await adapter().sendMessage({ messageId: 'from-bot', roomId: 'GENERAL', text: 'Two arrivals' });
    expect(await endpoint.next()).toMatchObject({ user_id: bot.userId, bot: false });
  });

  it('retries an empty answer under the same message id', async () => {
    endpoint.answers = [{ status: 200, body: '' }];
    const { message } = await say('GENERAL', 'lost once');
    expect(await endpoint.next()).toMatchObject({ message_id: message._id, text: 'lost once' });
  });

  it('posts a text in the answer as a message with bot true', async () => {
    endpoint.answers = [{ status: 200, body: '{"text":"hello from the hook"}' }];
    await say('GENERAL', 'hello');
    expect(await endpoint.next()).toMatchObject({ text: 'hello from the hook', bot: true });
  });

  it('is switched off by 410, even after a restart', async () => {
    endpoint.answers = [{ status: 410, body: '{}' }];
    await say('GENERAL', 'gone');
    await expect.poll(async () => (await control('GET', 'webhook', undefined)).json['enabled']).toBe(false);
    await control('PUT', 'webhook', { url: endpoint.url, token: 'out' });
  });
});

describe('the REST API', () => {
  it('keeps rooms and messages over a restart', async () => {
    await adapter().sendMessage({ messageId: 'kept', roomId: 'private-1', text: 'kept' });
    await chat.close();
    chat = await start();
    const stored = await adapter().getMessage('kept');
    expect(stored.ok && stored.value.text).toBe('kept');
  });

  it('lists a history newest first and a thread from its beginning', async () => {
    for (const [id, tmid] of [['t-root'], ['t-1', 't-root'], ['t-2', 't-root']] as const) {
      clockMs += 1000;
      await control('POST', 'messages', {
        userId: person.userId,
        roomId: 'private-1',
        text: id,
        messageId: id,
        threadId: tmid,
      });
    }
    const idsOf = (json: Record<string, unknown>) =>
      (json['messages'] as { _id: string }[]).map(message => message._id);
    const history = await api('groups.history', { query: { roomId: 'private-1', count: '3' } });
    expect(idsOf(history.json)).toEqual(['t-2', 't-1', 't-root']);
    const thread = await api('chat.getThreadMessages', { query: { tmid: 't-root' } });
    expect(idsOf(thread.json)).toEqual(['t-1', 't-2']);
  });

  it('hides a private room from those who are not in it', async () => {
    await control('POST', 'messages', {
      userId: person.userId,
      roomId: 'private-2',
      text: 'secret',
      messageId: 'secret',
    });
    expect(await adapter().getMessage('secret')).toMatchObject({ ok: false, error: { kind: 'not_found' } });
    const sent = await adapter().sendMessage({ messageId: 'intruder', roomId: 'private-2', text: 'hi' });
    expect(sent).toMatchObject({ ok: false, error: { kind: 'denied' } });
    expect(await adapter().roomType('private-2')).toMatchObject({ ok: false, error: { kind: 'not_found' } });
  });

  it('refuses wrong credentials, unknown endpoints and unknown fields as the real one does', async () => {
    expect(await adapter('wrong').roomType('GENERAL')).toMatchObject({ ok: false, error: { kind: 'denied' } });
    expect((await api('chat.unheardOf')).status).toBe(404);
    const odd = await api('chat.sendMessage', { body: { message: { rid: 'GENERAL', msg: 'x', colour: 'red' } } });
    expect(odd).toMatchObject({ status: 400, json: { success: false, errorType: 'invalid-params' } });
  });

  it('names the seconds to wait to people, and lets the bot pass', async () => {
    await control('POST', 'rate-limit', { enabled: true });
    const statuses = [];
    for (let call = 0; call < 11; call++)
      statuses.push((await api('users.info', { query: { username: 'frida' } })).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    expect((await adapter().roomType('GENERAL')).ok).toBe(true);

    await control('POST', 'rate-limit', { enabled: true, exemptBots: false });
    const replies = [];
    for (let call = 0; call < 11; call++) replies.push(await adapter().roomType('GENERAL'));
    expect(replies.at(-1)).toMatchObject({ ok: false, error: { kind: 'unavailable', retryAfterMs: 60_000 } });
    await control('POST', 'rate-limit', { enabled: false });
  });

  it('creates a room when somebody writes in one it does not know', async () => {
    const roomId = `${bot.userId}${person.userId}`;
    expect(await adapter().roomType(roomId)).toMatchObject({ ok: false, error: { kind: 'not_found' } });
    await adapter().sendMessage({ messageId: 'first-there', roomId, text: 'hi' });
    expect(await adapter().roomType(roomId)).toEqual({ ok: true, value: 'direct' });
  });

  it('shows people a page of every room, and runs nothing they wrote', async () => {
    await control('POST', 'messages', { userId: person.userId, roomId: 'GENERAL', text: '<script>alert(1)</script>' });
    const page = await (await fetch(`${chat.url}/`)).text();
    expect(page).toContain('#general');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script');
  });

  it('toggles reactions and deletes own messages only', async () => {
    await control('POST', 'messages', { userId: person.userId, roomId: 'GENERAL', text: 'x', messageId: 'reacted' });
    await api('chat.react', { body: { messageId: 'reacted', emoji: 'thumbsup' } });
    const { json } = await api('chat.getMessage', { query: { msgId: 'reacted' } });
    expect(json['message']).toMatchObject({ reactions: { ':thumbsup:': { usernames: ['frida'] } } });
    const asBot = { userId: bot.userId, authToken: bot.authToken };
    const body = { roomId: 'GENERAL', msgId: 'reacted' };
    expect((await api('chat.delete', { body, as: asBot })).json['errorType']).toBe('error-action-not-allowed');
    expect((await api('chat.delete', { body })).status).toBe(200);
    expect(await api('chat.getMessage', { query: { msgId: 'reacted' } })).toEqual({
      status: 400,
      json: { success: false },
    });
  });
});
