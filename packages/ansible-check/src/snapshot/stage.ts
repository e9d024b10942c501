import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hetznerServers } from '@innkeeper/backup/hetzner/hetzner-servers';
import { choosePlacements } from '@innkeeper/backup/launch/choose-placements';
import { installServerPrograms } from '@innkeeper/local-stack/server-programs/install-server-programs';
import { PREPARED_IMAGE } from '@innkeeper/local-stack/stand-ins/hetzner/prepared-image';
import { startHetzner } from '@innkeeper/local-stack/stand-ins/hetzner/start-hetzner';
import { Secret } from '@innkeeper/shared/config/secret';
import { ANSIBLE } from '../folders.ts';
import { runProgram } from '../run-program.ts';
import { type Alteration, OLD_IMAGES, type Played, SCENARIOS, type Scenario } from './scenarios.ts';

/**
 * Beside an invented server (`in-server.sh`), which sshd is started on: plays create-backup-snapshot against Hetzner's
 * stand-in, once for each scenario, and prints what came of it as JSON. What is ordered has the address of this machine,
 * so Ansible reaches the invented server; what a server does by its user_data, the stand-in does with the real runner.
 *
 *   node stage.ts WORK PROGRAMS     PROGRAMS is the folder with ansible-playbook
 */
const [work = '', ansiblePrograms = ''] = process.argv.slice(2);
const root = join(work, 'root');
const TOKEN = 't'.repeat(64);
const KEY = join(work, 'key');
const RUNNER = join(work, 'backup-runner.mjs');
const MACHINE_ID = join(root, 'etc/machine-id');

/** What the role fetches from outside Debian, and what speaks with a systemd or a cloud-init that is not running. */
const SPEAKS = '#!/bin/sh\necho "$0 of no version"\n';
const FETCHED = [
  'restic',
  'weed',
  'mongodump',
  'mongorestore',
  'mongod',
  'pg_dump',
  'pg_restore',
  'initdb',
  'postgres',
];
const INSTEAD: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...FETCHED, 'psql'].map(name => [name, SPEAKS])),
  'cloud-init': '#!/bin/sh\n[ "$1" = status ] && echo "status: done" && exit\nexec /usr/bin/cloud-init "$@"\n',
  journalctl: '#!/bin/sh\ncat /srv/hetzner/servers/*/console.log\n',
};

function putInPlace(name: string): void {
  const file = join(root, 'usr/local/bin', name);
  writeFileSync(file, INSTEAD[name] ?? '');
  chmodSync(file, 0o755);
}

async function prepareServer(): Promise<void> {
  for (const name of Object.keys(INSTEAD)) putInPlace(name);
  writeFileSync(join(root, 'usr/bin/node'), '');
  execFileSync('mount', ['--bind', process.execPath, join(root, 'usr/bin/node')]);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', KEY]);
  mkdirSync(join(root, 'root/.ssh'), { recursive: true, mode: 0o700 });
  writeFileSync(join(root, 'root/.ssh/authorized_keys'), readFileSync(`${KEY}.pub`), { mode: 0o600 });
  execFileSync('chroot', [root, 'ssh-keygen', '-A'], { stdio: 'ignore' });
  writeFileSync(MACHINE_ID, `${'f'.repeat(32)}\n`);
  const sshd = spawn('chroot', [root, '/usr/sbin/sshd', '-D', '-e', '-o', 'UsePAM=no'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  for await (const line of sshd.stderr.setEncoding('utf8')) if (String(line).includes('listening')) break;
}

async function play(scenario: Scenario): Promise<Played> {
  const alter: Alteration = SCENARIOS[scenario];
  if (alter.missing !== undefined) rmSync(join(root, 'usr/local/bin', alter.missing));
  if (alter.fault !== undefined) {
    await fetch(`${hetzner.url}/_control/faults`, { method: 'POST', body: JSON.stringify(alter.fault) });
  }
  const given = {
    backup_image_hcloud_url: `${hetzner.url}/v1`,
    backup_image_ssh_key: 'operators',
    // Nothing is fetched, so nobody is asked where from.
    backup_image_node_url: 'https://example.com/node.tgz',
    backup_image_weed_sha256: '0'.repeat(64),
    backup_image_runner: RUNNER,
    backup_image_poll_seconds: 0,
  };
  const args = ['--inventory', 'inventory/prod', '--skip-tags', 'download', '--extra-vars', JSON.stringify(given)];
  const { exitCode, stdout, stderr } = await runProgram(
    'ansible-playbook',
    [...args, 'playbooks/create-backup-snapshot.yml'],
    {
      cwd: ANSIBLE,
      environment: {
        PATH: `${ansiblePrograms}:${process.env['PATH'] ?? ''}`,
        ANSIBLE_CONFIG: join(ANSIBLE, 'ansible.cfg'),
        ANSIBLE_LOCAL_TEMP: join(work, 'local'),
        ANSIBLE_PRIVATE_KEY_FILE: KEY,
        HCLOUD_TOKEN: TOKEN,
      },
    },
  );
  if (alter.missing !== undefined) putInPlace(alter.missing);
  const machineId = existsSync(MACHINE_ID) ? readFileSync(MACHINE_ID, 'utf8') : undefined;
  return { scenario, exitCode, output: stdout + stderr, machineId, ...(await whatIsLeft()) };
}

/** As functions/backup asks for it. */
async function whatIsLeft(): Promise<Pick<Played, 'servers' | 'images' | 'chosen'>> {
  const cloud = hetznerServers({
    endpoint: `${hetzner.url}/v1`,
    token: new Secret(TOKEN),
    settings: { networkId: undefined, firewallId: undefined, sshKey: 'operators' },
    pause: async () => undefined,
    now: () => new Date(),
  });
  const [servers, images, offers] = [await cloud.list(), await cloud.images(), await cloud.offers()];
  if (!servers.ok || !images.ok || !offers.ok) throw new Error('Hetzner’s stand-in does not answer.');
  const candidates = [{ type: 'cx23', location: 'nbg1' }];
  const runnerVersionMin = '0.1.0';
  const placements = choosePlacements({ images: images.value, offers: offers.value, candidates, runnerVersionMin });
  const all = await fetch(`${hetzner.url}/v1/images?type=snapshot`, { headers: { authorization: `Bearer ${TOKEN}` } });
  const { images: snapshots } = (await all.json()) as { images: { id: number }[] };
  return {
    servers: servers.value.map(({ name }) => name),
    images: snapshots.map(({ id }) => id),
    chosen: placements.ok ? placements.value[0]?.image.id : undefined,
  };
}

const hetzner = await startHetzner({
  port: 0,
  stateDirectory: join(root, 'srv/hetzner'),
  token: TOKEN,
  images: OLD_IMAGES.map((id, index) => ({ ...PREPARED_IMAGE, id, createdAt: `2026-11-0${index + 1}T00:00:00Z` })),
  runner: {
    program: RUNNER,
    environment: { PATH: `${await installServerPrograms()}:${process.env['PATH'] ?? ''}` },
  },
});
await prepareServer();
const played: Played[] = [];
for (const scenario of Object.keys(SCENARIOS) as Scenario[]) played.push(await play(scenario));
// Not waited for: what listens here goes with the process.
process.stdout.write(JSON.stringify(played), () => process.exit(0));
