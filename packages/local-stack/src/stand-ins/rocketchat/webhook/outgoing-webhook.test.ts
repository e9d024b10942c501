import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BOT, FRIDA, type RunningChat, runChat } from '../testing/running-chat.ts';

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

let chat: RunningChat;
let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint();
  chat = await runChat({ url: endpoint.url, token: 'out' });
  const both = [FRIDA.userId, BOT.userId];
  await chat.control('PUT', 'rooms/GENERAL', { t: 'c', name: 'general', memberIds: both });
  await chat.control('PUT', 'rooms/private-1', { t: 'p', name: 'front-desk', memberIds: both });
  const usernames = ['frida', BOT.username];
  await chat.control('PUT', 'rooms/direct-1', { t: 'd', memberIds: both, usernames });
});
afterAll(async () => {
  await chat.close();
  endpoint.close();
});

describe('the outgoing webhook', () => {
  const say = async (roomId: string, text: string, more: Record<string, unknown> = {}) => {
    endpoint.bodies.length = 0;
    const { json } = await chat.control('POST', 'messages', { userId: FRIDA.userId, roomId, text, ...more });
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
      ['user_id', FRIDA.userId],
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
    await chat.control('POST', 'edits', { userId: FRIDA.userId, messageId: message._id, text: 'who arrives tomorrow' });
    expect(await endpoint.next()).toMatchObject({
      message_id: message._id,
      isEdited: true,
      text: 'who arrives tomorrow',
    });
  });

  it('has no loop guard: what the bot posts fires it with bot false', async () => {
    endpoint.bodies.length = 0;
    const message = { rid: 'GENERAL', msg: 'Two arrivals' };
    await chat.api('chat.sendMessage', { body: { message }, as: BOT });
    expect(await endpoint.next()).toMatchObject({ user_id: BOT.userId, bot: false });
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
    await expect.poll(async () => (await chat.control('GET', 'webhook', undefined)).json['enabled']).toBe(false);
    await chat.control('PUT', 'webhook', { url: endpoint.url, token: 'out' });
  });
});
