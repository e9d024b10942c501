import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import type { RunningStandIn } from '../run-stand-in.ts';
import { PREPARED_IMAGE } from './prepared-image.ts';
import { startHetzner } from './start-hetzner.ts';

const HOUR_MS = 3_600_000; // nothing ends before the test does

let directory: string;
let hetzner: RunningStandIn;
let nowMs: number;

const start = (paceMs = 1) =>
  startHetzner({
    port: 0,
    stateDirectory: directory,
    token: 'token',
    paceMs,
    now: () => nowMs,
    images: [{ ...PREPARED_IMAGE, diskGb: 80 }],
  });

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'hetzner-'));
  nowMs = Date.parse('2026-11-21T02:30:00Z');
  hetzner = await start();
});
afterEach(async () => {
  await hetzner.close();
  rmSync(directory, { recursive: true });
});

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly json: {
    readonly error?: { readonly code: string };
    readonly server?: { readonly id: number; readonly status: string };
    readonly servers?: readonly { readonly id: number; readonly name: string; readonly status: string }[];
    readonly action?: { readonly id: number };
    readonly image?: { readonly id: number; readonly status: string };
    readonly images?: readonly { readonly id: number }[];
    readonly next_actions?: readonly { readonly id: number }[];
    readonly actions?: readonly { readonly status: string; readonly progress: number }[];
    readonly meta?: { readonly pagination: object };
  };
}

