import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * Docker's engine as far as modules ask it: in check mode a new one, or a manager's with all its networks and somebody
 * in each; secrets and configurations are kept, and used by somebody from then on. Runs a command beside it, which finds it by DOCKER_HOST, and ends as that does.
 *
 *   node docker-engine.ts none|manager COMMAND …
 */
const [state = '', command = '', ...args] = process.argv.slice(2);
const isManager = state === 'manager';
const version = { Version: '29.8.2', ApiVersion: '1.52', MinAPIVersion: '1.44', Os: 'linux', Arch: 'amd64' };
const swarm = {
  ID: 'swarm',
  Version: { Index: 1 },
  JoinTokens: { Worker: 'SWMTKN-1-worker', Manager: 'SWMTKN-1-manager' },
  Spec: {
    Name: 'default',
    Labels: {},
    Orchestration: { TaskHistoryRetentionLimit: 5 },
    Raft: { SnapshotInterval: 10_000, KeepOldSnapshots: 0, LogEntriesForSlowFollowers: 500 },
    Dispatcher: { HeartbeatPeriod: 5_000_000_000 },
    CAConfig: { NodeCertExpiry: 7_776_000_000_000_000 },
    EncryptionConfig: { AutoLockManagers: false },
  },
};
const info = {
  Swarm: {
    NodeID: isManager ? 'node' : '',
    LocalNodeState: isManager ? 'active' : 'inactive',
    ControlAvailable: isManager,
  },
};

const network = (name: string, options: object, subnet: string, more: object) => ({
  Name: name,
  Id: name,
  Driver: 'overlay',
  Scope: 'swarm',
  Attachable: true,
  Options: options,
  IPAM: { Driver: 'default', Config: [{ Subnet: subnet }] },
  // Somebody works in each of them.
  Containers: { [`task-in-${name}`]: { Name: `task-in-${name}` } },
  ...more,
});
const mtu = { 'com.docker.network.driver.mtu': '1400' };
const bridge = {
  'com.docker.network.bridge.name': 'docker_gwbridge',
  'com.docker.network.bridge.enable_icc': 'false',
  'com.docker.network.bridge.enable_ip_masquerade': 'true',
};
const networks = isManager
  ? [
      network('docker_gwbridge', { ...mtu, ...bridge }, '172.20.0.0/24', { Driver: 'bridge', Scope: 'local' }),
      network('ingress', mtu, '10.200.0.0/24', { Ingress: true, Attachable: false }),
      network('rocketchat_network', { ...mtu, encrypted: 'true' }, '10.201.0.0/24', {}),
      network('edge', { ...mtu, encrypted: 'true' }, '10.201.1.0/24', {}),
      network('storage', { ...mtu, encrypted: 'true' }, '10.201.2.0/24', {}),
    ]
  : [];

/** Secrets and configurations by their numbers; what was made is used at once, by the stack that it was made for. */
const kept: Readonly<Record<'secrets' | 'configs', { ID: string; Spec: object }[]>> = { secrets: [], configs: [] };

function keep(method: string, kind: 'secrets' | 'configs', name: string, body: string): [number, unknown] {
  if (method === 'GET') return [200, kept[kind]];
  if (method === 'DELETE') return [400, { message: `rpc error: ${name} is in use by the following service: member` }];
  const ID = `${kind}-${kept[kind].length + 1}`;
  kept[kind].push({ ID, Spec: JSON.parse(body) as object });
  return [201, { ID }];
}

function answer(path: string): [status: number, body: unknown] {
  if (path === '/version') return [200, version];
  if (path === '/info') return [200, info];
  if (path === '/swarm') return isManager ? [200, swarm] : [503, { message: 'This node is not a swarm manager.' }];
  if (path === '/networks') return [200, networks];
  const one = networks.find(({ Id }) => path === `/networks/${Id}`);
  if (one !== undefined) return [200, one];
  return [404, { message: `no such thing: ${path}` }];
}

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://engine').pathname.replace(/^\/v[\d.]+/u, '');
  const [, kind, name = ''] = /^\/(secrets|configs)(?:\/(.+))?$/u.exec(path) ?? [];
  const [status, body] =
    kind === 'secrets' || kind === 'configs'
      ? keep(request.method ?? '', kind, name, await text(request))
      : answer(path);
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const server = createServer((request, response) => void respond(request, response));
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo;
const child = spawn(command, args, {
  stdio: 'inherit',
  env: { ...process.env, DOCKER_HOST: `tcp://127.0.0.1:${port}` },
});
const [code] = (await once(child, 'close')) as [number | null];
process.exit(code ?? 1);
