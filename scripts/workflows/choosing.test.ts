import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace, PROJECT_NUMBER, type Workspace } from './workspace.ts';

let work: Workspace;
beforeEach(() => {
  work = createWorkspace();
});
afterEach(() => work.remove());

const PLACEHOLDERS = { google: { project_id: 'innkeeper-prod', project_number: '123456789012' } };

describe('find-identity.sh', () => {
  const find = (identity: string, variables: Record<string, string> = {}) =>
    work.run(['scripts/workflows/find-identity.sh'], { ENVIRONMENT: 'prod', IDENTITY: identity, ...variables });

  it('names provider and account from the values of the environment', () => {
    work.bringUp('prod');
    const { exitCode, outputs } = find('plan', { HEAD_REPOSITORY: 'example/innkeeper' });
    expect(exitCode).toBe(0);
    expect(outputs).toEqual({
      available: 'true',
      project: 'innkeeper-prod',
      provider: `projects/${PROJECT_NUMBER}/locations/global/workloadIdentityPools/github/providers/plan`,
      account: 'ci-plan@innkeeper-prod.iam.gserviceaccount.com',
    });
  });

  it.each([
    ['a fork', {}, { HEAD_REPOSITORY: 'stranger/innkeeper' }, /comes from the fork stranger\/innkeeper/u],
    ['Dependabot', {}, { GITHUB_ACTOR: 'dependabot[bot]' }, /Dependabot has no identity/u],
    ['an environment with placeholders', PLACEHOLDERS, {}, /was never brought up/u],
    ['another repository', { github: { repository_id: '1' } }, {}, /names repository 1, and this is 4711/u],
    ['an environment that does not exist', {}, { ENVIRONMENT: 'production' }, /There is no environment "production"/u],
  ])('has none for %s, says so, and ends well', (_, values, variables, reason) => {
    work.bringUp('prod', values);
    const { exitCode, outputs, said } = find('plan', variables);
    expect(exitCode).toBe(0);
    expect(outputs).toEqual({ available: 'false', reason: expect.stringMatching(reason) as string });
    expect(said).toMatch(reason);
  });

  it('lets no deployment go on without one', () => {
    work.bringUp('prod', PLACEHOLDERS);
    expect(find('deploy').exitCode).toBe(1);
  });
});

describe('live-environments.sh', () => {
  it('lists what was brought up, and where something is deployed', () => {
    work.bringUp('dev');
    work.bringUp('staging', { deployed: { functions: false, swarm: true, workers: true } });
    work.bringUp('prod', PLACEHOLDERS);
    expect(work.run(['scripts/workflows/live-environments.sh']).said).toBe('["dev","staging"]\n');
    expect(work.run(['scripts/workflows/live-environments.sh', 'functions']).said).toBe('["dev"]\n');
    expect(work.run(['scripts/workflows/live-environments.sh', 'workers']).said).toBe('["dev","staging"]\n');
    expect(work.run(['scripts/workflows/live-environments.sh', 'everything']).said).toBe('["dev"]\n');
  });

  it('lists nothing before anything was brought up, and knows what it knows', () => {
    expect(work.run(['scripts/workflows/live-environments.sh']).said).toBe('[]\n');
    expect(work.run(['scripts/workflows/live-environments.sh', 'rockets']).exitCode).toBe(2);
  });
});

