import type { Asked } from './ask-error.ts';
import { exportSecret, swarmTasks, WEBHOOK_LOGS } from './where-to-look.ts';

/** Terraform gives Cloudflare's tokens their end; a new value keeps it. */
const LATER_END =
  'move cloudflare.tokens_expire_on in terraform.tfvars.json, then ./dev deploy --env ENV --only terraform.';

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
    renewal:
      `${exportSecret('CLOUDFLARE_API_TOKEN', 'cloudflare-token-plan')}; ` +
      `where that one is refused: ./dev secrets cloudflare-tokens --env ENV; where it has ended: ${LATER_END}`,
    extension: LATER_END,
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
    renewal:
      `${exportSecret('QDRANT_API_KEY', 'qdrant-api-key-read')}; ` +
      'where that one is refused: ./dev secrets qdrant-keys --env ENV.',
    extension: './dev secrets qdrant-keys --env ENV --renew makes both anew, and says what comes then.',
    right: 'read access to the whole cluster',
    status: 'Look at the cluster in cloud.qdrant.io.',
  },
  rocketchat: {
    name: 'Rocket.Chat',
    credential: 'ROCKETCHAT_ADMIN_AUTH_TOKEN',
    renewal: 'make a personal access token as an administrator of Rocket.Chat and set it with its user’s id.',
    right: 'they have to be an administrator’s',
    status: `See whether it runs, on a manager of the Swarm: ${swarmTasks('rocketchat')}.`,
  },
  workers: {
    name: 'The Worker',
    credential: 'OPERATOR_TOKEN',
    renewal: `${exportSecret('OPERATOR_TOKEN', 'operator-tokens')}.`,
    right: 'it has to be one of the Workers’ OPERATOR_TOKENS',
    status: `See why: ${WEBHOOK_LOGS}`,
  },
  aircall: {
    name: 'Aircall',
    credential: 'AIRCALL_API_TOKEN',
    renewal:
      `${exportSecret('AIRCALL_API_ID', 'aircall-api-id')}; ` +
      `${exportSecret('AIRCALL_API_TOKEN', 'aircall-api-token')}; ` +
      'where those are refused: make API keys in Aircall’s dashboard (Integrations, API keys).',
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
