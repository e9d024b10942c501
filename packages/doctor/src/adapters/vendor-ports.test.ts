import type { CloudflareWorld } from '@innkeeper/local-stack/stand-ins/cloudflare/cloudflare-world';
import type { DeploymentRow } from '@innkeeper/local-stack/stand-ins/cloudflare/operated-rows';
import { startCloudflare } from '@innkeeper/local-stack/stand-ins/cloudflare/start-cloudflare';
import type { RunningStandIn } from '@innkeeper/local-stack/stand-ins/run-stand-in';
import { startSecretManager } from '@innkeeper/local-stack/stand-ins/secret-manager/start-secret-manager';
import { Secret } from '@innkeeper/shared/config/secret';
import { ok } from '@innkeeper/shared/result/result';
import { afterEach } from 'vitest';
import type { WorkerDeployment } from '../ports/cloudflare-account.ts';
import { describeCloudflareAccountContract } from '../testing/cloudflare-account-contract.ts';
import type { CloudflareState } from '../testing/in-memory-cloudflare-account.ts';
import { describeSecretVersionsContract } from '../testing/secret-versions-contract.ts';
import { cloudflareAccount } from './cloudflare-account.ts';
import { googleApi } from './google-api.ts';
import { secretManager } from './secret-manager.ts';

const ACCOUNT = 'account';
const ZONE = 'zone';
const TOKEN = 'a-token-that-reads';

const running: RunningStandIn[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map(server => server.close()));
});

describeCloudflareAccountContract('Cloudflare', async state => {
  const server = await startCloudflare({ port: 0, world: worldOf(state) });
  running.push(server);
  return cloudflareAccount({
    fetch,
    baseUrl: server.url,
    token: new Secret(TOKEN),
    accountId: ACCOUNT,
    zoneId: ZONE,
  });
});

describeSecretVersionsContract('Secret Manager', async rows => {
  const secrets = Object.entries(rows).map(
    ([id, versions]) =>
      [id, versions.map(({ madeAt, state }) => ({ value: '', createdAtMs: madeAt.getTime(), state }))] as const,
  );
  const callers = new Map([[TOKEN, ['secretmanager.versions.list']]]);
  const world = { project: 'project', callers, secrets: new Map(secrets), functions: new Map(), now: Date.now };
  const server = await startSecretManager({ port: 0, world });
  running.push(server);
  const credential = { headers: async () => ok({ headers: { authorization: `Bearer ${TOKEN}` } }) };
  return secretManager(googleApi(fetch, credential), `${server.url}/v1`, 'project');
});

/** The same account as its vendor keeps it. */
function worldOf(state: CloudflareState): CloudflareWorld {
  const { tokenExpiresAt, dnsRecords = [], queues = [], deployments = {}, secretNames = {} } = state;
  const ends = tokenExpiresAt === undefined ? {} : { expiresAtMs: tokenExpiresAt.getTime() };
  return {
    accountId: ACCOUNT,
    callers: new Map([[TOKEN, { rights: ['DNS Read', 'Queues Read', 'Workers Scripts Read'], ...ends }]]),
    accountTokens: new Map(),
    workers: new Map(
      Object.entries(secretNames).map(([script, names]) => [
        script,
        { secrets: new Map(names.map(name => [name, 'a value'])), versions: 1, isNewestDeployed: true },
      ]),
    ),
    dnsRecords: new Map([
      [
        ZONE,
        dnsRecords.map(({ isProxied, ...record }, index) => ({ ...record, id: String(index), proxied: isProxied })),
      ],
    ]),
    queues: queues.map(({ backlog: { messages, oldestAt }, ...queue }) => ({
      ...queue,
      backlog: messages,
      ...(oldestAt === undefined ? {} : { oldestAtMs: oldestAt.getTime() }),
    })),
    deployments: Object.entries(deployments).flatMap(([script, deployment]) => deploymentRows(script, deployment)),
    now: Date.now,
  };
}

/** What serves, and the older deployments that its code came from. */
function deploymentRows(script: string, { versions, deployedAt }: WorkerDeployment): DeploymentRow[] {
  const createdAtMs = deployedAt.getTime();
  const uploaded = versions.flatMap(({ codeOf }) => codeOf ?? []);
  return [
    {
      script,
      createdAtMs,
      versions: versions.map(({ codeOf, ...version }) =>
        codeOf === undefined ? version : { ...version, etag: `code of ${codeOf.id}`, isMadeBySecret: true },
      ),
    },
    // Between both, somebody changed a secret before, and deployed something else.
    ...['of-an-older-secret', 'something-else'].map((id, index) => ({
      script,
      createdAtMs: createdAtMs - 1 - index,
      versions: [{ id, percentage: 100, isMadeBySecret: id === 'of-an-older-secret' }],
    })),
    ...uploaded.map(version => ({
      script,
      createdAtMs: createdAtMs - 9,
      versions: [{ ...version, percentage: 100, etag: `code of ${version.id}` }],
    })),
  ];
}
