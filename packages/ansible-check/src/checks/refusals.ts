import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Check } from '../check.ts';
import { ANSIBLE } from '../folders.ts';
import { type ProgramRun, runProgram } from '../run-program.ts';
import { type Play, play } from '../servers/play.ts';
import type { Prepared } from '../toolchain/prepare.ts';
import { type Refusal, refusalProblems } from './refusal-problems.ts';

/** What an operator can give wrong: each run has to end before anything is touched, with a sentence that helps. */
export const refusals = (prepared: Prepared): Check => ({
  name: 'bad input',
  run: async () => {
    const work = await mkdtemp(join(tmpdir(), 'innkeeper-bad-input-'));
    try {
      const problems: string[] = [];
      const cases = [...fromHere(prepared, work), ...onServer(prepared, work)];
      for (const { refusal, run } of cases) problems.push(...refusalProblems(refusal, await run()));
      return { seen: cases.map(({ refusal }) => refusal.input).join(', '), problems };
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
});

interface Case {
  readonly refusal: Refusal;
  readonly run: () => Promise<ProgramRun>;
}

/** As an operator calls Ansible, in a network that leads nowhere. */
function fromHere({ programs }: Prepared, work: string): Case[] {
  const start = (playbook: string, inventory: string, given: object) =>
    runProgram(
      'unshare',
      [
        ...['--net', 'ansible-playbook', '--check', '--inventory', `inventory/${inventory}`],
        ...['--extra-vars', JSON.stringify(given), `playbooks/${playbook}.yml`],
      ],
      {
        cwd: ANSIBLE,
        environment: { PATH: `${programs}:${process.env['PATH'] ?? ''}`, HCLOUD_TOKEN: 'a'.repeat(64) },
      },
    );
  const snapshot = { backup_image_ssh_key: 'operator', backup_image_weed_sha256: '0'.repeat(64) };
  return [
    {
      refusal: { input: 'unknown environment', sentence: 'inventory/production' },
      run: () => start('setup-servers', 'production', {}),
    },
    {
      refusal: { input: 'no addresses', sentence: 'output -json nodes > ansible/inventory/prod.nodes.json' },
      run: () => start('deploy-core', 'prod', { common_nodes_file: join(work, 'none.json') }),
    },
    {
      refusal: { input: 'no secrets', sentence: 'swarm.sops.yaml is not there' },
      run: async () => {
        const addresses = await inventAddresses(work);
        return start('deploy-apps', 'prod', { common_nodes_file: addresses, common_secrets_directory: work });
      },
    },
    {
      refusal: { input: 'unreachable host', sentence: 'Make sure this host can be reached over ssh' },
      run: async () => {
        await writeFile(join(work, 'swarm.sops.yaml'), '');
        const addresses = await inventAddresses(work);
        return start('setup-servers', 'prod', { common_nodes_file: addresses, common_secrets_directory: work });
      },
    },
    {
      refusal: { input: 'wrong place', sentence: 'There is no place mars1 at Hetzner' },
      run: () => start('create-backup-snapshot', 'prod', { ...snapshot, backup_image_location: 'mars1' }),
    },
  ];
}

/** From the documentation's own network: nobody is there. */
async function inventAddresses(work: string): Promise<string> {
  const file = join(work, 'nodes.json');
  const names = [1, 2, 3].map(number => `innkeeper-prod-${number}`);
  await writeFile(file, JSON.stringify(Object.fromEntries(names.map(name => [name, { public_ipv4: '192.0.2.1' }]))));
  return file;
}

/** What is only seen once a server is spoken to; the server is an invented one. */
function onServer(prepared: Prepared, work: string): Case[] {
  const start = (given: object, { playbook = 'setup-servers', ...more }: Partial<Play> & { playbook?: string } = {}) =>
    play(prepared, {
      environment: 'prod',
      work: join(work, 'server'),
      playbooks: [playbook],
      args: ['--tags', 'preflight', '--extra-vars', JSON.stringify(given)],
      ...more,
    });
  return [
    {
      refusal: { input: 'missing secret', sentence: 'lacks mongodb_keyfile in swarm_secrets' },
      run: () => start({}, { leftOut: ['mongodb_keyfile'] }),
    },
    {
      refusal: { input: 'bad network', sentence: '10.30.2.0/33 is not a network' },
      run: () => start({ common_backup_cidr: '10.30.2.0/33' }),
    },
    {
      // The invented server has its environment from here.
      refusal: { input: 'own network left out', sentence: 'You come from 198.51.100.9, which is in none' },
      run: () => start({}, { settings: { SSH_CLIENT: '198.51.100.9 50000 22' } }),
    },
    {
      refusal: { input: 'no time of day', sentence: 'common_reboot_time is 04:60' },
      run: () => start({ common_reboot_time: '04:60' }, { settings: { SSH_CLIENT: '203.0.113.7 50000 22' } }),
    },
    {
      refusal: { input: 'network open to all', sentence: 'open to the world' },
      run: () => start({ common_ssh_sources: ['0.0.0.0/0'] }),
    },
    {
      refusal: {
        input: 'engine that later ones do not understand',
        sentence: 'the first engines of 29 number the keys',
      },
      run: () => start({ docker_version: '5:29.1.5-1~debian.12~bookworm' }),
    },
    {
      refusal: { input: 'cache without room', sentence: 'the cache may be half of it at most' },
      run: () => start({ mongodb_cache_gb: 2.5 }, { playbook: 'deploy-apps' }),
    },
    {
      refusal: { input: 'more servers than the plan bears', sentence: 'the module `scalability` (Enterprise)' },
      run: () => start({ rocketchat_replicas: 2, rocketchat_registration_token: '' }, { playbook: 'deploy-apps' }),
    },
  ];
}
