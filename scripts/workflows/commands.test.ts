import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Findings } from '@innkeeper/github-reports/issues/finding';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SCRIPTS = join(import.meta.dirname, '..');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'innkeeper-commands-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const run = (program: string, ...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(SCRIPTS, program), ...words], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};
const keys = (...words: string[]) =>
  Findings.parse(JSON.parse(run('workflow-findings.ts', ...words).stdout)).map(({ key }) => key);

describe('workflow-findings', () => {
  it('reads what the looks at an environment left behind', () => {
    write('status', 'changed\n');
    write('plan.txt', 'Plan: 1 to add.\n');
    write('ansible-status', 'unchanged\n');
    write('reminders.json', '[{ "id": "groq", "sentence": "groq is old.", "next": "renew it" }]');
    expect(keys('drift', '--environment', 'prod', folder)).toEqual(['terraform', 'credentials']);
  });

  it('takes nothing left behind for nothing known', () => {
    expect(keys('drift', '--environment', 'prod', folder)).toEqual([
      'terraform-failed',
      'ansible-failed',
      'credentials-unknown',
    ]);
    const nothing = join(folder, 'outcome.json');
    expect(keys('deployment', '--environment', 'prod', '--exit-code', '137', nothing)).toEqual(['failure']);
    expect(keys('backups', '--environment', 'prod', '--exit-code', '2', nothing)).toEqual(['unknown']);
  });

  it('says how it is called', () => {
    const { status, stderr } = run('workflow-findings.ts', 'weather', '--environment', 'prod', folder);
    expect(status).toBe(2);
    expect(stderr).toContain('Usage: ./dev workflow-findings');
  });
});

it('what signing in at Google leaves in the checkout does not make it another commit', () => {
  const words = ['check-ignore', '--quiet', 'gha-creds-0123456789abcdef.json'];
  expect(spawnSync('git', words, { cwd: join(SCRIPTS, '..') }).status).toBe(0);
});

describe('workflow-comment', () => {
  it('puts what the jobs of a pull request left behind into one comment', () => {
    write('plan-dev/status', 'none\n');
    write('plan-dev/plan.txt', 'The environment dev was never brought up.\n');
    write('servers-dev/servers.md', '### Ansible: dev\n\nNothing changes on the servers (1 → 2).\n');
    write('dry-run/dry-run.md', '| dev | worker a | 20 KiB |\n');
    const { status, stdout } = run('workflow-comment.ts', '--run-url', 'https://example.com/run', folder);
    expect(status).toBe(0);
    expect(stdout).toContain('| dev | The environment dev was never brought up. | nothing |');
    expect(stdout).toContain('| prod | **nothing came: see the job** | **nothing came: see the job** |');
    expect(stdout).toContain('| dev | worker a | 20 KiB |');
  });
});
