import type { Asked } from './ask-error.ts';

/** Everybody the doctor asks, and what a person does when they do not answer. */
export const VENDORS = {
  google: {
    name: 'Google Cloud',
    credential: 'Your Google sign-in',
    renewal: 'sign in again: gcloud auth application-default login.',
    right: 'you have to be one of `operators` in terraform.tfvars.json, and that has to be applied',
    status: 'Look at status.cloud.google.com.',
  },
  cloudflare: {
    name: 'Cloudflare',
    credential: 'CLOUDFLARE_API_TOKEN',
    renewal: 'roll the token `plan` (pnpm secrets cloudflare-tokens --env ENV) and set the new value.',
    right: 'DNS, Queues, Workers Scripts and Zone, read, as the token `plan` of terraform/modules/cloudflare has them',
    status: 'Look at cloudflarestatus.com.',
  },
  hetzner: {
    name: 'Hetzner',
    credential: 'HCLOUD_TOKEN',
    renewal: 'make a token in Hetzner’s console (Security, API tokens); one that may only read is enough.',
    right: 'any token of the environment’s own project may',
    status: 'Look at status.hetzner.com.',
  },
  qdrant: {
    name: 'Qdrant',
    credential: 'QDRANT_API_KEY',
    renewal: 'make a new one (pnpm secrets qdrant-keys --env ENV); one that may only read is enough.',
    right: 'read access to the whole cluster',
    status: 'Look at the cluster in cloud.qdrant.io.',
  },
  rocketchat: {
    name: 'Rocket.Chat',
    credential: 'ROCKETCHAT_ADMIN_AUTH_TOKEN',
    renewal: 'make a personal access token as an administrator of Rocket.Chat and set it with its user’s id.',
    right: 'they have to be an administrator’s',
    status: 'On a manager of the Swarm, docker service ps says whether Rocket.Chat runs.',
  },
  workers: {
    name: 'The Worker',
    credential: 'OPERATOR_TOKEN',
    renewal: 'it has to be one of the Workers’ OPERATOR_TOKENS (secret operator-tokens in Secret Manager).',
    right: 'it has to be one of the Workers’ OPERATOR_TOKENS',
    status: 'Read the Worker’s log: wrangler tail.',
  },
  aircall: {
    name: 'Aircall',
    credential: 'AIRCALL_API_TOKEN',
    renewal: 'make API keys in Aircall’s dashboard (Integrations, API keys), and set both parts of them.',
    right: 'the keys have to be of this company’s account',
    status: 'Look at status.aircall.io.',
  },
  journal: {
    name: 'Cloud Storage',
    credential: 'Your Google sign-in',
    renewal: 'sign in again: gcloud auth application-default login.',
    right: 'objects below deployments/ of the bucket PROJECT-tfstate (roles/storage.objectViewer, by an owner)',
    status: 'Look at status.cloud.google.com.',
  },
  names: {
    name: 'The address',
    credential: 'The address',
    renewal: 'it should need no credential; see what stands in front of it.',
    right: 'it should be public; see Cloudflare’s rules of the zone',
    status: 'See whether what is behind it runs, and Cloudflare’s records of the zone.',
  },
} as const satisfies Record<string, Asked>;
