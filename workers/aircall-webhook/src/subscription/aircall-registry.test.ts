import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startAircall } from '@innkeeper/local-stack/stand-ins/aircall/start-aircall';
import type { RunningStandIn } from '@innkeeper/local-stack/stand-ins/run-stand-in';
import type { Faults } from '@innkeeper/local-stack/stand-ins/stand-in-server';
import { Secret } from '@innkeeper/shared/config/secret';
import { describeWebhookRegistryContract } from '@innkeeper/shared/testing/webhook-registry-contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aircallRegistry } from './aircall-registry.ts';

const EVENTS = ['call.created', 'call.ended'] as const;
const WANTED = { url: 'https://hooks.example.com/webhooks/aircall', events: EVENTS };

let directory: string;
let aircall: RunningStandIn;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'aircall-registry-'));
  aircall = await startAircall({ port: 0, stateDirectory: directory, apiId: 'id', apiToken: 'token' });
});
afterEach(async () => {
  await aircall.close();
  rmSync(directory, { recursive: true });
});

const control = (method: string, where: string, body: object) =>
  fetch(`${aircall.url}/_control/${where}`, { method, body: JSON.stringify(body) });
const registry = (apiToken = 'token') =>
  aircallRegistry({ baseUrl: `${aircall.url}/v1`, apiId: 'id', apiToken: new Secret(apiToken), fetch });

describeWebhookRegistryContract('Aircall’s registry', () => ({ registry: registry(), events: EVENTS }));

describe('Aircall’s registry', () => {
  it('switches a webhook on again without subscribing to everything', async () => {
    const created = await registry().create(WANTED);
    if (!created.ok) throw new Error(created.error.detail);
    const { id } = created.value;
    await control('PATCH', `webhooks/${id}`, { active: false });
    expect(await registry().list()).toMatchObject({ value: [{ id, active: false }] });
    await registry().update(id, { ...WANTED, active: true });
    expect(await registry().list()).toMatchObject({ value: [{ id, active: true, events: EVENTS }] });
  });

  it('reads the list to its end, and is told where there is no room for more', async () => {
    await control('POST', 'limits', { rate: false });
    const all = Array.from({ length: 100 }, (_none, index) => ({ ...WANTED, url: `${WANTED.url}/${index}` }));
    for (const wanted of all) await registry().create(wanted);
    const listed = await registry().list();
    expect(listed.ok && listed.value.map(({ url }) => url)).toEqual(all.map(({ url }) => url));
    expect(await registry().create(WANTED)).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  it('tells refused credentials from a vendor that is away', async () => {
    expect(await registry('wrong').list()).toMatchObject({ error: { kind: 'denied' } });
    for (const fault of [{ status: 503 }, { cut: true }, { status: 500, body: '<html>' }] satisfies Faults[]) {
      await control('POST', 'faults', fault);
      expect(await registry().list()).toMatchObject({ error: { kind: 'unavailable' } });
    }
  });

  it('never takes an answer of another form for an empty list', async () => {
    const answering = (body: unknown) =>
      aircallRegistry({
        baseUrl: 'https://aircall.example.com/v1',
        apiId: 'id',
        apiToken: new Secret('token'),
        fetch: () => Promise.resolve(Response.json(body)),
      });
    for (const body of [{}, [], null, { webhooks: {} }, { webhooks: [{ webhook_id: 'a' }] }, 'words']) {
      expect(await answering(body).list()).toMatchObject({ error: { kind: 'unavailable' } });
    }
    const endless = { webhooks: [], meta: { next_page_link: 'https://aircall.example.com/v1/webhooks?page=2' } };
    expect(await answering(endless).list()).toMatchObject({ error: { kind: 'unavailable' } });
    const numbered = { webhook_id: 26316, url: WANTED.url, active: true, events: null };
    expect(await answering({ webhooks: [numbered] }).list()).toMatchObject({ value: [{ id: '26316', events: [] }] });
  });
});
