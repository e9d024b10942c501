import { type EnvironmentValues, resourceName } from '../environment/environment-values.ts';
import type { Manifest } from '../functions/manifest.ts';

/** What `terraform output -json` prints of an environment, by the rules of `terraform/composition/outputs.tf`. */
export function exampleOutputs(
  { name, terraform }: EnvironmentValues,
  manifest: Manifest,
): Record<string, { readonly value: unknown }> {
  const { hostnames, google, cloudflare, backup } = terraform;
  const suffixed = (base: string): string => resourceName(base, name);
  const functions = Object.keys(manifest);
  const account = (id: string): string => `${id}@${google.project_id}.iam.gserviceaccount.com`;
  const url = (id: string): string => `https://${id}-${google.project_number}.${google.region}.run.app`;
  const pool = `//iam.googleapis.com/projects/${google.project_number}/locations/global/workloadIdentityPools`;
  const queues = ['guesty-deliveries', 'aircall-deliveries'].flatMap(queue => [queue, `${queue}-dead`]);
  const values = {
    nodes: Object.fromEntries(
      Object.entries(terraform.hetzner.nodes).map(([node, { ip }], index) => [
        node,
        {
          public_ipv4: `192.0.2.${index + 1}`,
          public_ipv6: `2001:db8::${index + 1}`,
          private_ipv4: ip,
          location: terraform.hetzner.location,
        },
      ]),
    ),
    functions: {
      project_id: google.project_id,
      region: google.region,
      databases: { business: '(default)', ops: 'ops' },
      urls: Object.fromEntries(functions.map(each => [each, url(each)])),
      service_accounts: Object.fromEntries(functions.map(each => [each, account(`fn-${each}`)])),
      eventarc_account: account('eventarc'),
      build_account: `projects/${google.project_id}/serviceAccounts/${account('functions-build')}`,
      min_instances: Object.fromEntries(functions.map(each => [each, 0])),
      cloudflare_ai_account: cloudflare.account_id,
      pubsub_topics: { 'chat-live': 'projects/p/topics/chat-live' },
      dead_letter_push: account('pubsub-push'),
      scheduler_account: account('scheduler'),
    },
    backup: {
      BACKUP_NETWORK_ID: 4711,
      BACKUP_FIREWALL_ID: 4712,
      BACKUP_SSH_KEY: `innkeeper-${name}-${backup.ssh_key}`,
      BACKUP_EXCHANGE_URL: url('exchange'),
      BACKUP_REPORT_URL: url('report'),
      VAULT_URL: `https://${hostnames.backup_vault}`,
      VAULT_REPOSITORY: backup.repository,
    },
    workers: {
      account_id: cloudflare.account_id,
      project_id: google.project_id,
      urls: Object.fromEntries(
        (['guesty_webhook', 'aircall_webhook', 'llm_query', 'backup_vault', 'log_forwarder'] as const).map(key => [
          key.replaceAll('_', '-'),
          `https://${hostnames[key]}`,
        ]),
      ),
      queues: Object.fromEntries(queues.map(queue => [queue, suffixed(queue)])),
      buckets: {
        overflow: suffixed('innkeeper-overflow'),
        backup: suffixed('innkeeper-backup'),
        jurisdiction: 'default',
      },
      workload_identity: Object.fromEntries(
        ['guesty-webhook', 'aircall-webhook', 'llm-query', 'log-forwarder'].map(worker => [
          worker,
          {
            audience: `${pool}/innkeeper/providers/${worker}`,
            issuer: `https://workers.${terraform.domain}`,
            subject: worker,
          },
        ]),
      ),
      vault: {
        VAULT_DATA_AGE_MIN_S: 2_592_000,
        VAULT_SNAPSHOT_AGE_MIN_S: 604_800,
        VAULT_REPOSITORY: backup.repository,
      },
    },
    qdrant: { cluster_id: 'cluster', url: 'https://cluster.example.cloud.qdrant.io:6333' },
    secrets: { ids: [], cloudflare: {}, sops_gcp_kms: 'projects/p/locations/r/keyRings/innkeeper/cryptoKeys/sops' },
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]));
}
