import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { createHclParser } from '../src/hcl/parse-hcl.ts';
import { readModules } from '../src/hcl/read-modules.ts';
import { PUBLIC_FUNCTIONS } from '../src/policies/access.ts';
import { allPolicies } from '../src/policies/all-policies.ts';
import { exampleResource } from '../src/policies/example-plan.ts';
import type { Plan, PlannedResource } from '../src/policies/plan.ts';
import { tellViolation } from '../src/policies/policy.ts';
import { EXCEPTIONS } from '../src/policies/secrets.ts';
import { serveProviders } from '../src/provider/serve-providers.ts';
import { type ObjectValue, Unknown } from '../src/provider/values/value.ts';
import { readSchemas } from '../src/schema/read-schemas.ts';
import { copyConfiguration } from '../src/terraform/copy-configuration.ts';
import { makePlan } from '../src/terraform/make-plan.ts';
import { createRunTerraform } from '../src/terraform/run-terraform.ts';
import { parsed } from '../src/testing/parsed.ts';

/** One change for each policy to the plan of prod as it is: a policy that looks for another name would not see it. */
type Change = (plan: Plan) => Plan;

const onResources =
  (change: (resources: readonly PlannedResource[]) => readonly PlannedResource[]): Change =>
  plan => ({ ...plan, resources: change(plan.resources) });
const where = (type: string, name: string, text: string) => (resource: PlannedResource) =>
  resource.type === type && JSON.stringify(resource.values[name]).includes(text);
const without = (matches: (resource: PlannedResource) => boolean): Change =>
  onResources(resources => resources.filter(resource => !matches(resource)));
const withoutType = (type: string): Change => without(resource => resource.type === type);
const withoutOne = (type: string): Change =>
  onResources(resources => {
    const first = resources.find(resource => resource.type === type);
    return resources.filter(resource => resource !== first);
  });
const changed = (type: string, values: ObjectValue): Change =>
  onResources(resources =>
    resources.map(resource =>
      resource.type === type ? { ...resource, values: { ...resource.values, ...values } } : resource,
    ),
  );
const added = (type: string, values: ObjectValue): Change =>
  onResources(resources => [...resources, exampleResource(type, values)]);
const unprotected = (type: string): Change =>
  onResources(resources =>
    resources.map(resource =>
      resource.type === type && resource.declared !== undefined
        ? { ...resource, declared: { ...resource.declared, preventDestroy: false } }
        : resource,
    ),
  );

const CHANGES: Readonly<Record<string, Change>> = {
  'Nobody has a primitive role on the project': changed('google_project_iam_member', { role: 'roles/owner' }),
  'Nobody may speak for every account of the project': changed('google_project_iam_member', {
    role: 'roles/iam.serviceAccountTokenCreator',
  }),
  'Only two functions are public': changed('google_secret_manager_secret_iam_member', { member: 'allUsers' }),
  'Firestore is granted by database': changed('google_project_iam_member', { condition: [] }),
  'Federation believes only who is meant': changed('google_iam_workload_identity_pool_provider', {
    attribute_condition: null,
  }),
  'GitHub is believed by numbers': changed('google_iam_workload_identity_pool_provider', {
    attribute_condition: 'assertion.repository == "innkeeper"',
  }),
  'Google calls functions with a token': changed('google_cloud_scheduler_job', { http_target: [{ oidc_token: [] }] }),
  'No bucket of Google’s is public': added('google_storage_bucket', { public_access_prevention: 'inherited' }),
  'No bucket of R2’s is public': added('cloudflare_r2_custom_domain', {}),
  'Every bucket of backups has a lock': withoutType('cloudflare_r2_bucket_lock'),
  'Nothing expires in a bucket of backups': changed('cloudflare_r2_bucket_lifecycle', {
    rules: [{ delete_objects_transition: { condition: { type: 'Age', max_age: 1 } } }],
  }),
  'What holds data cannot be destroyed by a plan': unprotected('hcloud_server'),
  'What holds data is protected by its vendor': changed('hcloud_network', { delete_protection: false }),
  'No plan destroys what holds data': plan => ({
    ...plan,
    destroyed: plan.resources.map(resource => ({ ...resource, isReplaced: false, forcedBy: [] })),
  }),
  'Every Firestore database is backed up each day': withoutType('google_firestore_backup_schedule'),
  'The Qdrant cluster is backed up': withoutType('qdrant-cloud_accounts_backup_schedule'),
  'A zone speaks verified TLS alone': withoutType('cloudflare_zone_setting'),
  'Addresses of the Swarm stay behind Cloudflare': changed('cloudflare_dns_record', { type: 'A', proxied: false }),
  'Every server is behind a firewall, apart from the others, and opened by key': changed('hcloud_server', {
    firewall_ids: [],
  }),
  'Every server joins its network by an attachment of its own': changed('hcloud_server', {
    network: [{ ip: '10.30.1.11' }],
  }),
  'The Swarm survives one node': withoutOne('hcloud_server'),
  'Only 80 and 443 are open to the world': changed('hcloud_firewall', {
    rule: [{ direction: 'in', protocol: 'tcp', port: '22', source_ips: ['::/0'] }],
  }),
  'No long-lived key is made by Terraform': added('google_service_account_key', {}),
  'Every token ends': changed('cloudflare_account_token', { expires_on: null }),
  'Every subscription has dead letters': changed('google_pubsub_subscription', { dead_letter_policy: [] }),
  'Dead letters are subscribed to': without(where('google_pubsub_subscription', 'name', '-dead')),
  'Every subscription has an alert': withoutType('google_monitoring_alert_policy'),
  'No subscription expires': changed('google_pubsub_subscription', { expiration_policy: [] }),
  'Every queue has a dead-letter queue': without(where('cloudflare_queue', 'queue_name', '-dead')),
  'Secrets are write-only': added('google_secret_manager_secret_version', { secret_data: 'x' }),
  'Every alert reaches somebody': changed('google_monitoring_alert_policy', { notification_channels: [] }),
  'Alerts leave by a channel outside of the Swarm': withoutType('google_monitoring_notification_channel'),
  'Uptime is measured over verified https': changed('google_monitoring_uptime_check_config', {
    http_check: [{ use_ssl: true, validate_ssl: false }],
  }),
  'Spending is watched': withoutType('google_billing_budget'),
};

