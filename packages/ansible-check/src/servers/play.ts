import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { ANSIBLE, type Environment, SCRIPTS } from '../folders.ts';
import { type ProgramRun, runProgram } from '../run-program.ts';
import type { Prepared } from '../toolchain/prepare.ts';
import { inventedSecrets, secretNames } from './invented-secrets.ts';

const ENGINE = join(import.meta.dirname, 'docker-engine.ts');

/** Playbooks for the servers of an environment, in their order. */
export const PLAYBOOKS = ['setup-servers', 'deploy-core', 'deploy-apps'] as const;

/** A stand-in for Docker's engine beside the server: in no Swarm, or a manager of one. */
export type EngineState = 'none' | 'manager';

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
  /** No engine when left out. */
  readonly engine?: EngineState;
  /** Of Ansible itself, such as ANSIBLE_STDOUT_CALLBACK. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * Runs playbooks on the first server of an environment, which is invented, with invented secrets. The others are this
 * one, too, where a task is delegated to them.
 */
export async function play({ programs, debian }: Prepared, order: Play): Promise<ProgramRun> {
  const { environment, work, ansible = ANSIBLE } = order;
  const servers = [1, 2, 3].map(number => `innkeeper-${environment}-${number}`);
  const [server = ''] = servers;
  const names = secretNames(await readFile(join(ansible, 'group_vars/all/secrets.yml'), 'utf8'));
  const invented = inventedSecrets(names.filter(name => order.leftOut?.includes(name) !== true));
  await mkdir(join(work, 'bin'), { recursive: true });
  await writeFile(join(work, 'swarm.sops.yaml'), JSON.stringify({ swarm_secrets: invented }));
  await writeFile(join(work, 'servers.yml'), JSON.stringify(connections(servers, join(work, 'root'))));
  await runProgram('ln', ['-sfn', join(SCRIPTS, 'sops-stand-in.sh'), join(work, 'bin/sops')]);
  return runProgram(
    'unshare',
    [
      ...['--mount', '--net', '--propagation', 'private', join(SCRIPTS, 'in-server.sh'), debian, work],
      ...(order.engine === undefined ? [] : [process.execPath, ENGINE, order.engine]),
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

const connections = (servers: readonly string[], root: string): object => {
  const connection = { ansible_connection: 'community.general.chroot', ansible_host: root, ansible_become: false };
  return { all: { hosts: Object.fromEntries(servers.map(server => [server, connection])) } };
};
