import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Check } from '../check.ts';
import { ANSIBLE, REPOSITORY } from '../folders.ts';
import { runProgram } from '../run-program.ts';

const LISTENER = 'services/docker-compose.mongo-listener.yml';
const NATS = 'ansible/roles/apps/nats/defaults/main.yml';
const NOTHING = '---\n- name: Nothing\n  hosts: swarm\n  gather_facts: false\n  tasks: []\n';
/** One role is enough to see that two revisions are rendered and compared; all of them are what `render` is for. */
const ONE_ROLE = `---
- name: One role
  hosts: swarm
  gather_facts: true
  pre_tasks:
    - name: Load secrets
      ansible.builtin.import_tasks: tasks/load-secrets.yml
  roles: [nats, sync-app]
`;

/** `scripts/generate-diff.sh` on a small repository in which an image is raised. */
export const difference: Check = {
  name: 'difference',
  run: async () => {
    const repository = await mkdtemp(join(tmpdir(), 'innkeeper-difference-'));
    try {
      await makeHistory(repository);
      const script = join(REPOSITORY, 'scripts/generate-diff.sh');
      const words = ['--base', 'HEAD~1', '--environment', 'prod', '--output', 'prod.md'];
      const { exitCode, stderr } = await runProgram(script, words, { cwd: repository });
      if (exitCode !== 0) return { seen: 'ended early', problems: [stderr.trim()] };
      return {
        seen: 'two revisions, one image raised',
        problems: judge(await readFile(join(repository, 'prod.md'), 'utf8')),
      };
    } finally {
      await rm(repository, { recursive: true, force: true });
    }
  },
};

async function makeHistory(repository: string): Promise<void> {
  const at = (file: string): string => join(repository, file);
  await cp(ANSIBLE, at('ansible'), { recursive: true, verbatimSymlinks: true });
  await mkdir(dirname(at(LISTENER)), { recursive: true });
  await cp(join(REPOSITORY, LISTENER), at(LISTENER));
  await writeFile(at('ansible/playbooks/setup-servers.yml'), NOTHING);
  await writeFile(at('ansible/playbooks/deploy-core.yml'), NOTHING);
  await writeFile(at('ansible/playbooks/deploy-apps.yml'), ONE_ROLE);
  await git(repository, 'init', '--quiet');
  await commit(repository);
  const defaults = await readFile(at(NATS), 'utf8');
  await writeFile(at(NATS), defaults.replace(/^(?<name>nats_image: \S+:).*$/mu, '$<name>2.99.0'));
  await commit(repository);
}

async function commit(repository: string): Promise<void> {
  await git(repository, 'add', '--all');
  await git(repository, 'commit', '--quiet', '--message', 'change');
}

async function git(cwd: string, ...words: string[]): Promise<void> {
  const identity = ['-c', 'user.name=check', '-c', 'user.email=check@example.com'];
  const { exitCode, stderr } = await runProgram('git', [...identity, ...words], { cwd });
  if (exitCode !== 0) throw new Error(`git ${words[0]} ended with ${exitCode}: ${stderr.trim()}`);
}

const judge = (markdown: string): string[] => [
  ...(/^1 part differs, 2 changed lines/mu.test(markdown) ? [] : ['more or less than one line is another']),
  ...(/^\+ +image: \S+:2\.99\.0$/mu.test(markdown) ? [] : ['the image that was raised is not shown']),
  ...(markdown.includes('Invented') ? ['an invented secret is shown'] : []),
];
