import type { TerraformValues } from '@innkeeper/deployment/environment/environment-values';
import type { TerraformOutputs } from '@innkeeper/deployment/environment/terraform-outputs';
import type { CloudflareWorld } from '@innkeeper/local-stack/stand-ins/cloudflare/cloudflare-world';
import { startCloudflare } from '@innkeeper/local-stack/stand-ins/cloudflare/start-cloudflare';
import type { QdrantCloudWorld } from '@innkeeper/local-stack/stand-ins/qdrant-cloud/qdrant-cloud-world';
import { startQdrantCloud } from '@innkeeper/local-stack/stand-ins/qdrant-cloud/start-qdrant-cloud';
import type { SecretManagerWorld } from '@innkeeper/local-stack/stand-ins/secret-manager/secret-manager-world';
import { startSecretManager } from '@innkeeper/local-stack/stand-ins/secret-manager/start-secret-manager';

/** What the operator signs in with, all of it invented. */
export const CREDENTIALS = {
  google: 'token-of-nobody',
  hetzner: 'H'.repeat(64),
  cloudflare: 'cloudflare-token-of-the-rehearsal',
  qdrantCloud: 'qdrant-cloud-key-of-the-rehearsal',
  webhookPassword: 'password-of-the-on-call-webhook',
} as const;

const GOOGLE_PERMISSIONS = [
  'secretmanager.versions.list',
  'secretmanager.versions.access',
  'secretmanager.versions.add',
  'cloudfunctions.functions.get',
];

export interface Vendors {
  readonly google: SecretManagerWorld;
  readonly cloudflare: CloudflareWorld;
  readonly urls: {
    readonly google: string;
    readonly cloudflare: string;
    readonly qdrantCloud: string;
  };
  readonly close: () => Promise<void>;
}

/** Accounts as they are once Terraform has been there: it alone makes secrets' places, tokens and the cluster. */
export async function startVendors(
  { google, cloudflare, qdrant }: TerraformValues,
  { secrets, qdrant: cluster }: TerraformOutputs,
): Promise<Vendors> {
  const now = Date.now;
  const madeOn = new Date(now()).toISOString();
  const googleWorld: SecretManagerWorld = {
    project: google.project_id,
    callers: new Map([[CREDENTIALS.google, GOOGLE_PERMISSIONS]]),
    secrets: new Map(secrets.ids.map(id => [id, []])),
    functions: new Map(),
    now,
  };
  const cloudflareWorld: CloudflareWorld = {
    accountId: cloudflare.account_id,
    // As terraform/README.md says of the token for the first apply: it may not touch Workers.
    callers: new Map([[CREDENTIALS.cloudflare, { rights: ['Account API Tokens Write'] }]]),
    accountTokens: new Map(
      Object.entries(secrets.cloudflare).map(([purpose, id]) => [
        id,
        { id, name: purpose, value: `in-the-state-of-terraform-${purpose}`, issuedOn: madeOn, modifiedOn: madeOn },
      ]),
    ),
    workers: new Map(),
    now,
  };
  const qdrantWorld: QdrantCloudWorld = {
    accountId: qdrant.account_id,
    clusterId: cluster.cluster_id,
    managementKeys: new Map([[CREDENTIALS.qdrantCloud, ['read:api_keys', 'write:api_keys', 'delete:api_keys']]]),
    databaseKeys: new Map(),
    now,
  };
  const [secretManager, cloudflareApi, qdrantCloud] = await Promise.all([
    startSecretManager({ port: 0, world: googleWorld }),
    startCloudflare({ port: 0, world: cloudflareWorld }),
    startQdrantCloud({ port: 0, world: qdrantWorld }),
  ]);
  return {
    google: googleWorld,
    cloudflare: cloudflareWorld,
    urls: {
      google: secretManager.url,
      cloudflare: cloudflareApi.url,
      qdrantCloud: qdrantCloud.url,
    },
    close: async () => {
      await Promise.all([secretManager.close(), cloudflareApi.close(), qdrantCloud.close()]);
    },
  };
}
