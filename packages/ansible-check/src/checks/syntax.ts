import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../check.ts';
import { ANSIBLE, ENVIRONMENTS } from '../folders.ts';
import { runProgram } from '../run-program.ts';
import type { Prepared } from '../toolchain/prepare.ts';

/** Every playbook as Ansible itself reads it, with the inventory of every environment. */
export const syntax = ({ programs }: Prepared): Check => ({
  name: 'syntax',
  run: async () => {
    const playbooks = (await readdir(join(ANSIBLE, 'playbooks'))).filter(name => name.endsWith('.yml')).toSorted();
    const runs = await Promise.all(
      ENVIRONMENTS.map(environment =>
        runProgram(
          'ansible-playbook',
          ['--syntax-check', '-i', `inventory/${environment}`, ...playbooks.map(name => `playbooks/${name}`)],
          { cwd: ANSIBLE, environment: { PATH: `${programs}:${process.env['PATH'] ?? ''}` } },
        ),
      ),
    );
    return {
      seen: `${playbooks.length} playbooks, ${ENVIRONMENTS.length} inventories`,
      problems: runs.filter(({ exitCode }) => exitCode !== 0).map(({ stderr }) => stderr.trim()),
    };
  },
});
