import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGuesty } from '@innkeeper/local-stack/stand-ins/guesty/start-guesty';
import type { RunningStandIn } from '@innkeeper/local-stack/stand-ins/run-stand-in';
import type { Faults } from '@innkeeper/local-stack/stand-ins/stand-in-server';
import { err, ok } from '@innkeeper/shared/result/result';
import { describeWebhookRegistryContract } from '@innkeeper/shared/testing/webhook-registry-contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guestyRegistry } from './guesty-registry.ts';

const CREDENTIALS = { clientId: 'id', clientSecret: 'key' };
const EVENTS = ['guest.created', 'reservation.created.v2'] as const;
const WANTED = { url: 'https://hooks.example.com/webhooks/guesty', events: EVENTS };

let directory: string;
let guesty: RunningStandIn;
let nowMs: number;
let refused: (string | undefined)[];

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'guesty-registry-'));
  nowMs = Date.parse('2026-11-21T08:00:00Z');
  refused = [];
  guesty = await startGuesty({ port: 0, stateDirectory: directory, ...CREDENTIALS, now: () => nowMs });
  await control('limits', { rate: false, tokensPerDay: null });
});
afterEach(async () => {
  await guesty.close();
  rmSync(directory, { recursive: true });
});

const control = (where: string, body: object) =>
  fetch(`${guesty.url}/_control/${where}`, { method: 'POST', body: JSON.stringify(body) });
const settings = (changes: object) => control('webhooks/settings', changes);
const faults = (changes: Faults) => control('faults', changes);

async function grant(): Promise<string> {
  const { clientId, clientSecret } = CREDENTIALS;
  const reply = await fetch(`${guesty.url}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: 'open-api',
      client_id: clientId,
      client_secret: clientSecret,
    }),
  });
  return ((await reply.json()) as { access_token: string }).access_token;
}

const registry = (firstToken?: string) =>
  guestyRegistry({
    baseUrl: `${guesty.url}/v1`,
    fetch,
    token: async last => {
      refused.push(last);
      return ok(last === undefined && firstToken !== undefined ? firstToken : await grant());
    },
  });

describeWebhookRegistryContract('Guesty’s registry', () => ({ registry: registry(), events: EVENTS }));

describe('Guesty’s registry', () => {
  it.each(['array', 'results', 'data'])('reads its list as %s', async listAs => {
    await settings({ listAs });
    const created = await registry().create(WANTED);
    expect(await registry().list()).toEqual(ok([created.ok && created.value]));
  });

  it.each(['nothing', 'subscription'])('takes %s for an answer to a change', async changeAs => {
    await settings({ changeAs });
    const created = await registry().create(WANTED);
    if (!created.ok) throw new Error(created.error.detail);
    const events = ['guest.created'];
    expect(await registry().update(created.value.id, { ...WANTED, events, active: true })).toMatchObject({ ok: true });
    expect(await registry().list()).toEqual(ok([{ ...created.value, events }]));
  });

  it.each(['key', 'secret'])('reads a signing secret as %s', async secretAs => {
    await settings({ secretAs });
    const created = await registry().create(WANTED);
    if (!created.ok) throw new Error(created.error.detail);
    const shown = await registry().secretOf(created.value);
    expect(shown.ok && shown.value.reveal()).toMatch(/^whsec_/u);
  });

  it('is told that a secret is not shown yet', async () => {
    await settings({ secretDelayMs: 5_000 });
    const created = await registry().create(WANTED);
    if (!created.ok) throw new Error(created.error.detail);
    expect(await registry().secretOf(created.value)).toMatchObject({ ok: false, error: { kind: 'not_found' } });
    nowMs += 5_000;
    expect(await registry().secretOf(created.value)).toMatchObject({ ok: true });
  });

  it('passes on why an event is refused', async () => {
    const answer = await registry().create({ ...WANTED, events: ['reservation.new'] });
    expect(answer).toEqual(
      err({ kind: 'refused', detail: 'status 400: reservation.new is replaced by reservation.created.v2' }),
    );
  });

  it('asks once for another token where one is refused', async () => {
    expect(await registry('revoked').list()).toEqual(ok([]));
    expect(refused).toEqual([undefined, 'revoked']);
  });

  it('gives up where the next one is refused, too', async () => {
    await faults({ pathPrefix: '/v1/webhooks', status: 401 });
    expect(await registry().list()).toMatchObject({ ok: false, error: { kind: 'denied' } });
    expect(refused).toHaveLength(2);
  });

  it('waits as long as the vendor asks', async () => {
    await faults({ pathPrefix: '/v1/', status: 429, headers: { 'retry-after': '7' } });
    expect(await registry().list()).toMatchObject({ error: { kind: 'unavailable', retryAfterMs: 7_000 } });
  });

  it.each<Faults>([{ status: 502, body: '<html>gateway</html>' }, { cut: true }])('takes %j as away', async fault => {
    await faults({ ...fault, pathPrefix: '/v1/' });
    expect(await registry().list()).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  });

  it('never takes an answer of another form for an empty list', async () => {
    const answering = (body: unknown) =>
      guestyRegistry({
        baseUrl: 'https://guesty.example.com/v1',
        token: () => Promise.resolve(ok('token')),
        fetch: () => Promise.resolve(Response.json(body)),
      });
    for (const body of [{}, { results: null }, null, 'words', [{ url: WANTED.url }], { results: [{ _id: 7 }] }]) {
      expect(await answering(body).list()).toMatchObject({ error: { kind: 'unavailable' } });
    }
    const remote = { id: 'a', url: WANTED.url, events: [], active: true };
    for (const body of [{}, { key: 'plain' }, { key: 'whsec_***' }, { secret: 7 }]) {
      expect(await answering(body).secretOf(remote)).toMatchObject({ error: { kind: 'unavailable' } });
    }
  });
});
