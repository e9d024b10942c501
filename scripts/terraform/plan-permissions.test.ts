import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Whoever opens a pull request plans with a role of its own: it needs each permission that a refresh asks for. */
const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** What the provider (google 8) asks Google while it reads a resource of that type. */
const READ_BY: Readonly<Record<string, readonly string[]>> = {
  // On the billing account, where a person grants it (terraform/README.md, Spending).
  google_billing_budget: [],
  google_cloud_run_v2_service_iam_member: ['run.services.getIamPolicy'],
  google_cloud_scheduler_job: ['cloudscheduler.jobs.get'],
  google_firestore_backup_schedule: ['datastore.backupSchedules.get'],
  google_firestore_database: ['datastore.databases.getMetadata'],
  google_firestore_field: ['datastore.indexes.get'],
  google_firestore_index: ['datastore.indexes.get'],
  google_iam_workload_identity_pool: ['iam.workloadIdentityPools.get', 'iam.workloadIdentityPools.getAttestationRules'],
  google_iam_workload_identity_pool_provider: ['iam.workloadIdentityPoolProviders.get'],
  google_kms_crypto_key: ['cloudkms.cryptoKeys.get'],
  google_kms_crypto_key_iam_member: ['cloudkms.cryptoKeys.getIamPolicy'],
  google_kms_key_ring: ['cloudkms.keyRings.get'],
  google_logging_metric: ['logging.logMetrics.get'],
  google_logging_project_bucket_config: ['logging.buckets.get'],
  google_monitoring_alert_policy: ['monitoring.alertPolicies.get'],
  google_monitoring_dashboard: ['monitoring.dashboards.get'],
  google_monitoring_notification_channel: ['monitoring.notificationChannels.get'],
  google_monitoring_uptime_check_config: ['monitoring.uptimeCheckConfigs.get'],
  google_project_iam_custom_role: ['iam.roles.get'],
  google_project_iam_member: ['resourcemanager.projects.getIamPolicy'],
  google_project_service: ['resourcemanager.projects.get', 'serviceusage.services.list'],
  google_pubsub_subscription: ['pubsub.subscriptions.get'],
  google_pubsub_subscription_iam_member: ['pubsub.subscriptions.getIamPolicy'],
  google_pubsub_topic: ['pubsub.topics.get'],
  google_pubsub_topic_iam_member: ['pubsub.topics.getIamPolicy'],
  google_secret_manager_secret: ['secretmanager.secrets.get'],
  google_secret_manager_secret_iam_member: ['secretmanager.secrets.getIamPolicy'],
  google_service_account: ['iam.serviceAccounts.get'],
  google_service_account_iam_member: ['iam.serviceAccounts.getIamPolicy'],
  google_storage_bucket_iam_member: ['storage.buckets.getIamPolicy'],
};

const made = new Set(
  globSync('terraform/modules/**/*.tf', { cwd: ROOT })
    .flatMap(file => [...read(file).matchAll(/^resource "(google_\w+)"/gmu)])
    .map(([, type = '']) => type),
);

it('a plan may read every type of resource that is made', () => {
  expect(Object.keys(READ_BY)).toEqual([...made].toSorted());
  const role = /plan_permissions = [\s\S]*?\]\)\)/u.exec(read('terraform/modules/gcp/identity/github.tf'))?.[0] ?? '';
  const granted = [...role.matchAll(/"([\w.]+)"/gu)].map(([, permission = '']) => permission);
  expect(granted.length).toBeGreaterThan(20);
  expect(
    Object.values(READ_BY)
      .flat()
      .filter(permission => !granted.includes(permission)),
  ).toEqual([]);
});
