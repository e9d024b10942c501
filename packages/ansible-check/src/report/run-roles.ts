import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readRoles } from '../checks/read-roles.ts';
import { ANSIBLE, REPOSITORY } from '../folders.ts';
import { runProgram } from '../run-program.ts';
import { PLAYBOOKS, play } from '../servers/play.ts';
import type { Prepared } from '../toolchain/prepare.ts';
import { roleRow, roleTable } from './role-table.ts';
import { roleTasks } from './role-tasks.ts';
import { readTasks, type TaskRun } from './task-runs.ts';

/** Tags of what cannot be done here, and why. */
const LEFT_OUT = { engine: "needs Docker's engine", download: 'fetches from outside Debian' } as const;
const IMAGE_PLAYBOOK = resolve(import.meta.dirname, '../../playbooks/backup-image.yml');

/**
 * All roles on an invented server: in check mode, for real, a second time, and in check mode again. The second time,
 * and check mode after it, must change nothing. True when all went well, every task ran or has a reason not to, and the
 * README shows the table of it.
 */
export async function runRoles(prepared: Prepared, say: (line: string) => void): Promise<boolean> {
  const work = await mkdtemp(join(tmpdir(), 'innkeeper-roles-'));
  try {
    const runs = await runAll(work, prepared, say);
    if (runs === undefined) return false;
    const restless = runs
      .slice(2)
      .flat()
      .filter(({ outcome }) => outcome === 'changed');
    for (const { role, task } of restless) say(`✗ ${role}: ${task}: changes something again`);
    const roles = await readRoles();
    const rows = await Promise.all(
      roles.map(async ({ name, folder }) =>
        roleRow(name, await roleTasks(name, join(ANSIBLE, 'roles', folder)), runs[1] ?? [], LEFT_OUT),
      ),
    );
    const table = roleTable(rows);
    say(`\n${table}\n`);
    const isShown = (await readFile(join(ANSIBLE, 'README.md'), 'utf8')).includes(table);
    if (!isShown) say('✗ ansible/README.md has another table: put this one there');
    const unexplained = rows.flatMap(({ role, unexplained: tasks }) =>
      tasks.map(task => `✗ ${role}: ${task}: never ran`),
    );
    for (const line of unexplained) say(line);
    return isShown && restless.length === 0 && unexplained.length === 0;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Tasks of each run; undefined where one failed, which is told. */
async function runAll(work: string, prepared: Prepared, say: (line: string) => void): Promise<TaskRun[][] | undefined> {
  const runner = join(work, 'backup-runner.mjs');
  const built = await runProgram(process.execPath, [
    join(REPOSITORY, 'services/backup-runner/scripts/build-runner.ts'),
    runner,
  ]);
  if (built.exitCode !== 0) {
    say(built.stderr);
    return undefined;
  }
  const given = {
    backup_image_runner: runner,
    backup_image_unit: join(REPOSITORY, 'services/backup-runner/systemd/innkeeper-backup.service'),
    common_operators: [{ name: 'operator', keys: [`ssh-ed25519 ${'A'.repeat(68)} operator@example`] }],
    // Nothing is fetched, so nobody is asked where from, and nothing is compared with it.
    backup_image_node_url: 'https://example.com/node.tgz',
    backup_image_weed_sha256: '0'.repeat(64),
  };
  const args = ['--skip-tags', Object.keys(LEFT_OUT).join(','), '--extra-vars', JSON.stringify(given)];
  const runs: TaskRun[][] = [];
  for (const [name, ...further] of [
    ['check mode on a new server', '--check'],
    ['first run'],
    ['second run'],
    ['check mode afterwards', '--check'],
  ] as const) {
    const started = performance.now();
    const { exitCode, stdout, stderr } = await play(prepared, {
      environment: 'prod',
      work,
      playbooks: [...PLAYBOOKS, IMAGE_PLAYBOOK],
      args: [...args, ...further],
      settings: { ANSIBLE_STDOUT_CALLBACK: 'ansible.posix.json' },
    });
    const tasks = readTasks(stdout);
    const changed = tasks.filter(({ outcome }) => outcome === 'changed').length;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(`${exitCode === 0 ? '✓' : '✗'} ${name}: ${tasks.length} tasks, ${changed} changed, ${seconds} s`);
    if (exitCode !== 0) {
      for (const { role, task, message, outcome } of tasks)
        if (outcome === 'failed') say(`    ${role}: ${task}: ${message}`);
      say(stderr.trim());
      return undefined;
    }
    runs.push(tasks);
  }
  return runs;
}
