import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudflareWorld } from '@innkeeper/local-stack/stand-ins/cloudflare/cloudflare-world';
import type { GoogleOperationsWorld } from '@innkeeper/local-stack/stand-ins/google-operations/google-operations-world';
import type { SecretManagerWorld } from '@innkeeper/local-stack/stand-ins/secret-manager/secret-manager-world';
import type { OperateResponse } from '@innkeeper/shared/contracts/operate';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import type { TlsEndpoints } from '../../src/ports/tls-endpoints.ts';
import { copyProd, type ProdValues } from '../../src/testing/environment-folder.ts';
import { startChat } from './chat.ts';
import { healthyCloudflare } from './healthy-cloudflare.ts';
import { healthyDocuments, writeDocuments } from './healthy-documents.ts';
import { healthyProject, healthySecrets } from './healthy-google.ts';
import { type Network, network } from './network.ts';
import { type PublicAddresses, startPublicAddresses } from './public-addresses.ts';
import { startVendors } from './vendors.ts';
import { workerState } from './worker-state.ts';

/** Prod, with every vendor as a stand-in, as it is when all is well. A test changes one thing and puts it back. */
export interface House {
  readonly root: string;
  readonly now: Date;
  readonly values: ProdValues;
  /** What an operator's environment holds: all credentials. */
  readonly environment: Readonly<Record<string, string>>;
  readonly network: Network;
  readonly tls: TlsEndpoints;
  readonly google: GoogleOperationsWorld;
  readonly secrets: SecretManagerWorld;
  readonly cloudflare: Changeable<CloudflareWorld>;
  readonly workers: Record<'guesty' | 'aircall', OperateResponse<'state'>>;
  readonly addresses: PublicAddresses;
  readonly vendors: Awaited<ReturnType<typeof startVendors>>;
  readonly chat: Awaited<ReturnType<typeof startChat>>;
  /** Bearer token of Google. */
  readonly googleToken: string;
  close(): Promise<void>;
}

type Changeable<T> = { -readonly [Field in keyof T]: T[Field] };

const FUNCTIONS = ['launch', 'sweep', 'exchange', 'report', 'records', 'interactions', 'chat', 'chat-dead'];
export const GOOGLE_TOKEN = 'ya29.secret-of-google';

export async function openHouse(): Promise<House> {
  const now = new Date();
  const root = mkdtempSync(join(tmpdir(), 'doctor-'));
  const values = copyProd(root);
  const { project, hostnames } = values;
  const emulator = firestoreEmulatorHost();
  const ownProject = `doctor-${now.getTime().toString(36)}`;
  const google = healthyProject(project, GOOGLE_TOKEN, FUNCTIONS, now);
  const secrets = healthySecrets(project, GOOGLE_TOKEN, now);
  const vendors = await startVendors(root, values, { google, secrets });
  const cloudflare = healthyCloudflare(values, await vendors.nodeAddresses(), now);
  await vendors.openCloudflare(cloudflare);
  const workers = {
    guesty: workerState(`https://${hostnames['guesty_webhook']}/webhooks/guesty`, now),
    aircall: workerState(`https://${hostnames['aircall_webhook']}/webhooks/aircall`, now),
  };
  const chat = await startChat(`https://${hostnames['llm_query']}/questions`);
  const addresses = await startPublicAddresses(root, hostnames, workers);
  await writeDocuments(emulator, ownProject, healthyDocuments(now));

  const behindChat = (path: string): string =>
    path.startsWith('/api/v1/') ? chat.url() : addresses.urlOf(hostnames['chat'] ?? '');
  const own = network(
    new Map([
      ...Object.values(hostnames).map(name => [name, () => addresses.urlOf(name)] as const),
      ...vendors.routes,
      [hostnames['chat'] ?? '', behindChat],
    ]),
  );
  return {
    root,
    now,
    values,
    google,
    secrets,
    cloudflare,
    workers,
    addresses,
    vendors,
    chat,
    network: own,
    tls: addresses.tls,
    googleToken: GOOGLE_TOKEN,
    environment: {
      ...vendors.environment,
      ...chat.environment,
      FIRESTORE_EMULATOR_HOST: emulator,
      GOOGLE_CLOUD_PROJECT: ownProject,
      OPERATOR_TOKEN: addresses.operatorToken,
    },
    async close() {
      await Promise.all([vendors.close(), chat.close(), addresses.close()]);
      rmSync(root, { recursive: true });
    },
  };
}
