import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PREPARED_IMAGE } from '@innkeeper/local-stack/stand-ins/hetzner/prepared-image';
import { startHetzner } from '@innkeeper/local-stack/stand-ins/hetzner/start-hetzner';
import type { RunningStandIn } from '@innkeeper/local-stack/stand-ins/run-stand-in';
import hcloud from 'hcloud-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/**
 * Why the adapter takes hcloud-js for its transport only. Should one of these fail some day, a newer hcloud-js can do
 * what 1.4.1 cannot, and the own calls may be given up.
 */
let directory: string;
let hetzner: RunningStandIn;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'hcloud-js-'));
  hetzner = await startHetzner({ port: 0, stateDirectory: directory, token: 'token', images: [PREPARED_IMAGE] });
});
afterEach(async () => {
  await hetzner.close();
  rmSync(directory, { recursive: true });
});

const client = () => new hcloud.Client({ token: 'token', baseURL: `${hetzner.url}/v1`, timeout: 5000 });
const control = (name: string, body: object) =>
  fetch(`${hetzner.url}/_control/${name}`, { method: 'POST', body: JSON.stringify(body) });
const history = async (): Promise<{ id: number }[]> => {
  const reply = await fetch(`${hetzner.url}/_control/servers`);
  return ((await reply.json()) as { servers: { id: number }[] }).servers;
};
/** As the library is meant to be used. */
const createByModel = () => {
  const builder = client().servers.build('by-the-library');
  builder.serverType('cx23');
  builder.image('7001');
  return builder.create();
};
const createByHand = (publicNet: object) =>
  fetch(`${hetzner.url}/v1/servers`, {
    method: 'POST',
    headers: { authorization: 'Bearer token', 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'by-hand', server_type: 'cx23', image: '7001', public_net: publicNet }),
  });

describe('the models of hcloud-js 1.4.1 cannot be used on today’s API', () => {
  it('create() throws after the server was created and is being billed: servers have no datacenter any more', async () => {
    await expect(createByModel()).rejects.toThrow(TypeError);
    expect(await history()).toHaveLength(1);
  });

  it('get() and list() throw on every server there is', async () => {
    await createByHand({ enable_ipv4: true, enable_ipv6: true });
    const [server] = await history();
    await expect(client().servers.get(server?.id ?? 0)).rejects.toThrow("'id'");
    await expect(client().servers.list()).rejects.toThrow("'id'");
  });

  it('get() throws on a server without a public IPv4 address', async () => {
    await createByHand({ enable_ipv4: false, enable_ipv6: true });
    const [server] = await history();
    await expect(client().servers.get(server?.id ?? 0)).rejects.toThrow("'ip'");
  });

  it('a gateway’s HTML ends in a TypeError that says nothing of the 502', async () => {
    await control('faults', { status: 502, body: '<html>502 Bad Gateway</html>' });
    await expect(client().servers.list()).rejects.toThrow(TypeError);
  });

  it('a refusal of the API is rejected with something that is no Error and knows neither status nor rate limit', async () => {
    const limited = { code: 'rate_limit_exceeded', message: 'slow down', details: null };
    await control('faults', { status: 429, body: { error: limited }, headers: { 'ratelimit-reset': '1795249800' } });
    const refused: unknown = await client()
      .servers.list()
      .catch((error: unknown) => error);
    expect(refused).not.toBeInstanceOf(Error);
    expect({ ...(refused as object) }).toEqual(limited);
  });
});
