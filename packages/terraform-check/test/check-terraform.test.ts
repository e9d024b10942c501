import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkTerraform } from '../src/check-terraform.ts';
import type { Outcome } from '../src/outcome.ts';
import { environmentsOf } from '../src/terraform/copy-configuration.ts';

/** Real Terraform, real schemas, configurations of this package's own. */
async function check(fixture: string): Promise<ReadonlyMap<string, Outcome>> {
  const folder = fileURLToPath(new URL(`fixtures/${fixture}`, import.meta.url));
  const outcomes = new Map<string, Outcome>();
  await checkTerraform({ folder, environments: environmentsOf(folder), concurrency: 2 }, outcome => {
    outcomes.set(outcome.name, outcome);
  });
  return outcomes;
}

const problemsOf = (outcomes: ReadonlyMap<string, Outcome>): readonly string[] =>
  [...outcomes.values()].flatMap(({ problems }) => problems);

test('a sound configuration passes every step, today and once it is deployed', async () => {
  const outcomes = await check('sound');
  expect(problemsOf(outcomes)).toEqual([]);
  expect([...outcomes.keys()].sort()).toEqual([
    'dev, deployed: plan',
    'dev, deployed: policies',
    'dev: plan',
    'dev: policies',
    'dev: validate',
    'format',
    'keys',
    'syntax',
    'tests of modules/network',
    'tests of modules/placement',
  ]);
  expect(outcomes.get('dev: plan')?.note).toBe('3 resources');
  expect(outcomes.get('dev, deployed: plan')?.note).toBe('5 resources');
  expect(outcomes.get('tests of modules/network')?.note).toBe('1 runs');
  expect(outcomes.get('tests of modules/placement')?.note).toBe('2 runs');
  expect(outcomes.get('dev: plan')?.warnings).toEqual([
    'environments/dev/variables.tf:25: Check block assertion failed: The account is a placeholder.',
  ]);
});

test('each mistake in a configuration is told with its file, its line and a sentence', async () => {
  const outcomes = await check('broken');
  const told = [...problemsOf(outcomes)].sort();
  expect(told).toEqual([
    expect.stringMatching(/^environments\/dev\/bad-cidr\.tf:3: Invalid ip_range: .* The range is 10\.20\.0\.0\/16\.$/u),
    expect.stringMatching(/^environments\/dev\/bad-region\.tf:5: Invalid location: "nbg2" is no location of Hetzner/u),
    expect.stringMatching(/^environments\/dev\/computed-value\.tf:6: .*"ipv4_address" is set by the provider/u),
    expect.stringMatching(/^environments\/dev\/main\.tf:14: .*"zone" is no key here, Terraform drops it silently\./u),
    expect.stringMatching(/^environments\/dev\/missing-attribute\.tf:1: .*The argument "ip_range" is required/u),
    expect.stringMatching(/^environments\/dev\/unequal-protection\.tf:6: .*has to equal rebuild_protection/u),
    expect.stringMatching(/^environments\/dev\/unknown-nested-key\.tf:6: .*"retention" is no key here/u),
    expect.stringMatching(/^environments\/dev\/unknown-type\.tf:1: .*does not support resource type "hcloud_netwrok"/u),
    expect.stringMatching(/^environments\/dev\/wrong-name\.tf:1: .*The argument "ip_range" is required/u),
    expect.stringMatching(/^environments\/dev\/wrong-name\.tf:3: .*An argument named "ip_rnage" is not expected here/u),
    expect.stringMatching(/^environments\/dev\/wrong-type\.tf:4: .*bool required/u),
  ]);
  expect(outcomes.has('dev: plan')).toBe(false);
});

test('values that are missing or wrong are refused before anything is planned', async () => {
  const outcomes = await check('refused');
  expect(outcomes.get('missing-variable: plan')?.problems).toEqual([
    expect.stringMatching(/main\.tf:11: No value for required variable: .*"ip_range" is not set/u),
  ]);
  expect(outcomes.get('bad-cidr: plan')?.problems).toEqual([
    expect.stringMatching(/Invalid value for variable: The range must be in CIDR form, such as 10\.0\.0\.0\/16\./u),
  ]);
  expect(outcomes.get('bad-region: plan')?.problems).toEqual([
    expect.stringMatching(/main\.tf:18: Invalid location: "nbg2" is no location of Hetzner Cloud\. Use one of fsn1/u),
  ]);
  expect(outcomes.get('unknown-environment: plan')?.problems).toEqual([
    expect.stringMatching(/Invalid value for variable: The environment must be dev, staging or prod\./u),
  ]);
});

test('what a plan would make unsafe is told by policies, where it is declared', async () => {
  const outcomes = await check('unsafe');
  const told = outcomes.get('prod: policies')?.problems ?? [];
  const first = (word: string): string | undefined => told.find(problem => problem.includes(word));
  expect(first('hcloud_firewall.wide')).toBe(
    'environments/prod/main.tf:15 hcloud_firewall.wide: tcp 22 is open to 0.0.0.0/0. Everything else, SSH included, ' +
      'is for known addresses. Next: Name ranges of at most /24 (IPv6: /48) in source_ips.',
  );
  expect(first('No lock keeps')).toContain('cloudflare_r2_bucket.backup');
  expect(first('prevent_destroy')).toContain('cloudflare_r2_bucket.backup');
  expect(first('It has no dead-letter queue')).toContain('cloudflare_queue.alone');
  expect(first('It has no end')).toContain('cloudflare_account_token.endless');
  expect(first('could be made public')).toContain('google_storage_bucket.public');
  expect(first('would lie in the state')).toContain('google_secret_manager_secret_version.in_state: secret_data');
  expect(first('primitive role')).toContain('google_project_iam_member.editor');
  expect(first('It has no dead letters')).toContain('google_pubsub_subscription.forgetful');
  expect(first('No alert names it')).toContain('google_pubsub_subscription.forgetful');
  expect(first('no budget')).toBeDefined();
  expect(told.join('\n')).not.toContain('not a secret');
});

test('a file that is not formatted and a test that fails are told', async () => {
  const outcomes = await check('untidy');
  expect(outcomes.get('format')?.problems).toEqual(['environments/dev/main.tf is not formatted. Run terraform fmt.']);
  expect(outcomes.get('tests of modules/network')?.problems).toEqual([
    expect.stringMatching(/network\.tftest\.hcl:5: Test assertion failed: The name must carry its environment\./u),
  ]);
});

test('a file that is no HCL is told by its line, and nothing else is tried', async () => {
  const outcomes = await check('no-hcl');
  expect(problemsOf(outcomes)).toEqual([expect.stringMatching(/^environments\/dev\/main\.tf:\d: this is no HCL$/u)]);
  expect([...outcomes.keys()]).toEqual(['syntax']);
});
