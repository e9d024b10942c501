import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findLooseActions, findWorkflowProblems } from '../workflows.ts';
import { prepareLinters } from './prepare-linters.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CHECKOUT = 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2';
/** Fetching both programs, the first time on a machine. */
const PREPARATION_MS_MAX = 180_000;

const GOOD = `name: good
on: [push]
permissions: {}
concurrency:
  group: good-\${{ github.ref }}
  cancel-in-progress: true
jobs:
  look:
    name: look
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    permissions:
      contents: read
    steps:
      - uses: ${CHECKOUT}
        with:
          persist-credentials: false
      - run: scripts/workflows/look.sh
`;

/** What is broken in the good workflow, and what has to be said about it. */
const BROKEN: readonly (readonly [name: string, from: string, to: string, said: RegExp])[] = [
  [
    'a title of a pull request in a script',
    'run: scripts/workflows/look.sh',
    'run: echo "${{ github.event.head_commit.message }}"',
    /template-injection/u,
  ],
  ['an action by its tag', CHECKOUT, 'actions/checkout@v6', /unpinned-uses/u],
  ['credentials that stay on the disk', 'persist-credentials: false', 'fetch-depth: 1', /artipacked/u],
  ['a need that no job has', '    runs-on', '    needs: [nobody]\n    runs-on', /needs job "nobody"/u],
  ['more permissions than anybody needs', 'contents: read', 'contents: write', /undocumented-permissions/u],
  ['all permissions', 'permissions: {}', 'permissions: write-all', /excessive-permissions/u],
  ['no permissions at all', '    permissions:\n      contents: read\n', '', /does not say its permissions/u],
  ['a trigger that runs strangers with our secrets', 'on: [push]', 'on: [pull_request_target]', /dangerous-triggers/u],
  ['shell that splits words', 'scripts/workflows/look.sh', 'echo $HOME', /SC2086/u],
  ['a job without an end', '    timeout-minutes: 5\n', '', /has no timeout-minutes/u],
  ['shell in the workflow', 'run: scripts', 'run: |\n          date\n          scripts', /belongs into scripts/u],
  ['a script that is not there', 'look.sh', 'gone.sh', /gone\.sh, which cannot be run/u],
  ['a command that does not exist', 'scripts/workflows/look.sh', './dev fly', /calls \.\/dev fly, which does not/u],
  ['a queue of a kind that does not exist', 'cancel-in-progress: true', 'queue: all', /has the queue "all"/u],
  ['an expression that is none', '${{ github.ref }}', '${{ github.reff }}', /property "reff" is not defined/u],
  ['a key that nobody reads', 'timeout-minutes: 5', 'timeout-minutes: 5\n    timeout: 5', /unexpected key "timeout"/u],
];

let root: string;
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};

beforeAll(async () => {
  const prepared = await prepareLinters(ROOT);
  if (!prepared.ok) throw new Error(prepared.error.join('\n'));
  root = mkdtempSync(join(tmpdir(), 'innkeeper-workflows-'));
  execFileSync('git', ['init', '--quiet', root]);
  symlinkSync(join(ROOT, '.toolchain'), join(root, '.toolchain'));
  cpSync(join(ROOT, '.github/zizmor.yml'), join(root, '.github/zizmor.yml'));
  write('package.json', '{ "scripts": { "check": "true" } }');
  write('dev', 'case "$command" in\n    up | deploy) ;;\nesac\n');
  write('scripts/workflows/look.sh', '#!/bin/sh\n./dev check\n./dev deploy --dry-run\n');
  chmodSync(join(root, 'scripts/workflows/look.sh'), 0o755);
}, PREPARATION_MS_MAX);
afterAll(() => rmSync(root, { recursive: true }));

describe('workflows', () => {
  it('of this repository have no problem', async () => {
    expect(await findWorkflowProblems(ROOT)).toEqual([]);
    expect(findLooseActions(ROOT)).toEqual([]);
  });

  it('that are well have none', async () => {
    write('.github/workflows/a.yml', GOOD);
    expect(await findWorkflowProblems(root)).toEqual([]);
  });

  describe('that are broken are found:', () => {
    let problems: readonly string[];
    // Each in a file of its own, and all of them looked at together, which takes no longer than one.
    beforeAll(async () => {
      for (const [index, [, from, to]] of BROKEN.entries()) {
        write(`.github/workflows/broken-${index}.yml`, GOOD.replace(from, to));
      }
      problems = await findWorkflowProblems(root);
    });
    afterAll(() => {
      for (const index of BROKEN.keys()) rmSync(join(root, `.github/workflows/broken-${index}.yml`));
    });

    it.each(BROKEN.map((broken, index) => [...broken, index] as const))('%s', (_, from, __, said, index) => {
      expect(GOOD).toContain(from);
      const told = problems.filter(problem => problem.includes(`broken-${index}.yml`) && said.test(problem));
      expect(told).not.toEqual([]);
    });
  });

  it('are not passed where a linter is missing', async () => {
    const prepared = await prepareLinters(root, { PATH: '/nowhere' });
    expect(prepared.ok ? [] : prepared.error).toEqual(
      ['go', 'python3', 'shellcheck'].map(program => expect.stringMatching(`^${program} is missing.*: `) as string),
    );
  });

  it('are looked at with their actions and scripts', async () => {
    write('.github/workflows/a.yml', GOOD);
    const steps = '    - uses: a/b@v1\n    - shell: bash\n      run: ./dev fly\n';
    const action = `name: a\ndescription: a\nruns:\n  using: composite\n  steps:\n${steps}`;
    write('.github/actions/a/action.yml', action);
    write('scripts/workflows/bad.sh', '#!/bin/sh\nrm -rf $1/*\n./dev swim\n');
    const problems = (await findWorkflowProblems(root)).join('\n');
    rmSync(join(root, '.github/actions'), { recursive: true });
    rmSync(join(root, 'scripts/workflows/bad.sh'));
    for (const said of [/unpinned-uses/u, /\.\/dev fly/u, /bad\.sh:2.*SC2086/u, /bad\.sh: calls \.\/dev swim/u]) {
      expect(problems).toMatch(said);
    }
  });
});
