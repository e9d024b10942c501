import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Check } from '../check.ts';
import { ANSIBLE, ENVIRONMENTS, REPOSITORY } from '../folders.ts';
import { runProgram } from '../run-program.ts';
import type { Prepared } from '../toolchain/prepare.ts';
import { agreementProblems, TerraformValues } from './agreement-problems.ts';
import { Inventory, inventoryProblems } from './inventory-problems.ts';

const Variables = z.record(z.string(), z.unknown());

/** Every inventory as Ansible itself reads it, held against what Terraform is given. */
export const inventories = ({ programs }: Prepared): Check => ({
  name: 'inventories',
  run: async () => {
    const problems = await Promise.all(
      ENVIRONMENTS.map(async environment => {
        const { exitCode, stdout, stderr } = await runProgram(
          'ansible-inventory',
          ['--list', '-i', `inventory/${environment}`],
          { cwd: ANSIBLE, environment: { PATH: `${programs}:${process.env['PATH'] ?? ''}` } },
        );
        if (exitCode !== 0) return [stderr.trim()];
        const read = async (file: string): Promise<Record<string, unknown>> =>
          Variables.parse(parse(await readFile(join(ANSIBLE, 'group_vars', file), 'utf8')));
        const files = ['common.yml', 'rocketchat.yml', 'keycloak.yml', 'sync-app.yml'];
        const [common, ...others] = await Promise.all(files.map(file => read(`${environment}/${file}`)));
        const given = [await read('all/common.yml'), common ?? {}, ...others];
        const variables = Object.fromEntries(given.flatMap(one => Object.entries(one)));
        const inventory = Inventory.parse(JSON.parse(stdout));
        const { hostvars } = inventory._meta;
        const servers = Object.fromEntries(
          inventory.swarm.hosts.map(host => [host, String(hostvars[host]?.['common_private_address'])]),
        );
        const terraform = join(REPOSITORY, 'terraform/environments', environment, 'terraform.tfvars.json');
        return [
          ...inventoryProblems(environment, inventory, common),
          ...agreementProblems(
            environment,
            { servers, variables },
            TerraformValues.parse(JSON.parse(await readFile(terraform, 'utf8'))),
          ),
        ];
      }),
    );
    return { seen: `${ENVIRONMENTS.join(', ')}, and Terraform's values for the same`, problems: problems.flat() };
  },
});
