import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startAircall } from '@innkeeper/local-stack/stand-ins/aircall/start-aircall';
import type { CloudflareWorld } from '@innkeeper/local-stack/stand-ins/cloudflare/cloudflare-world';
import { startCloudflare } from '@innkeeper/local-stack/stand-ins/cloudflare/start-cloudflare';
import type { GoogleOperationsWorld } from '@innkeeper/local-stack/stand-ins/google-operations/google-operations-world';
import { startGoogleOperations } from '@innkeeper/local-stack/stand-ins/google-operations/start-google-operations';
import { PREPARED_IMAGE } from '@innkeeper/local-stack/stand-ins/hetzner/prepared-image';
import { startHetzner } from '@innkeeper/local-stack/stand-ins/hetzner/start-hetzner';
import { startQdrant } from '@innkeeper/local-stack/stand-ins/qdrant/start-qdrant';
import type { RunningStandIn } from '@innkeeper/local-stack/stand-ins/run-stand-in';
import type { SecretManagerWorld } from '@innkeeper/local-stack/stand-ins/secret-manager/secret-manager-world';
import { startSecretManager } from '@innkeeper/local-stack/stand-ins/secret-manager/start-secret-manager';
import { ensureCollection } from '@innkeeper/shared/adapters/qdrant/ensure-collection';
import { qdrantClient } from '@innkeeper/shared/adapters/qdrant/qdrant-client';
import { Secret } from '@innkeeper/shared/config/secret';
import * as z from 'zod';
import type { ProdValues } from '../../src/testing/environment-folder.ts';
import { CLOUDFLARE_TOKEN } from './healthy-cloudflare.ts';

/** The vendors’ stand-ins, set up as the product needs them, and who is to be found where. */
export const HETZNER_TOKEN = 'secret-of-hetzner';
const QDRANT_KEY = 'secret-of-qdrant';
const AIRCALL = { apiId: 'aircall-id', apiToken: 'secret-of-aircall' };

export async function startVendors(
  root: string,
  values: ProdValues,
  worlds: { readonly google: GoogleOperationsWorld; readonly secrets: SecretManagerWorld },
) {
  const stateOf = (name: string): string => {
    const stateDirectory = join(root, `.state-${name}`);
    mkdirSync(stateDirectory);
    return stateDirectory;
  };
  const [google, secrets, hetzner, qdrant, aircall] = await Promise.all([
    startGoogleOperations({ port: 0, world: worlds.google }),
    startSecretManager({ port: 0, world: worlds.secrets }),
    startHetzner({
      port: 0,
      stateDirectory: stateOf('hetzner'),
      token: HETZNER_TOKEN,
      paceMs: 1,
      images: [PREPARED_IMAGE],
    }),
    startQdrant({ port: 0, apiKey: 'all', readOnlyApiKey: QDRANT_KEY }),
    startAircall({ port: 0, stateDirectory: stateOf('aircall'), ...AIRCALL }),
  ]);
  const running: RunningStandIn[] = [google, secrets, hetzner, qdrant, aircall];
  for (const name of values.nodes) await orderServer(hetzner.url, { name });
  const made = await ensureCollection({
    client: qdrantClient({ url: qdrant.url, apiKey: new Secret('all') }),
    alias: 'innkeeper',
    model: '@cf/baai/bge-m3',
    dimensions: 1024,
  });
  if (!made.ok) throw new Error(made.error.detail);
  let cloudflareUrl = '';
  return {
    routes: new Map([
      ['firestore.googleapis.com', () => google.url],
      ['monitoring.googleapis.com', () => google.url],
      ['pubsub.googleapis.com', () => google.url],
      ['storage.googleapis.com', () => google.url],
      ['run.googleapis.com', () => google.url],
      ['secretmanager.googleapis.com', () => secrets.url],
      ['api.cloudflare.com', () => cloudflareUrl],
      ['api.aircall.io', () => aircall.url],
    ]),
    environment: {
      CLOUDFLARE_API_TOKEN: CLOUDFLARE_TOKEN,
      HCLOUD_TOKEN: HETZNER_TOKEN,
      HCLOUD_ENDPOINT: `${hetzner.url}/v1`,
      QDRANT_URL: qdrant.url,
      QDRANT_API_KEY: QDRANT_KEY,
      AIRCALL_API_ID: AIRCALL.apiId,
      AIRCALL_API_TOKEN: AIRCALL.apiToken,
    },
    async openCloudflare(world: CloudflareWorld) {
      const cloudflare = await startCloudflare({ port: 0, world });
      running.push(cloudflare);
      cloudflareUrl = new URL(cloudflare.url).origin;
    },
    nodeAddresses: () => addressesOf(hetzner.url),
    orderServer: (order: { name: string; labels?: Record<string, string> }) => orderServer(hetzner.url, order),
    async putImage(change: { labels: Record<string, string> }) {
      const { id, ...image } = { ...PREPARED_IMAGE, ...change };
      await fetch(`${hetzner.url}/_control/images/${id}`, { method: 'PUT', body: JSON.stringify(image) });
    },
    close: () => Promise.all(running.map(each => each.close())),
  };
}

const HEADERS = { authorization: `Bearer ${HETZNER_TOKEN}`, 'content-type': 'application/json' };
const Servers = z.object({
  servers: z.array(z.object({ public_net: z.object({ ipv4: z.object({ ip: z.string() }) }) })),
});

async function orderServer(url: string, order: { name: string; labels?: Record<string, string> }): Promise<void> {
  const body = { server_type: 'cpx22', location: 'nbg1', image: '7001', ssh_keys: ['operators'], ...order };
  const reply = await fetch(`${url}/v1/servers`, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) });
  if (!reply.ok) throw new Error(await reply.text());
}

async function addressesOf(url: string): Promise<string[]> {
  const reply = await fetch(`${url}/v1/servers`, { headers: HEADERS });
  return Servers.parse(await reply.json()).servers.map(({ public_net }) => public_net.ipv4.ip);
}
