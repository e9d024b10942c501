import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { programs, repositoryOf, runScript, temporaryFolder } from './testing/run-script.ts';

const HOSTS = { 'ansible/inventory/prod/hosts.yml': 'all:\n' };
const generate = (words: readonly string[], cwd: string, bin = '') =>
  runScript('generate-diff.sh', words, { cwd, bin });

it('explains itself', () => {
  const { code, out } = runScript('generate-diff.sh', ['--help']);
  expect([code, out]).toEqual([0, expect.stringContaining('--base REVISION')]);
});

describe('two revisions', () => {
  it('that differ in nothing Ansible reads change nothing', () => {
    const cwd = repositoryOf(HOSTS, { 'README.md': 'another' });
    const words = ['--base', 'HEAD~1', '--environment', 'prod', '--output', 'below/prod.md'];
    expect(generate(words, cwd)).toMatchObject({ code: 0, err: '' });
    expect(readFileSync(join(cwd, 'below/prod.md'), 'utf8')).toMatch(
      /^### Ansible: prod\n\nNothing changes on the servers \([0-9a-f]{8} → [0-9a-f]{8}\)\.\n$/u,
    );
  });

  it.each([
    ['an unknown option', ['--bass', 'HEAD'], 'It knows no "--bass"'],
    ['an option without its value', ['--base'], '--base needs a value'],
    ['no environment', ['--base', 'HEAD', '--output', 'o'], 'Which environment?'],
    [
      'a path for an environment',
      ['--base', 'HEAD', '--environment', '../prod', '--output', 'o'],
      'Which environment?',
    ],
    ['no place to write to', ['--base', 'HEAD', '--environment', 'prod'], 'Where to?'],
    ['nothing to compare with', ['--environment', 'prod', '--output', 'o'], 'Compared with what?'],
    [
      'two things to compare with',
      ['--base', 'HEAD', '--inventory', 'i', '--environment', 'prod', '--output', 'o'],
      'Either --base or --inventory',
    ],
    ['an unknown revision', ['--base', 'nowhere', '--environment', 'prod', '--output', 'o'], 'no revision "nowhere"'],
    ['an unknown environment', ['--base', 'HEAD', '--environment', 'live', '--output', 'o'], 'no environment "live"'],
  ])('are not compared with %s', (_, words, sentence) => {
    const cwd = temporaryFolder();
    const { code, err } = runScript(
      'generate-diff.sh',
      words.map(word => (word === 'o' ? join(cwd, 'o') : word)),
    );
    expect([code, err]).toEqual([2, expect.stringContaining(sentence)]);
    expect(existsSync(join(cwd, 'o'))).toBe(false);
  });

  it('are those of a repository', () => {
    const words = ['--base', 'HEAD', '--environment', 'prod', '--output', 'o'];
    expect(generate(words, temporaryFolder())).toMatchObject({
      code: 2,
      err: expect.stringContaining('has to be called in a git repository') as unknown,
    });
  });
});

describe('the real servers', () => {
  const words = ['--inventory', 'ansible/inventory/prod', '--environment', 'prod', '--output', 'prod.md'];

  it('are asked by every playbook in check mode, and what would change is shown', () => {
    const cwd = repositoryOf(HOSTS);
    const task =
      'TASK [common : Keep time] ***\n--- before\n+++ after\n@@ -1 +1 @@\n-pool one\n+pool two\nchanged: [one]';
    const ansible = `echo "$@" >> ${cwd}/asked\ncat <<'END'\nPLAY [Servers] ***\n\n${task}\n\nPLAY RECAP ***\nEND`;
    expect(generate(words, cwd, programs({ 'ansible-playbook': ansible }))).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'asked'), 'utf8').trim().split('\n')).toEqual(
      ['setup-servers', 'deploy-core', 'deploy-apps'].map(
        name => `--inventory ${cwd}/ansible/inventory/prod --check --diff playbooks/${name}.yml`,
      ),
    );
    const markdown = readFileSync(join(cwd, 'prod.md'), 'utf8');
    expect(markdown).toContain('3 parts differ, 6 changed lines (check mode on prod)');
    expect(markdown).toContain(task);
    expect(markdown).not.toContain('RECAP');
  });

  it('that cannot be asked leave no half a file behind', () => {
    const cwd = repositoryOf(HOSTS);
    const { code, err } = generate(words, cwd, programs({ 'ansible-playbook': 'echo UNREACHABLE; exit 4' }));
    expect([code, err]).toEqual([1, expect.stringMatching(/UNREACHABLE\n.*setup-servers fails in check mode/u)]);
    expect(existsSync(join(cwd, 'prod.md'))).toBe(false);
  });
});