describe('choose-environments.sh', () => {
  // One history for all of them: making it takes longer than asking about it.
  let repository: Workspace;
  const commits: Record<string, string> = {};
  const commit = (name: string, ...paths: string[]): void => {
    for (const path of paths) repository.write(path, name);
    repository.git('add', '--all');
    repository.git('commit', '--quiet', '--message', name);
    commits[name] = repository.git('rev-parse', 'HEAD');
  };
  beforeAll(() => {
    repository = createWorkspace();
    for (const environment of ['dev', 'staging', 'prod']) repository.bringUp(environment);
    repository.git('init', '--quiet', '--initial-branch', 'main');
    commit('everything', 'workers/a/index.ts');
    commit('a Worker', 'workers/a/index.ts');
    commit('a function', 'functions/backup/src/index.ts');
    commit('words and tests', 'functions/backup/README.md', 'functions/backup/src/index.test.ts', '.github/CODEOWNERS');
    commit('what all share', 'packages/shared/src/index.ts');
    commit('the manifest', 'functions/manifest.json', 'functions/backup/src/index.ts');
    repository.git('mv', 'functions/backup/src/index.ts', 'workers/a/other.ts');
    commit('a move');
    repository.git('tag', 'v1');
    repository.git('update-ref', 'refs/remotes/origin/main', 'main');
    repository.git('switch', '--quiet', '--create', 'side');
    commit('beside main', 'workers/a/index.ts');
    repository.git('tag', 'v9');
  });
  afterAll(() => repository.remove());

  const choose = (variables: Record<string, string>) =>
    repository.run(['scripts/workflows/choose-environments.sh'], { FOR: 'everything', ...variables });
  const push = (from: string, to: string, parts: string) =>
    choose({ EVENT: 'push', BEFORE: commits[from] ?? from, AFTER: commits[to] ?? to, FOR: parts }).outputs[
      'environments'
    ];
  const CHAIN = '["dev","staging"]';

  it.each([
    ['a Worker', 'everything', CHAIN, '[]'],
    ['a function', 'a Worker', '[]', CHAIN],
    ['words and tests', 'a function', '[]', '[]'],
    ['what all share', 'words and tests', CHAIN, '[]'],
    ['the manifest', 'what all share', CHAIN, '[]'],
    ['a move', 'the manifest', CHAIN, '[]'],
    ['words and tests', 'everything', CHAIN, '[]'],
    ['words and tests', 'a Worker', '[]', CHAIN],
    ['a function', '0'.repeat(40), CHAIN, '[]'],
  ])('a push of %s after %s deploys everything to %s and functions alone to %s', (to, from, everything, functions) => {
    expect(push(from, to, 'everything')).toBe(everything);
    expect(push(from, to, 'functions')).toBe(functions);
  });

  it('leaves an environment that is being brought up to whoever does that; asked for, it goes there', () => {
    repository.bringUp('staging', { deployed: { functions: true, swarm: true, workers: false } });
    const [everything, functions] = [
      push('everything', 'a Worker', 'everything'),
      push('a Worker', 'a function', 'functions'),
    ];
    const asked = choose({ EVENT: 'workflow_dispatch', WANTED: 'staging' });
    repository.bringUp('staging');
    expect([everything, functions]).toEqual(['["dev"]', CHAIN]);
    expect(asked.outputs).toEqual({ environments: '["staging"]' });
  });

  it('goes nowhere before anything was brought up', () => {
    for (const environment of ['dev', 'staging']) repository.bringUp(environment, PLACEHOLDERS);
    const chosen = push('everything', 'a Worker', 'everything');
    for (const environment of ['dev', 'staging']) repository.bringUp(environment);
    expect(chosen).toBe('[]');
  });

  describe('prod', () => {
    const prod = (more: Record<string, string>) =>
      choose({ EVENT: 'workflow_dispatch', WANTED: 'prod', REF_TYPE: 'tag', REF_NAME: 'v1', CONFIRMED: 'v1', ...more });

    it('takes a confirmed tag on main', () => {
      expect(prod({})).toMatchObject({ exitCode: 0, outputs: { environments: '["prod"]' } });
    });

    it.each([
      ['a branch', { REF_TYPE: 'branch', REF_NAME: 'main' }, /from a tag/u],
      ['a tag that was not typed again', { CONFIRMED: '' }, /Type the tag to confirm: "v1"/u],
      ['a tag that is not there', { REF_NAME: 'v2', CONFIRMED: 'v2' }, /v2 is not on main/u],
      ['a tag beside main', { REF_NAME: 'v9', CONFIRMED: 'v9' }, /v9 is not on main/u],
      ['another name', { WANTED: 'production' }, /"production" was never brought up, or is none/u],
    ])('does not take %s', (_, more, sentence) => {
      const { exitCode, said, outputs } = prod(more);
      expect(exitCode).toBe(1);
      expect(said).toMatch(sentence);
      expect(outputs).toEqual({});
    });
  });
});

describe('require-success.sh', () => {
  const require = (results: Record<string, string>, mayskip = '') =>
    work.run(['scripts/workflows/require-success.sh'], {
      NEEDS: JSON.stringify(Object.fromEntries(Object.entries(results).map(([job, result]) => [job, { result }]))),
      MAY_SKIP: mayskip,
    });

  it('is content when every job went well, or had nothing to do and may', () => {
    expect(require({ tests: 'success' }).exitCode).toBe(0);
    expect(require({ tests: 'success', plan: 'skipped', servers: 'skipped' }, 'servers plan').exitCode).toBe(0);
  });

  it.each([
    [{ tests: 'failure' }, '', /tests ended with: failure/u],
    [{ tests: 'success', plan: 'cancelled' }, 'plan', /plan ended with: cancelled/u],
    [{ tests: 'skipped' }, 'plan', /tests ended with: skipped/u],
    [{}, '', /nothing was looked at/u],
  ])('refuses %j', (results, mayskip, sentence) => {
    const { exitCode, said } = require(results, mayskip);
    expect(exitCode).toBe(1);
    expect(said).toMatch(sentence);
  });
});

describe('read-simulations.sh', () => {
  const read = (simulations: unknown) => {
    work.write('scripts/nightly/simulations.json', JSON.stringify(simulations));
    return work.run(['scripts/workflows/read-simulations.sh']);
  };

  it('makes a matrix and the names of the jobs', () => {
    const { outputs } = read([{ name: 'kill-test', arguments: ['20'], minutesMax: 45 }]);
    expect(outputs).toEqual({
      simulations: '[{"name":"kill-test","timeoutMinutes":60}]',
      jobs: '["contracts","simulation-kill-test"]',
    });
  });

  it.each([[[]], [[{ name: 'a b', minutesMax: 1 }]], [[{ name: 'a' }]], [{}]])('refuses %j', simulations => {
    expect(read(simulations).exitCode).toBe(1);
  });
});