const call = async (request: string, body?: unknown, token = 'token'): Promise<Reply> => {
  const [method = '', route = ''] = request.split(' ');
  const reply = await fetch(`${hetzner.url}/v1${route}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await reply.text();
  const json = (text === '' ? {} : JSON.parse(text)) as Reply['json'];
  return { status: reply.status, headers: reply.headers, json };
};
const refusalOf = async (request: string, body?: unknown) => {
  const { status, json } = await call(request, body);
  return [status, json.error?.code];
};
const control = async (request: string, body?: unknown): Promise<Response> => {
  const [method = '', route = ''] = request.split(' ');
  return fetch(`${hetzner.url}/_control${route}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};
const order = (changes: object = {}) => ({
  name: 'backup-2026-11-21',
  server_type: 'cpx22',
  location: 'nbg1',
  image: '7001',
  ssh_keys: ['operators'],
  labels: { role: 'backup' },
  ...changes,
});
const create = async (changes: object = {}): Promise<number> => {
  const { json } = await call('POST /servers', order(changes));
  if (json.server === undefined) throw new Error(JSON.stringify(json));
  return json.server.id;
};
const statusOf = async (id: number) => (await call(`GET /servers/${id}`)).json.server?.status;

describe('who may ask what', () => {
  it('lets nobody in without the token, and counts no request of theirs', async () => {
    expect((await call('GET /servers', undefined, 'other')).json.error?.code).toBe('unauthorized');
    expect((await call('GET /servers')).headers.get('ratelimit-remaining')).toBe('3599');
  });

  it('refuses in the vendor’s words what does not fit the vendor’s shapes', async () => {
    expect(await refusalOf('POST /servers', '{"name":')).toEqual([400, 'json_error']);
    expect(await refusalOf('POST /servers', { name: 'a', image: '7001' })).toEqual([422, 'invalid_input']);
    expect(await refusalOf('POST /servers', order({ datacenter: 'nbg1-dc3' }))).toEqual([422, 'invalid_input']);
    expect(await refusalOf('POST /servers', order({ labels: { role: 'a b' } }))).toEqual([422, 'invalid_input']);
    expect(await refusalOf('GET /servers?per_page=51')).toEqual([422, 'invalid_input']);
    expect(await refusalOf('GET /servers?page=two')).toEqual([422, 'invalid_input']);
    expect(await refusalOf('GET /servers?colour=red')).toEqual([422, 'invalid_input']);
    expect(await refusalOf('GET /servers?label_selector=a%20b')).toEqual([422, 'invalid_input']);
    expect(await refusalOf('GET /actions')).toEqual([422, 'invalid_input']);
    expect(await refusalOf('PUT /servers')).toEqual([405, 'method_not_allowed']);
    expect(await refusalOf('GET /volumes')).toEqual([404, 'not_found']);
    expect(await refusalOf('GET /datacenters')).toEqual([410, 'deprecated_api_endpoint']);
    expect(await refusalOf('GET /datacenters/1')).toEqual([410, 'deprecated_api_endpoint']);
  });

  it('limits to 3,600 requests, refilled one a second', async () => {
    await control('PUT /limits', { requestsLeft: 1 });
    const last = await call('GET /servers');
    expect([last.status, last.headers.get('ratelimit-remaining')]).toEqual([200, '0']);
    const limited = await call('GET /servers');
    expect([limited.status, limited.json.error?.code]).toEqual([429, 'rate_limit_exceeded']);
    expect(Number(limited.headers.get('ratelimit-reset'))).toBe(nowMs / 1000 + 3600);
    nowMs += 1000;
    expect((await call('GET /servers')).status).toBe(200);
  });
});

describe('an order', () => {
  it.each([
    ['a name that is no hostname', { name: 'a_b' }, [422, 'invalid_input']],
    ['user_data above 32 KiB', { user_data: 'x'.repeat(32 * 1024 + 1) }, [422, 'invalid_input']],
    ['a reserved label', { labels: { 'hetzner.cloud/a': 'b' } }, [422, 'invalid_input']],
    ['an unknown type', { server_type: 'cx11' }, [422, 'invalid_input']],
    ['a type that is gone', { server_type: 'cx22' }, [422, 'invalid_server_type']],
    ['a type that is not sold there', { server_type: 'cpx11' }, [422, 'invalid_input']],
    ['a disk smaller than the snapshot’s', { server_type: 'cx23' }, [422, 'invalid_input']],
    ['another architecture than the snapshot’s', { server_type: 'cax11' }, [422, 'invalid_input']],
    ['an unknown image', { image: '7002' }, [404, 'not_found']],
    ['an unknown network', { networks: [1] }, [404, 'not_found']],
    ['an unknown firewall', { firewalls: [{ firewall: 1 }] }, [404, 'not_found']],
    ['an unknown key', { ssh_keys: ['mine'] }, [404, 'not_found']],
  ])('with %s is refused', async (_, changes, expected) => {
    expect(await refusalOf('POST /servers', order(changes))).toEqual(expected);
  });

  it('makes up a password only where no key is given', async () => {
    expect((await call('POST /servers', order())).json).toMatchObject({ root_password: null });
    expect((await call('POST /servers', order({ name: 'other', ssh_keys: [] }))).json).toMatchObject({
      root_password: expect.any(String) as string,
    });
  });

  it('takes a name once, until its server is deleted', async () => {
    const id = await create();
    expect(await refusalOf('POST /servers', order())).toEqual([409, 'uniqueness_error']);
    expect((await call(`DELETE /servers/${id}`)).status).toBe(200);
    expect(await create()).toBeGreaterThan(id);
  });

  it('finds no capacity where it is sold out, whatever the list of types says', async () => {
    await control('PUT /sold-out', [{ type: 'cpx22', announced: false }]);
    expect(await refusalOf('POST /servers', order())).toEqual([412, 'resource_unavailable']);
    await control('PUT /sold-out', [{ location: 'nbg1' }]);
    expect(await refusalOf('POST /servers', order())).toEqual([412, 'resource_unavailable']);
    await create({ location: 'hel1' });
  });

  it('has actions that progress to success, in which the server gets to run', async () => {
    const { json } = await call('POST /servers', order());
    expect(json).toMatchObject({
      server: { status: 'initializing' },
      action: { command: 'create_server', status: 'running', progress: 0 },
      next_actions: [{ command: 'start_server', status: 'running' }],
    });
    const ids = [json.action?.id, json.next_actions?.[0]?.id];
    const done = await eventually(
      () => call(`GET /actions?id=${ids.join('&id=')}`),
      reply => reply.json.actions?.every(({ status }) => status === 'success') === true,
    );
    expect(done.json.actions).toMatchObject([{ progress: 100 }, { progress: 100 }]);
    expect(await statusOf(json.server?.id ?? 0)).toBe('running');
  });

  it('can be made to stay in creating', async () => {
    await control('PUT /fates', [{ kind: 'stuck_in_creating' }]);
    const stuck = await create();
    const next = await create({ name: 'next' });
    await eventually(
      () => statusOf(next),
      status => status === 'running',
    );
    expect(await statusOf(stuck)).toBe('initializing');
    expect((await call(`DELETE /servers/${stuck}`)).status).toBe(200);
  });

  it('can be made to fail in its action', async () => {
    await control('PUT /fates', [{ kind: 'creation_fails', code: 'placement_error' }]);
    const { json } = await call('POST /servers', order());
    const failed = await eventually(
      () => call(`GET /actions?id=${json.action?.id ?? 0}`),
      reply => reply.json.actions?.[0]?.status === 'error',
    );
    expect(failed.json.actions).toMatchObject([{ error: { code: 'placement_error' } }]);
    expect(await statusOf(json.server?.id ?? 0)).toBe('off');
  });
});

describe('lists', () => {
  it('are paged, filtered and sorted', async () => {
    for (const name of ['c', 'a', 'b']) await create({ name, labels: { role: name === 'b' ? 'web' : 'backup' } });
    const names = async (query: string) => (await call(`GET /servers?${query}`)).json.servers?.map(({ name }) => name);
    expect(await names('sort=name')).toEqual(['a', 'b', 'c']);
    expect(await names('sort=id:desc')).toEqual(['b', 'a', 'c']);
    expect(await names('label_selector=role%3Dbackup&sort=name:desc')).toEqual(['c', 'a']);
    expect(await names('name=a')).toEqual(['a']);
    const { json } = await call('GET /servers?per_page=2&page=2');
    expect(json.servers).toHaveLength(1);
    expect(json.meta?.pagination).toMatchObject({ page: 2, previous_page: 1, next_page: null, total_entries: 3 });
  });

  it('of snapshots can be edited', async () => {
    const image = { architecture: 'arm', labels: { role: 'backup-runner' } };
    expect((await control('PUT /images/7002', image)).status).toBe(200);
    expect((await control('PUT /images/7003', { ...image, architecture: 'sparc' })).status).toBe(400);
    const listed = async (query: string) => (await call(`GET /images?${query}`)).json;
    expect(await listed('type=snapshot')).toMatchObject({ images: [{ id: 7001 }, { id: 7002, architecture: 'arm' }] });
    expect(await listed('type=backup')).toMatchObject({ images: [] });
    await control('DELETE /images/7001');
    expect(await listed('label_selector=role%3Dbackup-runner')).toMatchObject({ images: [{ id: 7002 }] });
    expect((await call('GET /images/7001')).status).toBe(404);
  });

  it('of what is sold fit the vendor’s shapes', async () => {
    for (const route of ['/server_types', '/locations', '/pricing', '/images/7001']) {
      expect((await call(`GET ${route}`)).status).toBe(200);
    }
    expect((await call('GET /server_types?name=cx23')).json).toMatchObject({
      server_types: [{ name: 'cx23', locations: [{ available: true }, { available: true }, { available: true }] }],
    });
  });
});

describe('a snapshot', () => {
  const built = async () => {
    const id = await create({ name: 'build', image: 'debian-12' });
    await eventually(
      () => statusOf(id),
      status => status === 'running',
    );
    return id;
  };
  const imageOf = async (id: number) => (await call(`GET /images/${id}`)).json.image;

  it('is taken of a server that has been shut down, keeps what it is told, and is what the next one is made of', async () => {
    const id = await built();
    expect((await call(`POST /servers/${id}/actions/shutdown`)).status).toBe(201);
    await eventually(
      () => statusOf(id),
      status => status === 'off',
    );
    const body = { type: 'snapshot', description: 'runner', labels: { role: 'candidate' } };
    const { status, json } = await call(`POST /servers/${id}/actions/create_image`, body);
    expect([status, json.action, json.image]).toMatchObject([
      201,
      { command: 'create_image', status: 'running' },
      { type: 'snapshot', status: 'creating', name: null, created_from: { id, name: 'build' }, disk_size: 80 },
    ]);
    const image = json.image?.id ?? 0;
    await eventually(
      () => imageOf(image),
      found => found?.status === 'available',
    );
    expect((await call(`DELETE /servers/${id}`)).status).toBe(200);
    const labels = { role: 'backup-runner', protocol: '1' };
    expect((await call(`PUT /images/${image}`, { labels })).json.image).toMatchObject({
      labels,
      description: 'runner',
    });
    const { json: listed } = await call(
      'GET /images?type=snapshot&label_selector=role%3Dbackup-runner,protocol%3D1&sort=id',
    );
    expect(listed.images?.map(({ id: one }) => one)).toEqual([7001, image]);
    await create({ image: String(image) });
    expect((await call(`DELETE /images/${image}`)).status).toBe(204);
    expect(await refusalOf(`DELETE /images/${image}`)).toEqual([404, 'not_found']);
  });

  it('locks its server and cannot be used before it is whole, also after a restart', async () => {
    const id = await built();
    await hetzner.close();
    hetzner = await start(HOUR_MS);
    const { json } = await call(`POST /servers/${id}/actions/create_image`, {});
    const image = json.image?.id ?? 0;
    expect(await refusalOf(`POST /servers/${id}/actions/create_image`, {})).toEqual([423, 'locked']);
    expect(await refusalOf(`DELETE /servers/${id}`)).toEqual([423, 'locked']);
    expect(await refusalOf(`DELETE /images/${image}`)).toEqual([423, 'locked']);
    expect(await refusalOf('POST /servers', order({ image: String(image) }))).toEqual([422, 'invalid_input']);
    await hetzner.close();
    hetzner = await start();
    await eventually(
      () => imageOf(image),
      found => found?.status === 'available',
    );
  });

  it('is refused in the vendor’s words', async () => {
    const id = await built();
    const route = `POST /servers/${id}/actions/create_image`;
    expect(await refusalOf(route, { type: 'copy' })).toEqual([422, 'invalid_input']);
    expect(await refusalOf(route, { name: 'mine' })).toEqual([422, 'invalid_input']);
    expect(await refusalOf(route, { labels: { role: 'a b' } })).toEqual([422, 'invalid_input']);
    expect(await refusalOf(route, { type: 'backup' })).toEqual([422, 'invalid_input']);
    expect(await refusalOf(route)).toEqual([400, 'json_error']);
    expect(await refusalOf('POST /servers/1/actions/create_image', {})).toEqual([404, 'not_found']);
    expect(await refusalOf(`POST /servers/${id}/actions/rebuild`, {})).toEqual([404, 'not_found']);
    expect(await refusalOf('PUT /images/114690387', { labels: {} })).toEqual([404, 'not_found']);
  });
});

describe('what happened', () => {
  it('may be more than what was answered', async () => {
    await control('POST /faults', { method: 'POST', pathPrefix: '/v1/servers', status: 504, carriedOut: true });
    expect((await call('POST /servers', order())).status).toBe(504);
    expect((await call('GET /servers')).json.servers).toHaveLength(1);
    await control('POST /faults', { method: 'DELETE', cut: true, carriedOut: true, times: 1 });
    const [server] = (await call('GET /servers')).json.servers ?? [];
    await expect(call(`DELETE /servers/${server?.id ?? 0}`)).rejects.toThrow('fetch failed');
    expect((await call('GET /servers')).json.servers).toEqual([]);
  });

  it('survives a restart and names the bill: every started hour, also of a server that is off', async () => {
    const id = await create();
    await eventually(
      () => statusOf(id),
      status => status === 'running',
    );
    await control(`POST /servers/${id}/power-off`);
    await hetzner.close();
    hetzner = await start();
    expect(await statusOf(id)).toBe('off');
    nowMs += 61 * 60_000;
    await call(`DELETE /servers/${id}`);
    nowMs += 5 * 3_600_000;
    expect(await (await control('GET /servers')).json()).toMatchObject({
      servers: [{ id, name: 'backup-2026-11-21', status: 'deleted', billedHours: 2, cost: '0.0656' }],
    });
  });

  it('goes on with an order that a restart interrupted', async () => {
    const id = await create();
    await hetzner.close();
    hetzner = await start();
    await eventually(
      () => statusOf(id),
      status => status === 'running',
    );
  });

  it('keeps what is protected', async () => {
    const id = await create();
    await control(`PUT /servers/${id}/protection`, { delete: true });
    expect(await refusalOf(`DELETE /servers/${id}`)).toEqual([423, 'protected']);
    await control(`PUT /servers/${id}/protection`, { delete: false });
    expect((await call(`DELETE /servers/${id}`)).status).toBe(200);
    expect(await refusalOf(`DELETE /servers/${id}`)).toEqual([404, 'not_found']);
    expect((await control('PUT /servers/1/protection', { delete: true })).status).toBe(404);
  });
});