const TERRAFORM = fileURLToPath(new URL('../../../terraform', import.meta.url));
const POLICIES = allPolicies(readSchemas());

async function planOfProd(): Promise<Plan> {
  const providers = await serveProviders();
  const copy = copyConfiguration(TERRAFORM);
  try {
    const terraform = createRunTerraform(providers.reattach);
    const modules = parsed(readModules(copy.root, await createHclParser()));
    await terraform(join(copy.root, 'environments/prod'), ['init', '-input=false']);
    const stage = 'stages/deployed.tfvars.json';
    const { plan, problems } = await makePlan({ name: 'prod', root: copy.root, modules, terraform }, stage);
    if (plan === undefined) throw new Error(problems.join('\n'));
    return plan;
  } finally {
    copy.remove();
    providers.stop();
  }
}

describe('policies on the plan of prod', () => {
  let plan: Plan;
  beforeAll(async () => {
    plan = await planOfProd();
  });

  test.each(POLICIES.map(policy => [policy.name, policy] as const))(
    '%s: holds, and one change breaks it',
    (name, policy) => {
      const change = CHANGES[name];
      if (change === undefined) throw new Error('every policy needs a change here that breaks it');
      expect(policy.check(plan)).toEqual([]);
      expect(policy.check(change(plan))).not.toEqual([]);
    },
  );

  test('a token that has ended stops the plan, with what to do', () => {
    const ended = changed('cloudflare_account_token', { expires_on: '2026-01-01T00:00:00Z' })(plan);
    const told = POLICIES.flatMap(policy => policy.check(ended).map(violation => tellViolation(policy, violation)));
    expect(told).toContainEqual(
      expect.stringMatching(
        /It ended on 2026-01-01T00:00:00Z\. .* Next: Move expires_on, apply, and hand out the new/u,
      ),
    );
  });

  test('what is excepted from a policy is there', () => {
    const publicNames = plan.resources
      .filter(({ type, values }) => type === 'google_cloud_run_v2_service_iam_member' && values.member === 'allUsers')
      .map(({ values }) => values.name);
    expect(new Set(publicNames)).toEqual(new Set(PUBLIC_FUNCTIONS));
    for (const { type, attribute } of EXCEPTIONS) {
      expect(plan.resources.find(resource => resource.type === type)?.values).toHaveProperty(attribute, Unknown.value);
    }
  });

  test('every resource is found where it is declared', () => {
    expect(plan.resources.filter(({ declared }) => declared === undefined).map(({ address }) => address)).toEqual([]);
  });
});
