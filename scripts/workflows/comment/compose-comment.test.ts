import { describe, expect, it } from 'vitest';
import { composeComment, type EnvironmentReport, type PullRequestReport } from './compose-comment.ts';

const unchanged: EnvironmentReport = {
  environment: 'prod',
  plan: { status: 'unchanged', text: 'No changes.', policies: '' },
  servers: '### Ansible: prod\n\nNothing changes on the servers (1 → 2).\n',
};
const compose = (more: Partial<EnvironmentReport>, rest: Partial<PullRequestReport> = {}) =>
  composeComment({ environments: [{ ...unchanged, ...more }], dryRun: '| all | fine |', runUrl: 'https://r', ...rest });

describe('the comment of a pull request', () => {
  it('says that nothing changes, and shows no empty texts', () => {
    const text = compose({});
    expect(text).toContain('| prod | nothing | nothing |');
    expect(text).not.toContain('prod: Terraform');
    expect(text).toContain('Every Worker and function can be deployed.');
  });

  it('counts what changes and shows it', () => {
    const plan = {
      status: 'changed',
      text: 'a: Refreshing state...\n  + new\nPlan: 1 to add, 0 to change.',
      policies: '',
    };
    const text = compose({ plan, servers: '2 parts differ, 9 changed lines (1 → 2).\n\n```diff\n+x\n```' });
    expect(text).toContain('| prod | Plan: 1 to add, 0 to change. | 2 parts differ, 9 changed lines |');
    expect(text).toContain('<summary>prod: Terraform</summary>\n\n```diff\n+ new');
    expect(text).toContain('<summary>prod: servers</summary>');
  });

  it('says why there is no plan', () => {
    const plan = { status: 'none', text: 'This pull request comes from a fork.\n', policies: '' };
    expect(compose({ plan })).toContain('| prod | This pull request comes from a fork. | nothing |');
  });

  it('does not take silence for good news', () => {
    expect(compose({ plan: undefined, servers: undefined }, { dryRun: undefined })).toMatch(
      /nothing came.*nothing came[\s\S]*left nothing behind/u,
    );
  });

  it('names the policy that is broken', () => {
    const plan = { status: 'failed', text: 'Plan: 1 to add.', policies: 'no public bucket: backups' };
    expect(compose({ plan })).toMatch(/\| \*\*failed\*\* \|[\s\S]*no public bucket/u);
  });

  it('fits into a comment, every environment with a share', () => {
    const plan = { status: 'changed', text: `Plan: many.\n${'  + line\n'.repeat(20_000)}`, policies: '' };
    const environments = ['dev', 'staging', 'prod'].map(environment => ({ ...unchanged, environment, plan }));
    const text = compose({}, { environments });
    expect(text.length).toBeLessThan(65_536);
    expect(text.match(/characters are left out/gu)).toHaveLength(3);
  });
});
