import type { Program } from '../programs/program-runner.ts';
import { misused, printed, refused, type StandInProgram } from './cloud-world.ts';
import { standInGcloud } from './stand-in-gcloud.ts';
import { standInWrangler } from './stand-in-wrangler.ts';

/** The commit that is checked out where a program runs. */
const commitAt = (checkouts: Readonly<Record<string, string>>, path: string): string | undefined =>
  Object.entries(checkouts)
    .filter(([folder]) => path === folder || path.startsWith(`${folder}/`))
    .toSorted(([a], [b]) => b.length - a.length)[0]?.[1];

const standInTerraform: StandInProgram = (args, world) => {
  const [chdir = '', ...words] = args;
  if (!chdir.startsWith('-chdir=')) return misused(args);
  const commit = commitAt(world.checkouts, chdir.slice('-chdir='.length));
  switch (words[0] ?? '') {
    case 'init':
      return printed('');
    case 'plan': {
      const isEmpty = commit === world.infrastructure;
      return { exitCode: isEmpty ? 0 : 2, stdout: '', stderr: '' };
    }
    case 'show':
      return printed({ resource_changes: [{ change: { actions: ['create'] } }] });
    case 'apply':
      if (!words.some(word => word.endsWith('.tfplan'))) return refused('no saved plan: would have to ask');
      world.infrastructure = commit;
      return printed('');
    case 'output':
      return words[1] === '-json' ? printed(world.outputs) : misused(args);
    default:
      return misused(args);
  }
};

const standInAnsible: StandInProgram = (args, world, { cwd }) => {
  const [flag, inventory, playbook, ...more] = args;
  if (flag !== '-i' || !inventory?.startsWith('inventory/') || more.length > 0) return misused(args);
  if (playbook === 'playbooks/deploy-apps.yml') world.swarm = commitAt(world.checkouts, cwd);
  else if (playbook !== 'playbooks/deploy-core.yml') return refused(`the playbook ${playbook} could not be found`);
  return printed('');
};

const standInGit: StandInProgram = (args, world) => {
  const [flag, root = '', ...words] = args;
  if (flag !== '-C') return misused(args);
  switch (words.slice(0, 2).join(' ')) {
    case 'rev-parse HEAD':
      return printed(`${world.checkouts[root] ?? ''}\n`);
    case 'status --porcelain':
      return printed('');
    case 'worktree add': {
      const [folder = '', commit = ''] = words.slice(-2);
      world.checkouts[folder] = commit;
      return printed('');
    }
    case 'worktree remove':
      delete world.checkouts[words.at(-1) ?? ''];
      return printed('');
    default:
      return misused(args);
  }
};

/** The check of policies, which finds nothing. */
const standInNode: StandInProgram = args =>
  args[0] === 'packages/terraform-check/src/main.ts' && args.includes('--plan')
    ? printed({ passed: true, violations: [] })
    : misused(args);

export const STAND_IN_PROGRAMS: Readonly<Record<Program, StandInProgram>> = {
  wrangler: standInWrangler,
  gcloud: standInGcloud,
  terraform: standInTerraform,
  'ansible-playbook': standInAnsible,
  git: standInGit,
  node: standInNode,
};
