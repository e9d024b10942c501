import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { ANSIBLE, type Environment, SCRIPTS } from '../folders.ts';
import { type ProgramRun, runProgram } from '../run-program.ts';
import type { Prepared } from '../toolchain/prepare.ts';
import { inventedSecrets, secretNames } from './invented-secrets.ts';

/** Playbooks for the servers of an environment, in their order. */
export const PLAYBOOKS = ['setup-servers', 'deploy-core', 'deploy-apps'] as const;

export interface Play {
  readonly environment: Environment;
  /** Folder with the playbooks; the repository's when left out. */
  readonly ansible?: string;
  /** Files that the server was changed by are in `changes` below it; the same folder again is the same server again. */
  readonly work: string;
  /** Names below `playbooks`, or absolute paths. */
  readonly playbooks: readonly string[];
  /** Further arguments of ansible-playbook. */
  readonly args: readonly string[];
  /** Names of secrets that nobody has invented. */
  readonly leftOut?: readonly string[];
  /** Of Ansible itself, such as ANSIBLE_STDOUT_CALLBACK. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Runs playbooks on the first server of an environment, which is invented, with invented secrets. */
export async function play({ programs, debian }: Prepared, order: Play): Promise<ProgramRun> {
  const { environment, work, ansible = ANSIBLE } = order;
  const server = `innkeeper-${environment}-1`;
  const names = secretNames(await readFile(join(ansible, 'group_vars/all/secrets.yml'), 'utf8'));
  const invented = inventedSecrets(names.filter(name => order.leftOut?.includes(name) !== true));
  await mkdir(join(work, 'bin'), { recursive: true });
  await writeFile(join(work, 'swarm.sops.yaml'), JSON.stringify({ swarm_secrets: invented }));
  await writeFile(join(work, 'servers.yml'), JSON.stringify(connection(server, join(work, 'root'))));
  await runProgram('ln', ['-sfn', join(SCRIPTS, 'sops-stand-in.sh'), join(work, 'bin/sops')]);
  return runProgram(
    'unshare',
    [
      ...['--mount', '--net', '--propagation', 'private', join(SCRIPTS, 'in-server.sh'), debian, work],
      ...['ansible-playbook', '--inventory', `inventory/${environment}`, '--inventory', join(work, 'servers.yml')],
      ...['--limit', server, '--extra-vars', `common_secrets_directory=${work}`, ...order.args],
      ...order.playbooks.map(name => (isAbsolute(name) ? name : `playbooks/${name}.yml`)),
    ],
    {
      cwd: ansible,
      environment: {
        PATH: [join(work, 'bin'), programs, process.env['PATH'] ?? ''].join(':'),
        ANSIBLE_CONFIG: join(ansible, 'ansible.cfg'),
        ANSIBLE_LOCAL_TEMP: join(work, 'local'),
        // One server, several plays: what is known of it stays known, and a task is one process.
        ANSIBLE_GATHERING: 'smart',
        ANSIBLE_GATHER_SUBSET: 'min',
        ANSIBLE_PIPELINING: '1',
        ...order.settings,
      },
    },
  );
}

const connection = (server: string, root: string): object => ({
  all: {
    hosts: {
      [server]: { ansible_connection: 'community.general.chroot', ansible_host: root, ansible_become: false },
    },
  },
});
