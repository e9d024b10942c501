import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from './workspace.ts';

let work: Workspace;
beforeEach(() => {
  work = createWorkspace();
});
afterEach(() => work.remove());

describe('plan.sh', () => {
  const STACK = 'terraform/environments/prod';
  beforeEach(() => {
    work.bringUp('prod');
    work.write(`${STACK}/.terraform.lock.hcl`, '');
    work.stub('./dev', 'exit "${POLICY_EXIT:-0}"');
    work.stub(
      'terraform',
      `case "$*" in
  *" init "*) exit "\${INIT_EXIT:-0}" ;;
  *" plan "*) echo "$*" >>said; echo "Plan: 1 to add."; exit "\${PLAN_EXIT:-0}" ;;
  *) echo "{}" ;;
esac`,
    );
  });
  const plan = (variables: Record<string, string> = {}, environment = 'prod') =>
    work.run(['scripts/workflows/plan.sh', environment, 'plan'], variables);
  const status = () => work.read('plan/status').trim();

  it.each([
    ['0', 'unchanged'],
    ['2', 'changed'],
  ])('ends well with %s: %s', (exit, said) => {
    expect(plan({ PLAN_EXIT: exit }).exitCode).toBe(0);
    expect(status()).toBe(said);
    expect(work.read('plan/plan.txt')).toBe('Plan: 1 to add.\n');
  });

  it('takes no lock and applies nothing', () => {
    plan();
    expect(work.read('said')).toMatch(/^-chdir=\S+ plan .*-lock=false.*-detailed-exitcode/u);
  });

  it.each([
    ['a plan that fails', { PLAN_EXIT: '1' }, /terraform plan ended with 1/u],
    ['a token that has expired', { INIT_EXIT: '1' }, /terraform init failed. A token that has expired/u],
    ['a policy that is broken', { PLAN_EXIT: '2', POLICY_EXIT: '1' }, /breaks a policy/u],
  ])('says %s', (_, variables, sentence) => {
    const { exitCode, said } = plan(variables);
    expect(exitCode).toBe(1);
    expect(said).toMatch(sentence);
    expect(status()).toBe('failed');
  });

  it('refuses an unknown environment, and one whose providers are not pinned', () => {
    work.bringUp('dev');
    expect(plan({}, 'dev').said).toMatch(/\.terraform\.lock\.hcl is missing/u);
    expect(plan({}, 'production').said).toMatch(/There is no environment "production"/u);
  });
});

describe('deploy.sh', () => {
  // The arguments are written down; `workflow-findings` answers what it is asked about.
  const DEV = `echo "$*" >>called
case "$1" in
  deploy) [ -z "\${OUTCOME:-}" ] || echo "$OUTCOME" >"$6"; exit "\${DEPLOY_EXIT:-0}" ;;
  workflow-findings)
    [ "$6" != 0 ] || [ ! -s "$7" ] || { echo '[]'; exit; }
    echo '[{"key":"failure","title":"Not deployed","body":"Why."}]' ;;
esac`;
  beforeEach(() => work.stub('./dev', DEV));
  const deploy = (variables: Record<string, string>, ...more: string[]) =>
    work.run(['scripts/workflows/deploy.sh', 'prod', 'out', ...more], variables);

  it('is well when the environment is, and leaves no finding', () => {
    expect(deploy({ OUTCOME: '{"outcome":"healthy"}' }, '--only', 'functions').exitCode).toBe(0);
    expect(work.read('out/prod.json')).toBe('[]\n');
    expect(work.read('called').split('\n')[0]).toBe(
      'deploy --env prod --yes --outcome out/outcome.json --only functions',
    );
  });

  it('hands on the exit code, and leaves findings behind though there is no outcome', () => {
    const { exitCode, said } = deploy({ DEPLOY_EXIT: '137' });
    expect(exitCode).toBe(137);
    expect(said).toMatch(/::error::prod was not deployed/u);
    expect(JSON.parse(work.read('out/prod.json'))).toMatchObject([{ key: 'failure' }]);
    expect(work.read('called')).toContain('--exit-code 137');
  });
});

