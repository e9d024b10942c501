import type { GithubReaders, SecretEntry } from './secret-entry.ts';

const HALF_YEAR = 180;

/** Secrets of GitHub's environments alone: no program of Innkeeper may read them back, nor make them. */
export const WORKFLOW_SECRETS: readonly SecretEntry[] = [
  {
    ...kept('CLOUDFLARE_TOKEN_TERRAFORM'),
    meaning: 'applies Terraform at Cloudflare; the only token that may make tokens',
    origin: { kind: 'person', where: 'terraform/README.md, "The first apply": by hand, with an end' },
    form: 'token',
  },
  {
    ...kept('HCLOUD_TOKEN'),
    meaning: 'applies Terraform at Hetzner, and lets Ansible list servers',
    origin: { kind: 'person', where: 'console.hetzner.cloud → this environment’s project → Security → API tokens' },
    form: 'hetzner_token',
  },
  {
    ...kept('HCLOUD_TOKEN_READ', { name: 'HCLOUD_TOKEN', places: ['ENV-plan', 'ENV-watch'] }),
    meaning: 'lets plans and reports of drift read what is at Hetzner, and change nothing',
    origin: {
      kind: 'person',
      where: 'console.hetzner.cloud → this environment’s project → Security → API tokens → Read',
    },
    form: 'hetzner_token',
  },
  {
    ...kept('QDRANT_CLOUD_API_KEY'),
    meaning: 'management key of Qdrant Cloud: Terraform, and `pnpm secrets qdrant-keys`',
    origin: { kind: 'person', where: 'cloud.qdrant.io → Access Management → Cloud Management Keys' },
    form: 'token',
  },
  {
    ...kept('QDRANT_CLOUD_API_KEY_READ', { name: 'QDRANT_CLOUD_API_KEY', places: ['ENV-plan', 'ENV-watch'] }),
    meaning: 'management key of Qdrant Cloud for plans and reports of drift, whose role only reads',
    origin: {
      kind: 'person',
      where: 'cloud.qdrant.io → Access Management → Cloud Management Keys, with a reading role',
    },
    form: 'token',
  },
  {
    ...kept('ALERTS_WEBHOOK_PASSWORD'),
    meaning: 'what Google’s alerts sign in with at the on-call webhook; TF_VAR_webhook_password',
    origin: { kind: 'person', where: 'whoever runs the webhook of alerts.webhook.url' },
    form: 'token',
  },
  {
    ...kept('DEPLOY_SSH_KEY', { name: 'DEPLOY_SSH_KEY', places: ['ENV', 'ENV-watch'] }),
    meaning: 'private half of the key by which Ansible reaches the servers; the public one is among hetzner.ssh_keys',
    origin: {
      kind: 'person',
      where: 'ssh-keygen -t ed25519 -N "" -f deploy; the public half goes to hetzner.ssh_keys',
    },
    form: 'pem',
  },
];

function kept(
  id: string,
  github: GithubReaders = { name: id, places: ['ENV'] },
): Pick<SecretEntry, 'id' | 'store' | 'ageDaysMax' | 'overlap' | 'readers'> {
  return { id, store: 'github', ageDaysMax: HALF_YEAR, overlap: 'vendor', readers: { github } };
}
