import { join } from 'node:path';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Done, Target } from '../deploy/target.ts';
import type { EnvironmentName } from '../environment/environment-values.ts';
import type { TerraformOutputs } from '../environment/terraform-outputs.ts';
import { callProgram } from '../programs/call-program.ts';
import type { ProgramRunner } from '../programs/program-runner.ts';
import type { Trouble } from '../programs/trouble.ts';

export interface SwarmOptions {
  readonly environment: EnvironmentName;
  readonly root: string;
  readonly runner: ProgramRunner;
  readonly commit: string;
  /** Commit whose stacks were last known to be well, by the journal. */
  readonly lastGood: () => Promise<Result<string | undefined, Trouble>>;
  readonly outputs: () => Promise<Result<TerraformOutputs, Trouble>>;
  readonly writeText: (path: string, text: string) => Promise<void>;
  /** A folder of this deployment alone. */
  readonly folder: string;
}

const PLAYBOOKS = ['deploy-core', 'deploy-apps'] as const;
const PLAYBOOK_MS = 22 * 60_000;
const GIT_MS = 60_000;
/** Ansible prints tasks that failed to standard output, unless told otherwise; a failure's last words are of stderr. */
const SAID_WHERE_IT_IS_KEPT = { ANSIBLE_DISPLAY_FAILED_STDERR: '1', ANSIBLE_NOCOLOR: '1' };

/**
 * What runs on the servers, by Ansible. Swarm takes back one service at a time, and a stack is more: the stacks of the
 * last good commit are deployed again.
 */
export function swarmTarget(options: SwarmOptions): Target {
  return {
    name: 'swarm',
    stage: 'ansible',
    foresee: async () =>
      ok([`Ansible runs ${PLAYBOOKS.join(' and ')}; ansible-playbook --check --diff shows the rest.`]),
    steps: [{ id: 'swarm: playbooks', phase: 1, forward: () => playbooks(options, options.root, options.commit) }],
    rollback: { survey: options.lastGood, takeBack: before => takeBack(options, before) },
  };
}

async function playbooks(options: SwarmOptions, root: string, commit: string): Promise<Result<Done, Trouble>> {
  const { environment, runner } = options;
  const outputs = await options.outputs();
  if (!outputs.ok) return outputs;
  const nodes = `${JSON.stringify(outputs.value.nodes, undefined, 2)}\n`;
  await options.writeText(join(root, `ansible/inventory/${environment}.nodes.json`), nodes);
  for (const playbook of PLAYBOOKS) {
    const args = ['-i', `inventory/${environment}`, `playbooks/${playbook}.yml`];
    const done = await callProgram(runner, `Playbook ${playbook}`, {
      program: 'ansible-playbook',
      args,
      cwd: join(root, 'ansible'),
      environment: SAID_WHERE_IT_IS_KEPT,
      timeoutMs: PLAYBOOK_MS,
    });
    if (!done.ok) return done;
  }
  return ok({ version: commit });
}

async function takeBack(options: SwarmOptions, before: string): Promise<Result<Done, Trouble>> {
  const { runner, root } = options;
  const tree = join(options.folder, 'last-good');
  const git = (args: readonly string[]) =>
    callProgram(runner, `Stacks of ${before.slice(0, 12)}`, {
      program: 'git',
      args: ['-C', root, ...args],
      timeoutMs: GIT_MS,
    });
  const added = await git(['worktree', 'add', '--detach', '--force', tree, before]);
  if (!added.ok) {
    const nextStep = `Fetch the whole history (git fetch --unshallow), then deploy ${before.slice(0, 12)}.`;
    return err({ sentence: added.error.sentence, nextStep });
  }
  const back = await playbooks(options, tree, before);
  const removed = await git(['worktree', 'remove', '--force', tree]);
  if (!back.ok) return back;
  return removed.ok ? ok({}) : removed;
}
