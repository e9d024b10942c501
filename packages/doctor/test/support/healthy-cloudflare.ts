import type { CloudflareWorld } from '@innkeeper/local-stack/stand-ins/cloudflare/cloudflare-world';
import { secretsOfWorker } from '@innkeeper/secrets/catalogue/catalogue';
import { WORKERS, type WorkerName } from '@innkeeper/secrets/catalogue/secret-entry';
import { markerOf } from '@innkeeper/secrets/push/version-marker';
import type { ProdValues } from '../../src/testing/environment-folder.ts';

export const CLOUDFLARE_TOKEN = 'secret-of-cloudflare';
const RIGHTS = ['DNS Read', 'Queues Read', 'Workers Scripts Read', 'Zone Read'];
const DAY_MS = 86_400_000;

/** The account as Terraform and wrangler leave it. */
export function healthyCloudflare(
  { accountId, zoneId, hostnames }: ProdValues,
  nodeAddresses: readonly string[],
  now: Date,
): CloudflareWorld {
  const { chat = '', login = '', ...workerNames } = hostnames;
  const swarm = [chat, login].flatMap(name =>
    nodeAddresses.map((content, number) => ({ id: `${name}-${number}`, name, type: 'A', content, proxied: true })),
  );
  const workers = Object.values(workerNames).map(name => ({
    id: name,
    name,
    type: 'AAAA',
    content: '100::',
    proxied: true,
  }));
  return {
    accountId,
    callers: new Map([[CLOUDFLARE_TOKEN, { rights: RIGHTS, expiresAtMs: now.getTime() + 100 * DAY_MS }]]),
    accountTokens: new Map(),
    workers: new Map(
      WORKERS.map(worker => [worker, { secrets: givenTo(worker), versions: 1, isNewestDeployed: true }]),
    ),
    now: () => now.getTime(),
    dnsRecords: new Map([[zoneId, [...swarm, ...workers]]]),
    queues: ['guesty-deliveries', 'guesty-deliveries-dead', 'aircall-deliveries', 'aircall-deliveries-dead'].map(
      name => ({ id: `id-of-${name}`, name, consumers: 1, isPaused: false, backlog: 0 }),
    ),
    deployments: [
      ...WORKERS.map(script => ({
        script,
        createdAtMs: now.getTime() - DAY_MS,
        versions: [{ id: `version-of-${script}`, percentage: 100, tag: '0123456789abcdef', etag: script }],
      })),
      // Since then one of its secrets was renewed.
      {
        script: 'aircall-webhook',
        createdAtMs: now.getTime() - DAY_MS / 2,
        versions: [{ id: 'of-a-new-secret', percentage: 100, etag: 'aircall-webhook', isMadeBySecret: true }],
      },
    ],
  };
}

/** As `pnpm secrets push` leaves a Worker: each secret, and beside it its label. */
const givenTo = (worker: WorkerName): Map<string, string> =>
  new Map(
    secretsOfWorker(worker).flatMap(({ variable }) => [
      [variable, 'secret-of-a-worker'],
      [markerOf(variable, 1), '1'],
    ]),
  );
