import { WORKERS, type WorkerName } from '@innkeeper/secrets/catalogue/secret-entry';
import { ok } from '@innkeeper/shared/result/result';
import { askOnce } from '../asking/ask-once.ts';
import { VENDORS } from '../asking/vendors.ts';
import { swarmTasks, workerLog } from '../asking/where-to-look.ts';
import type { Expected } from '../expected/expected.ts';
import type { CloudServers } from '../ports/cloud-servers.ts';
import type { CloudflareAccount } from '../ports/cloudflare-account.ts';
import { type Availability, both, onceDeployed, there } from '../run/availability.ts';
import { type Check, check } from '../run/check.ts';
import type { World } from '../world.ts';
import { judgeAnswer, judgeCertificate, judgeSwarmName, judgeWorkerName } from './judge-names.ts';

/** What `terraform.tfvars.json` calls the Workers' names. */
const HOSTNAMES = {
  'aircall-webhook': 'aircall_webhook',
  'backup-vault': 'backup_vault',
  'guesty-webhook': 'guesty_webhook',
  'llm-query': 'llm_query',
  'log-forwarder': 'log_forwarder',
} as const satisfies Record<WorkerName, Exclude<keyof Expected['hostnames'], 'chat' | 'login'>>;

/** Each public name: its record, its certificate, what answers. `health` has the addresses to ask, by host name. */
export function nameChecks(world: World, expected: Expected, health: ReadonlyMap<string, string>, now: Date): Check[] {
  const { chat, login, ...workerNames } = expected.hostnames;
  const records = askOnce((cloudflare: CloudflareAccount) => cloudflare.dnsRecords());
  const addresses = askOnce((hetzner: CloudServers) => hetzner.addresses());
  const swarm = <P>(port: Availability<P>) => onceDeployed(expected.deployed.swarm, 'swarm', port);
  const workers = <P>(port: Availability<P>) => onceDeployed(expected.deployed.workers, 'workers', port);

  const behind = (hostname: string, deployed: typeof swarm, look: string): Check[] => [
    check({
      id: `names/certificate/${hostname}`,
      title: `${hostname}: certificate`,
      of: deployed(there(world.tls)),
      asked: VENDORS.names,
      read: tls => tls.certificate(hostname),
      judge: certificate => judgeCertificate(certificate, now),
    }),
    check({
      id: `names/answer/${hostname}`,
      title: `${hostname}: answer`,
      of: deployed(there(world.addresses)),
      asked: VENDORS.names,
      read: port => port.get(health.get(hostname) ?? `https://${hostname}/`),
      judge: answer => judgeAnswer(answer, look),
    }),
  ];

  return [
    ...[
      { hostname: chat, stack: 'rocketchat' as const },
      { hostname: login, stack: 'keycloak' as const },
    ].flatMap(({ hostname, stack }) => [
      check({
        id: `names/record/${hostname}`,
        title: `${hostname}: record`,
        // Made before anything runs behind it.
        of: both(world.cloudflare, world.hetzner),
        asked: VENDORS.cloudflare,
        read: async ([cloudflare, hetzner]) => {
          const [known, servers] = await Promise.all([records(cloudflare), addresses(hetzner)]);
          if (!known.ok) return known;
          return servers.ok ? ok({ known: known.value, servers: servers.value }) : servers;
        },
        judge: ({ known, servers }) => judgeSwarmName(hostname, known, servers, expected.nodes),
      }),
      ...behind(hostname, swarm, `See whether it runs, on a manager of the Swarm: ${swarmTasks(stack)}.`),
    ]),
    ...WORKERS.map(worker => ({ worker, hostname: workerNames[HOSTNAMES[worker]] })).flatMap(({ worker, hostname }) => [
      check({
        id: `names/record/${hostname}`,
        title: `${hostname}: record`,
        of: workers(world.cloudflare),
        asked: VENDORS.cloudflare,
        read: records,
        judge: known => judgeWorkerName(hostname, known),
      }),
      ...behind(hostname, workers, `See why: ${workerLog(worker)}`),
    ]),
  ];
}
