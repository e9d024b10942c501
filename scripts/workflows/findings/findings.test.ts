import { Findings } from '@innkeeper/github-reports/issues/finding';
import { describe, expect, it } from 'vitest';
import { backupFindings } from './backup-findings.ts';
import { codeBlock } from './code-block.ts';
import { credentialFindings } from './credential-findings.ts';
import { deploymentFindings } from './deployment-findings.ts';
import { driftFindings, planOf } from './drift-findings.ts';

describe('a deployment', () => {
  const healthy = {
    outcome: 'healthy',
    stage: 'verify',
    sentence: 'prod runs 0123456789ab.',
    nextStep: 'Nothing.',
    versions: { before: { 'worker/llm-query': 'v1' }, after: { 'worker/llm-query': 'v2' } },
    warnings: [] as string[],
  };
  const found = (more: object, exitCode: number) =>
    Findings.parse(
      deploymentFindings({ environment: 'prod', exitCode, text: JSON.stringify({ ...healthy, ...more }) }),
    );

  it('that is well has nothing to say', () => {
    expect(found({}, 0)).toEqual([]);
  });

  it('that left warnings asks a person to look', () => {
    expect(found({ warnings: ['Answers took 3 s.'] }, 0)).toMatchObject(
      [{ key: 'warnings', title: 'prod: the deployment left a warning', body: /- Answers took 3 s\./u }].map(each => ({
        ...each,
        body: expect.stringMatching(each.body) as string,
      })),
    );
  });

  it.each([
    ['rolled_back', 'was taken back'],
    ['failed', 'before anything that serves'],
    ['rollback_failed', 'a person is needed now'],
  ])('that ended with %s says stage, next step and versions', (outcome, title) => {
    const [failure] = found({ outcome, stage: 'workers', sentence: 'No answer.', nextStep: 'Look at the log.' }, 1);
    expect(failure?.key).toBe('failure');
    expect(failure?.title).toMatch(new RegExp(`${title}.*\\(workers\\)`, 'u'));
    expect(failure?.body).toContain('**Next step:** Look at the log.');
    expect(failure?.body).toContain('| worker/llm-query | v1 | v2 |');
  });

  it('that was taken back says its warnings, and not that nothing was taken back', () => {
    const [, warnings] = found({ outcome: 'rolled_back', warnings: ['Function records is pinned.'] }, 1);
    expect(warnings?.key).toBe('warnings');
    expect(warnings?.body).toContain('- Function records is pinned.');
    expect(warnings?.body).not.toContain('Nothing was taken back');
  });

  it.each(['', '{"outcome":"heal', '{"outcome":"splendid"}', 'null'])('that printed %j is a failure', text => {
    expect(deploymentFindings({ environment: 'prod', exitCode: 137, text })).toMatchObject([{ key: 'failure' }]);
  });

  it('that says it is well and ends with an error is a failure', () => {
    expect(found({}, 1)).toMatchObject([{ key: 'failure' }]);
  });
});

describe('drift', () => {
  const PLAN = [
    'google_pubsub_topic.chat: Refreshing state... [id=b]',
    'data.hcloud_image.debian: Reading...',
    'data.hcloud_image.debian: Read complete after 0s',
    'Terraform will perform the following actions:',
    '  ~ ttl = 300 -> 60',
  ];
  const of = (terraform: string, ansible: string) =>
    driftFindings({
      environment: 'prod',
      terraform: { status: terraform, text: PLAN.join('\n'), policies: '' },
      ansible: { status: ansible, markdown: '### Ansible: prod\n\n1 part differs, 2 changed lines.' },
    });

  it('is nothing where nothing differs', () => {
    expect(of('unchanged', 'unchanged')).toEqual([]);
  });

  it('is said by what differs, and apart for Terraform and Ansible', () => {
    const [terraform, ansible] = of('changed', 'changed');
    expect(terraform?.body).toContain('ttl = 300 -> 60');
    expect(ansible?.body).toContain('1 part differs');
    for (const status of ['failed', '']) {
      expect(of(status, status).map(({ key }) => key)).toEqual(['terraform-failed', 'ansible-failed']);
    }
  });

  it('reads the same whatever order Terraform refreshed in', () => {
    expect(planOf(PLAN.join('\n'))).toBe(planOf([PLAN[1], PLAN[0], ...PLAN.slice(2)].join('\n')));
    expect(planOf(PLAN.join('\n'))).not.toContain('Refreshing');
  });
});

describe('backups', () => {
  const stale = { kind: 'stale', sentence: 'The newest is 2.1 days old.', nextStep: 'Launch one.' };
  const of = (exitCode: number, evidence: unknown) =>
    Findings.parse(backupFindings({ environment: 'prod', exitCode, text: JSON.stringify(evidence) }));

  it('that could be restored are nothing to look at', () => {
    expect(of(0, { restorable: true, findings: [] })).toEqual([]);
  });

  it('say for each thing that is missing what to do', () => {
    const [finding] = of(1, { restorable: false, findings: [stale] });
    expect(finding).toMatchObject({ key: 'stale', title: 'prod: backups: stale' });
    expect(finding?.body).toBe('The newest is 2.1 days old.\n\n**Next step:** Launch one.');
  });

  it.each([
    [2, undefined],
    [0, { restorable: false, findings: [stale] }],
    [1, { restorable: true, findings: [] }],
    [1, { restorable: false, findings: [] }],
  ])('of which nobody knows are a finding: exit code %i, %j', (exitCode, evidence) => {
    expect(backupFindings({ environment: 'prod', exitCode, text: JSON.stringify(evidence) ?? '' })).toMatchObject([
      { key: 'unknown' },
    ]);
  });
});

describe('credentials', () => {
  it('that are to be renewed are one issue', () => {
    const reminder = { id: 'groq', kind: 'old', sentence: 'groq is 400 days old.', next: 'pnpm secrets set groq' };
    expect(credentialFindings('prod', '[]')).toEqual([]);
    const [finding, ...more] = Findings.parse(credentialFindings('prod', JSON.stringify([reminder, reminder])));
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ key: 'credentials', title: 'prod: 2 credentials are to be renewed' });
    expect(finding?.body).toContain('- [ ] groq is 400 days old. Next: pnpm secrets set groq.');
  });

  it('of which nothing is known are a finding', () => {
    expect(credentialFindings('prod', '')).toMatchObject([{ key: 'credentials-unknown' }]);
  });
});

it('a block of code is not ended by what stands in it', () => {
  expect(codeBlock('a\n```\nb')).toBe('````\na\n```\nb\n````');
});