describe('report.sh', () => {
  it('syncs the jobs, and closes what a good one mends elsewhere', () => {
    work.stub('./dev', 'echo "$*" >>called');
    work.write('findings/dev.json', '[]');
    work.write('findings/staging.json', '[{"key":"failure"}]');
    const variables = { SCOPE: 'deploy', EXPECTED: '["dev","staging"]', IN_TURN: 'true', GITHUB_TOKEN: 'x' };
    const { exitCode } = work.run(['scripts/workflows/report.sh'], { ...variables, ALSO_CLOSES: 'deploy-functions' });
    expect(exitCode).toBe(0);
    expect(work.read('called').trim().split('\n')).toEqual([
      'github-reports issues sync-jobs --scope deploy --from-folder findings --expected ["dev","staging"] --in-turn',
      'github-reports issue close --key deploy-functions/dev/failure',
    ]);
  });

  it('fails when the issues could not be brought up to date', () => {
    work.stub('./dev', 'exit 1');
    const variables = { SCOPE: 'drift', EXPECTED: '[]', GITHUB_TOKEN: 'x' };
    expect(work.run(['scripts/workflows/report.sh'], variables).exitCode).toBe(1);
  });
});

describe('with-ssh-key.sh', () => {
  const KNOWN = 'server ssh-ed25519 AAAA';
  const withKey = (variables: Record<string, string>, ...command: string[]) =>
    work.run(['scripts/workflows/with-ssh-key.sh', ...command], variables);
  const makeKey = (): string => {
    work.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', 'key']);
    return work.read('key');
  };

  it('lends the key to one command, without showing it, and takes everything away again', () => {
    const script = 'ssh-add -l; echo "$ANSIBLE_SSH_COMMON_ARGS" >arguments; echo "[${DEPLOY_SSH_KEY:-gone}]"; exit 7';
    const { exitCode, said } = withKey({ DEPLOY_SSH_KEY: makeKey(), SSH_KNOWN_HOSTS: KNOWN }, 'bash', '-c', script);
    expect(exitCode).toBe(7);
    expect(said).toMatch(/ED25519\)\n\[gone\]/u);
    const file = /UserKnownHostsFile=(?<file>\S+) -o StrictHostKeyChecking=yes/u.exec(work.read('arguments'))?.groups?.[
      'file'
    ];
    expect(work.run(['test', '-e', file ?? '/']).exitCode).toBe(1);
  });

  it.each([
    ['DEPLOY_SSH_KEY is not set', {}],
    ['SSH_KNOWN_HOSTS is not set', { DEPLOY_SSH_KEY: 'x' }],
    ['DEPLOY_SSH_KEY is no private key', { DEPLOY_SSH_KEY: 'x', SSH_KNOWN_HOSTS: KNOWN }],
  ])('says that %s', (sentence, variables) => {
    const { exitCode, said } = withKey(variables, 'touch', 'called');
    expect(exitCode).toBe(1);
    expect(said).toContain(`::error::${sentence}`);
    expect(work.run(['test', '-e', 'called']).exitCode).toBe(1);
  });
});

describe('comment.sh', () => {
  it('composes the comment and hands it on', () => {
    work.stub(
      './dev',
      'echo "$*" >>called; [ "$1" != workflow-comment ] || echo text; [ "$1" != github-reports ] || cat "$8"',
    );
    const variables = {
      PULL_REQUEST: '7',
      GITHUB_TOKEN: 'x',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_RUN_ID: '42',
    };
    expect(work.run(['scripts/workflows/comment.sh', 'reports'], variables).said).toBe('text\n');
    expect(work.read('called').split('\n')[0]).toBe(
      'workflow-comment --run-url https://github.com/example/innkeeper/actions/runs/42 reports',
    );
    expect(work.read('called').split('\n')[1]).toMatch(
      /^github-reports comment --pr 7 --marker infrastructure --body-file /u,
    );
  });
});
