import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramRun } from '@innkeeper/deployment/testing/cloud-world';
import { type ProgramCall, refused, said } from './account.ts';

/** Finds what it is asked to run and the addresses it would run on, and runs nothing: here are no servers. */
export function ansiblePlaybook({ args, cwd }: ProgramCall): ProgramRun {
  const [flag, inventory = '', playbook = '', ...more] = args;
  if (flag !== '-i' || (more.length > 0 && more[0] !== '-e')) return refused(`not understood: ${args.join(' ')}`);
  const addresses = `${inventory.replace(/\/$/u, '')}.nodes.json`;
  const missing = [inventory, playbook, addresses].filter(path => path === '' || !existsSync(join(cwd, path)));
  if (missing.length > 0) return refused(`the playbook or what it needs could not be found: ${missing.join(', ')}`);
  return said(`${playbook}: no servers in a rehearsal\n`);
}
