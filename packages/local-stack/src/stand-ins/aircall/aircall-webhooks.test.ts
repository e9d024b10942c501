import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startReceiver } from '../../testing/start-receiver.ts';
import type { RunningStandIn } from '../run-stand-in.ts';
import { ALL_AIRCALL_EVENTS } from './aircall-webhook-events.ts';
import { startAircall } from './start-aircall.ts';

const NOW_MS = Date.parse('2026-11-21T08:00:00Z');

let directory: string;
let aircall: RunningStandIn;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'aircall-webhooks-'));
  const credentials = { apiId: 'id', apiToken: 'token' };
  aircall = await startAircall({ port: 0, stateDirectory: directory, ...credentials, now: () => NOW_MS });
});
afterEach(async () => {
  await aircall.close();
  rmSync(directory, { recursive: true });
});

interface Shown {
  readonly webhook_id: string;
  readonly token: string;
  readonly active: boolean;
}

async function call(method: string, route: string, body?: object) {
  const reply = await fetch(`${aircall.url}${route}`, {
    method,
    headers: { authorization: `Basic ${btoa('id:token')}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: reply.status, json: (await reply.json()) as Record<string, unknown> };
}
const create = async (url: string, events: readonly string[]) =>
  (await call('POST', '/v1/webhooks', { url, events })).json['webhook'] as Shown;
const show = async ({ webhook_id }: Shown) =>
  (await call('GET', `/v1/webhooks/${webhook_id}`)).json['webhook'] as Shown;
const deliver = async (event: string, data: object = {}) =>
  (await call('POST', '/_control/webhooks/deliver', { event, data })).json['deliveries'];

async function receiver(...statuses: number[]) {
  const started = await startReceiver(statuses);
  onTestFinished(() => started.close());
  return started;
}

describe('webhooks of the Aircall stand-in', () => {
  it('carry the token of their own, and only what they are subscribed to', async () => {
    const at = await receiver(200);
    const both = [await create(`${at.url}/a`, ['call.ended']), await create(`${at.url}/b`, ['call.ended'])];
    await create(`${at.url}/c`, ['call.created']);
    await deliver('call.ended', { id: 7 });
    const bodies = at.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    const said = { resource: 'call', event: 'call.ended', timestamp: NOW_MS / 1000, data: { id: 7 } };
    expect(bodies).toEqual(expect.arrayContaining(both.map(({ token }) => ({ ...said, token }))));
    expect(bodies).toHaveLength(2);
  });

  it('are switched off after ten failures in a row, and count afresh after a success', async () => {
    const at = await receiver(500, 200, ...Array.from({ length: 20 }, () => 500));
    const webhook = await create(at.url, ['call.ended']);
    expect(await deliver('call.ended')).toMatchObject([{ status: 200, attempts: 2 }]);
    await deliver('call.ended');
    expect(await show(webhook)).toMatchObject({ active: true });
    await deliver('call.ended');
    expect(await show(webhook)).toMatchObject({ active: false });
    expect(await deliver('call.ended')).toEqual([]);
  });

  it('know every event once', () => {
    expect(new Set(ALL_AIRCALL_EVENTS).size).toBe(ALL_AIRCALL_EVENTS.length);
    expect(ALL_AIRCALL_EVENTS.length).toBe(67);
  });
});
