import type { CloudflareWorld } from '@innkeeper/local-stack/stand-ins/cloudflare/cloudflare-world';
import { startCloudflare } from '@innkeeper/local-stack/stand-ins/cloudflare/start-cloudflare';
import type { QdrantCloudWorld } from '@innkeeper/local-stack/stand-ins/qdrant-cloud/qdrant-cloud-world';
import { startQdrantCloud } from '@innkeeper/local-stack/stand-ins/qdrant-cloud/start-qdrant-cloud';
import type { SecretManagerWorld } from '@innkeeper/local-stack/stand-ins/secret-manager/secret-manager-world';
import { startSecretManager } from '@innkeeper/local-stack/stand-ins/secret-manager/start-secret-manager';
import { RUNTIME_SECRETS } from '../catalogue/runtime-secrets.ts';

/** The vendors of prod as a first apply leaves them: places without values, tokens as Terraform made them. */
export const PROJECT = 'innkeeper-prod';
export const ACCOUNT = '0'.repeat(32);
export const QDRANT_ACCOUNT = '00000000-0000-0000-0000-000000000000';
export const CLUSTER = '7f1c1a3e-5a0b-4c3e-9d55-1f3a5a0c0001';
export const TOKENS = {
  google: 'google-access',
  cloudflare: 'cloudflare-access',
  qdrant: 'qdrant-management',
} as const;

const GOOGLE_PERMISSIONS = [
  'secretmanager.versions.list',
  'secretmanager.versions.access',
  'secretmanager.versions.add',
  'cloudfunctions.functions.get',
];
const CLOUDFLARE_RIGHTS = ['Workers Scripts Write', 'Account API Tokens Write'];
const MADE_ON = '2026-11-01T00:00:00Z';

export interface StandInVendors {
  readonly google: SecretManagerWorld;
  readonly cloudflare: CloudflareWorld;
  readonly qdrant: QdrantCloudWorld;
  readonly urls: { readonly google: string; readonly cloudflare: string; readonly qdrant: string };
  close(): Promise<void>;
}

export interface VendorAccounts {
  readonly project: string;
  readonly account: string;
  readonly qdrantAccount: string;
}

const ACCOUNTS: VendorAccounts = { project: PROJECT, account: ACCOUNT, qdrantAccount: QDRANT_ACCOUNT };

export async function startStandInVendors(accounts = ACCOUNTS, now: () => number = Date.now): Promise<StandInVendors> {
  const google: SecretManagerWorld = {
    project: accounts.project,
    callers: new Map([[TOKENS.google, GOOGLE_PERMISSIONS]]),
    secrets: new Map(RUNTIME_SECRETS.map(({ id }) => [id, []])),
    functions: new Map(),
    now,
  };
  const cloudflare: CloudflareWorld = {
    accountId: accounts.account,
    callers: new Map([[TOKENS.cloudflare, { rights: CLOUDFLARE_RIGHTS }]]),
    accountTokens: new Map(
      ['plan', 'workers', 'embeddings'].map(id => [
        id,
        { id, name: `innkeeper-prod-${id}`, value: `original-${id}`, issuedOn: MADE_ON, modifiedOn: MADE_ON },
      ]),
    ),
    workers: new Map(),
    now,
  };
  const qdrant: QdrantCloudWorld = {
    accountId: accounts.qdrantAccount,
    clusterId: CLUSTER,
    managementKeys: new Map([[TOKENS.qdrant, ['read:api_keys', 'write:api_keys', 'delete:api_keys']]]),
    databaseKeys: new Map(),
    now,
  };
  const servers = await Promise.all([
    startSecretManager({ port: 0, world: google }),
    startCloudflare({ port: 0, world: cloudflare }),
    startQdrantCloud({ port: 0, world: qdrant }),
  ]);
  const [secretManager, cloudflareApi, qdrantCloud] = servers;
  return {
    google,
    cloudflare,
    qdrant,
    urls: { google: secretManager.url, cloudflare: cloudflareApi.url, qdrant: qdrantCloud.url },
    close: async () => void (await Promise.all(servers.map(server => server.close()))),
  };
}
