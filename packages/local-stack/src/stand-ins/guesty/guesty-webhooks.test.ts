import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startReceiver } from '../../testing/start-receiver.ts';
import type { RunningStandIn } from '../run-stand-in.ts';
import { startGuesty } from './start-guesty.ts';

let directory: string;
let guesty: RunningStandIn;
let token: string;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'guesty-webhooks-'));
  guesty = await startGuesty({ port: 0, stateDirectory: directory, clientId: 'id', clientSecret: 'key' });
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    scope: 'open-api',
    client_id: 'id',
    client_secret: 'key',
  });
  const granted = await fetch(`${guesty.url}/oauth2/token`, { method: 'POST', body });
  token = ((await granted.json()) as { access_token: string }).access_token;
});
afterEach(async () => {
  await guesty.close();
  rmSync(directory, { recursive: true });
});

async function call(method: string, route: string, body?: object) {
  const reply = await fetch(`${guesty.url}${route}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  return { status: reply.status, json: (text === '' ? {} : JSON.parse(text)) as Record<string, unknown> };
}
const subscribe = async (url: string, events: readonly string[]) =>
  String((await call('POST', '/v1/webhooks', { url, events })).json['_id']);
const secretAt = async (url: string) =>
  (await call('GET', `/v1/webhooks-v2/secret?url=${encodeURIComponent(url)}`)).json['key'];

async function receiver(...statuses: number[]) {
  const started = await startReceiver(statuses);
  onTestFinished(() => started.close());
  return started;
}

describe('deliveries of the Guesty stand-in', () => {
  it('go to every subscription that has the event, each signed with the secret of its address', async () => {
    const at = await receiver(200);
    await subscribe(`${at.url}/a`, ['guest.created']);
    await subscribe(`${at.url}/a?subscription=b`, ['guest.created', 'guest.updated']);
    await subscribe(`${at.url}/c`, ['guest.updated']);
    const delivery = { event: 'guest.created', body: { guest: { _id: 'g' } }, id: 'msg_1' };
    const { json } = await call('POST', '/_control/webhooks/deliver', delivery);
    expect(json).toMatchObject({ deliveries: [{ status: 200, attempts: 1 }, { status: 200 }] });
    expect(at.received.map(webhook => webhook.path).sort()).toEqual(['/a', '/a?subscription=b']);
    for (const { path: where, headers, body } of at.received) {
      expect(JSON.parse(body)).toEqual({ event: 'guest.created', guest: { _id: 'g' } });
      const key = Buffer.from(String(await secretAt(`${at.url}${where}`)).slice('whsec_'.length), 'base64');
      const signed = `msg_1.${String(headers['svix-timestamp'])}.${body}`;
      const signature = createHmac('sha256', key).update(signed).digest('base64');
      expect(headers).toMatchObject({ 'svix-id': 'msg_1', 'svix-signature': `v1,${signature}` });
    }
  });

  it('are repeated after a failure, not for ever, and not at all once disabled', async () => {
    const [once, never] = [await receiver(500, 401, 204), await receiver(503)];
    await subscribe(once.url, ['guest.created']);
    const hopeless = await subscribe(never.url, ['guest.created']);
    const { json } = await call('POST', '/_control/webhooks/deliver', { event: 'guest.created' });
    expect(json['deliveries']).toEqual([
      { url: once.url, status: 204, attempts: 3 },
      { url: never.url, status: 503, attempts: 6 },
    ]);
    await call('PATCH', `/_control/webhooks/${hopeless}`, { disabled: true });
    await call('POST', '/_control/webhooks/deliver', { event: 'guest.created' });
    expect(never.received).toHaveLength(6);
    expect(once.received).toHaveLength(4);
    expect((await call('GET', '/v1/webhooks')).json).not.toContainEqual(expect.objectContaining({ disabled: true }));
  });

  it('reach another origin on demand', async () => {
    const at = await receiver(200);
    await subscribe('https://hooks.example.com/webhooks/guesty?subscription=b', ['guest.created']);
    await call('POST', '/_control/webhooks/deliver', { event: 'guest.created', origin: at.url });
    expect(at.received.map(webhook => webhook.path)).toEqual(['/webhooks/guesty?subscription=b']);
  });

  it('are asked for in words that are checked', async () => {
    expect((await call('POST', '/_control/webhooks/deliver', { body: {} })).status).toBe(400);
    expect((await call('POST', '/_control/webhooks/settings', { secretDelayMs: -1 })).status).toBe(400);
  });
});

describe('subscriptions of the Guesty stand-in', () => {
  it('keep their address, share the secret of it, and get a new one when made again', async () => {
    const url = 'https://hooks.example.com/a';
    const first = await subscribe(url, ['guest.created']);
    const moved = await call('PUT', `/v1/webhooks/${first}`, { url: `${url}b`, events: ['guest.created'] });
    expect(moved.status).toBe(400);
    const secret = await secretAt(url);
    await subscribe(url, ['guest.updated']);
    expect(await secretAt(url)).toBe(secret);
    const { json } = await call('GET', '/v1/webhooks');
    for (const { _id } of json as unknown as { _id: string }[]) await call('DELETE', `/_control/webhooks/${_id}`);
    await subscribe(url, ['guest.created']);
    expect(await secretAt(url)).not.toBe(secret);
  });
});
