import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Secret } from '@innkeeper/shared/config/secret';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { offerOverWebhook } from './offer-question.ts';

const BODY = {
  bot: false,
  channel_id: 'GENERAL',
  channel_name: 'general',
  message_id: 'fAZw2ATh5Fkx4cjKA',
  timestamp: '2026-11-21T08:12:45.388Z',
  user_id: 'X7ZSLm7umWPBNaDxT',
  user_name: 'frida',
  text: 'who is checking in today?',
};

/** The assistant: answers with the status its path names, and nothing for `/hangs-up`. */
let server: Server;
let address: string;
const received: unknown[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        type: request.headers['content-type'],
        body: JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown,
      });
      const status = Number(request.url?.slice(1));
      if (Number.isNaN(status)) response.destroy();
      else response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const offerTo = (path: string | number) =>
  offerOverWebhook({ fetch, url: `${address}/${path}`, token: new Secret('rcOutgoingToken0000000001') })(BODY);

it('sends the body with the token in it', async () => {
  expect(await offerTo(200)).toEqual({ ok: true, value: undefined });
  expect(received.at(-1)).toEqual({ type: 'application/json', body: { ...BODY, token: 'rcOutgoingToken0000000001' } });
});

it.each([
  [302, 'denied'],
  [400, 'refused'],
  [401, 'denied'],
  [404, 'denied'],
  [408, 'unavailable'],
  [413, 'refused'],
  [429, 'unavailable'],
  [500, 'unavailable'],
  [503, 'unavailable'],
])('%i is %s', async (status, kind) => {
  expect(await offerTo(status)).toEqual({ ok: false, error: { kind, detail: `status ${status}` } });
});

it('a broken connection is unavailable', async () => {
  expect(await offerTo('hangs-up')).toEqual({ ok: false, error: { kind: 'unavailable', detail: 'unreachable' } });
});
