import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PREPARED_IMAGE } from '@innkeeper/local-stack/stand-ins/hetzner/prepared-image';
import { startHetzner } from '@innkeeper/local-stack/stand-ins/hetzner/start-hetzner';
import type { RunningStandIn } from '@innkeeper/local-stack/stand-ins/run-stand-in';
import { Secret } from '@innkeeper/shared/config/secret';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hetznerServers } from '../src/hetzner/hetzner-servers.ts';
import type { ServerOrder } from '../src/ports.ts';
import { describeServersContract } from '../src/testing/servers-contract.ts';

const TOKEN = 'token-of-the-project';

let directory: string;
let hetzner: RunningStandIn;
let pauses: number[];
let nowMs: number;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'hetzner-'));
  nowMs = Date.parse('2026-11-21T02:30:00Z');
  pauses = [];
  hetzner = await startHetzner({
    port: 0,
    stateDirectory: directory,
    token: TOKEN,
    images: [PREPARED_IMAGE],
    paceMs: 1,
    now: () => nowMs,
  });
});
afterEach(async () => {
  await hetzner.close();
  rmSync(directory, { recursive: true });
});

const control = async (name: string, body: unknown, method = 'PUT'): Promise<void> => {
  const reply = await fetch(`${hetzner.url}/_control/${name}`, { method, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(await reply.text());
};
const fault = (faults: object) => control('faults', faults, 'POST');
const history = async (): Promise<{ name: string; status: string }[]> => {
  const reply = await fetch(`${hetzner.url}/_control/servers`);
  return ((await reply.json()) as { servers: { name: string; status: string }[] }).servers;
};
const adapter = (changes: { token?: string; endpoint?: string; timeoutMs?: number; networkId?: number } = {}) =>
  hetznerServers({
    endpoint: changes.endpoint ?? `${hetzner.url}/v1`,
    token: new Secret(changes.token ?? TOKEN),
    settings: { networkId: changes.networkId ?? 4711, firewallId: 815, sshKey: 'operators' },
    pause: async ms => {
      pauses.push(ms);
    },
    now: () => new Date(nowMs),
    timeoutMs: changes.timeoutMs ?? 5000,
  });
const order: ServerOrder = {
  runId: RunId.parse('2026-11-21'),
  name: 'backup-2026-11-21',
  type: 'cx23',
  location: 'nbg1',
  imageId: PREPARED_IMAGE.id,
  userData: '#cloud-config\n{}\n',
  expires: new Date('2026-11-21T08:30:00Z'),
};
const refusal = (code: string) => ({ error: { code, message: code, details: {} } });

describeServersContract('the Hetzner adapter', () => {
  const soldOut: object[] = [];
  return {
    servers: adapter(),
    imageId: PREPARED_IMAGE.id,
    sellOut: (type, location) => {
      soldOut.push({ type, location, announced: false });
      return control('sold-out', soldOut);
    },
    protect: serverId => control(`servers/${serverId}/protection`, { delete: true }),
  };
});

describe('an order', () => {
  it('asks for a key, the private network, the firewall and one public address, never for a data centre', async () => {
    expect((await adapter().create(order)).ok).toBe(true);
    const reply = await fetch(`${hetzner.url}/v1/servers`, { headers: { authorization: `Bearer ${TOKEN}` } });
    const { servers } = (await reply.json()) as { servers: object[] };
    expect(servers).toMatchObject([
      {
        labels: { role: 'backup', run: '2026-11-21', expires: '1795249800' },
        private_net: [{ network: 4711 }],
        public_net: { ipv4: { ip: '127.0.0.1' }, ipv6: null, firewalls: [{ id: 815 }] },
      },
    ]);
    expect(servers[0]).not.toHaveProperty('datacenter');
  });

  it('is followed until the server was started', async () => {
    const servers = adapter();
    await servers.create(order);
    expect(await servers.list()).toMatchObject({ ok: true, value: [{ status: 'running' }] });
    expect(new Set(pauses)).toEqual(new Set([1000]));
  });

  it('is believed after a bounded time: that the server speaks up is somebody else’s deadline', async () => {
    await control('fates', [{ kind: 'stuck_in_creating' }]);
    const servers = adapter();
    expect(await servers.create(order)).toMatchObject({ ok: true, value: { status: 'starting' } });
    expect(pauses).toHaveLength(45);
    expect(await servers.list()).toMatchObject({ ok: true, value: [{ status: 'starting' }] });
  });

  it('is believed, too, when its actions cannot be read', async () => {
    await fault({ pathPrefix: '/v1/actions', status: 503, body: refusal('maintenance') });
    expect((await adapter().create(order)).ok).toBe(true);
    expect(pauses).toEqual([1000, 500, 1000]);
  });

  it.each([
    ['resource_unavailable', 'no_capacity'],
    ['placement_error', 'no_capacity'],
    ['invalid_input', 'refused'],
    ['action_failed', 'unavailable'],
    ['code_of_next_year', 'unavailable'],
  ])('whose action ends with %s is undone and told as %s', async (code, kind) => {
    await control('fates', [{ kind: 'creation_fails', code }]);
    const created = await adapter().create(order);
    expect(created).toEqual({ ok: false, error: { kind, detail: `action create_server: ${code}` } });
    expect(await adapter().list()).toEqual({ ok: true, value: [] });
    expect(await history()).toMatchObject([{ status: 'deleted' }]);
  });

  it('that failed and cannot be undone is unavailable: its name is still taken', async () => {
    await control('fates', [{ kind: 'creation_fails', code: 'resource_unavailable' }]);
    await fault({ method: 'DELETE', status: 503, body: refusal('maintenance') });
    expect(await adapter().create(order)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    await fault({});
    expect(await adapter().list(order.name)).toMatchObject({ ok: true, value: [{ name: order.name }] });
  });

  it.each([
    ['cut', { cut: true }],
    ['answered by a gateway', { status: 504, body: '<html>504 Gateway Time-out</html>' }],
  ])(
    'whose answer is %s may have been carried out: it goes out once, and the server is found by its name',
    async (_, lost) => {
      await fault({ ...lost, method: 'POST', pathPrefix: '/v1/servers', carriedOut: true });
      const servers = adapter();
      expect(await servers.create(order)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
      expect(await history()).toHaveLength(1);
      expect(await servers.list(order.name)).toMatchObject({ ok: true, value: [{ runId: order.runId }] });
      await fault({});
      expect(await servers.create(order)).toMatchObject({ ok: false, error: { kind: 'name_taken' } });
    },
  );

  it('of an old type, for a foreign network or above the quota is told as such', async () => {
    expect(await adapter().create({ ...order, type: 'cx22' })).toMatchObject({ error: { kind: 'refused' } });
    expect(await adapter({ networkId: 4712 }).create(order)).toMatchObject({ error: { kind: 'refused' } });
    await control('limits', { serversMax: 0 });
    expect(await adapter().create(order)).toMatchObject({ error: { kind: 'quota_exceeded' } });
    expect(await history()).toEqual([]);
  });
});

describe('a list', () => {
  it('is read to its last page', async () => {
    await control('limits', { serversMax: 100 });
    const ids = Array.from({ length: 53 }, (_, index) => index + 1);
    for (const id of ids) {
      const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
      const body = {
        name: `s${id}`,
        server_type: 'cx23',
        image: '7001',
        labels: { role: id === 7 ? 'web' : 'backup' },
      };
      await fetch(`${hetzner.url}/v1/servers`, { method: 'POST', headers, body: JSON.stringify(body) });
    }
    const listed = await adapter().list();
    const names = listed.ok ? listed.value.map(({ name }) => name) : [];
    expect(names).toHaveLength(52);
    expect(names).not.toContain('s7');
    expect(names).toContain('s53');
  });

  it('of snapshots has only those with the label, newest first', async () => {
    const image = { architecture: 'x86', diskGb: 40, createdAt: '2026-11-02T00:00:00Z' };
    await control('images/7002', { ...image, labels: { role: 'backup-runner', runner: '0.2.0', protocol: '1' } });
    await control('images/7003', { ...image, labels: { role: 'something-else' } });
    await control('images/7004', { ...image, labels: { role: 'backup-runner' }, status: 'creating' });
    const images = await adapter().images();
    expect(images.ok && images.value.map(({ id, runnerVersion }) => [id, runnerVersion])).toEqual([
      [7002, '0.2.0'],
      [7001, '0.1.0'],
    ]);
  });

  it('of offers says what is sold out and what is gone', async () => {
    await control('sold-out', [{ type: 'cx23', location: 'nbg1' }]);
    const offers = await adapter().offers();
    const availableOf = (type: string, location: string) =>
      offers.ok && offers.value.find(offer => offer.type === type && offer.location === location)?.available;
    expect(availableOf('cx23', 'nbg1')).toBe(false);
    expect(availableOf('cx23', 'hel1')).toBe(true);
    expect(availableOf('cx22', 'nbg1')).toBe(false);
    const price = offers.ok && offers.value.find(offer => offer.type === 'cx23')?.hourlyPrice;
    expect(price).toEqual({ amount: '0.0104000000', currency: 'EUR' }); // 0.0096 and its address
  });
});

describe('a failing API', () => {
  it('is asked again for what changes nothing, three times, with growing pauses', async () => {
    await fault({ status: 502, body: '<html>502 Bad Gateway</html>', times: 2 });
    expect(await adapter().list()).toEqual({ ok: true, value: [] });
    expect(pauses).toEqual([500, 1000]);
    await fault({ status: 502, body: '<html>502 Bad Gateway</html>' });
    expect(await adapter().list()).toEqual({
      ok: false,
      error: { kind: 'unavailable', detail: 'GET /servers: 502' },
    });
    expect(pauses).toEqual([500, 1000, 500, 1000]);
  });

  it('is not asked again to order or to delete', async () => {
    await fault({ status: 503, body: refusal('maintenance') });
    expect(await adapter().create(order)).toMatchObject({ error: { kind: 'unavailable' } });
    expect(await adapter().delete(1)).toMatchObject({ error: { kind: 'unavailable' } });
    expect(pauses).toEqual([]);
  });

  it.each([
    ['locked', 423, 'unavailable'],
    ['conflict', 409, 'unavailable'],
    ['protected', 423, 'protected'],
    ['token_readonly', 403, 'denied'],
    ['deprecated_api_endpoint', 410, 'refused'],
  ])('that refuses a deletion with %s is told by it', async (code, status, kind) => {
    await fault({ status, body: refusal(code) });
    expect(await adapter().delete(1)).toEqual({
      ok: false,
      error: { kind, detail: `DELETE /servers/1: ${status} ${code}` },
    });
  });

  it('that does not know the address is not taken for a deleted server', async () => {
    await fault({ status: 404, body: '<html>404 Not Found</html>' });
    expect(await adapter().delete(1)).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  it('says when to come back once the rate limit is used up, and is left in peace till then', async () => {
    await control('limits', { requestsLeft: 0 });
    const limited = await adapter().list();
    expect(limited).toEqual({
      ok: false,
      error: { kind: 'unavailable', detail: 'GET /servers: 429 rate_limit_exceeded', retryAfterMs: 3_600_000 },
    });
    expect(pauses).toEqual([]);
    nowMs += 1000;
    expect((await adapter().list()).ok).toBe(true);
  });

  it('that refuses the token is told without it', async () => {
    const denied = await adapter({ token: 'wrong-token' }).list();
    expect(denied).toEqual({ ok: false, error: { kind: 'denied', detail: 'GET /servers: 401 unauthorized' } });
  });

  it.each([
    ['not JSON', '<html>hello</html>'],
    ['of another shape', { servers: [{ id: 'one' }], meta: { pagination: { next_page: null } } }],
    ['a list without an end', { servers: [], meta: { pagination: { next_page: 2 } } }],
  ])('that answers something %s is unavailable', async (_, body) => {
    const strange = await answering(200, body);
    expect(await adapter({ endpoint: strange.url }).list()).toMatchObject({ error: { kind: 'unavailable' } });
    await strange.close();
  });

  it('that is silent, gone or sends elsewhere is unavailable or refused, and the token stays here', async () => {
    const silent = await answering(undefined);
    const timedOut = await adapter({ endpoint: silent.url, timeoutMs: 50 }).delete(1);
    expect(timedOut).toEqual({
      ok: false,
      error: { kind: 'unavailable', detail: expect.stringMatching(/^DELETE \/servers\/1: [A-Z_]+$/u) as string },
    });
    await silent.close();
    expect(await adapter({ endpoint: silent.url }).delete(1)).toEqual({
      ok: false,
      error: { kind: 'unavailable', detail: 'DELETE /servers/1: ECONNREFUSED' },
    });
    const elsewhere = await answering(302, '', { location: `${hetzner.url}/v1/servers` });
    expect(await adapter({ endpoint: elsewhere.url }).list()).toMatchObject({ error: { kind: 'refused' } });
    await elsewhere.close();
  });
});

/** A server that answers everything alike, or nothing at all. */
async function answering(status: number | undefined, body?: unknown, headers: Record<string, string> = {}) {
  const server = createServer((_, response) => {
    if (status !== undefined) {
      response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    }
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
