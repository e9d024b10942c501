import { baseUrl, secret } from '@innkeeper/shared/config/parse-config';
import * as z from 'zod';

/**
 * What the doctor reads of its environment. Nothing is required: without a credential its checks are not asked. Every
 * secret may also come as `<NAME>_FILE`, a path. Addresses are the environment's own unless one is named here.
 */
const address = (hint: string) => z.optional(baseUrl(hint));
const optionalSecret = (hint: string) => z.optional(secret(hint));
const vendor = (hint: string, url: string) => z._default(baseUrl(hint), url);

export const DoctorConfig = z.object({
  CLOUDFLARE_API_TOKEN: optionalSecret('API token of the Cloudflare account that may read'),
  HCLOUD_TOKEN: optionalSecret('API token of the Hetzner project; one that may only read is enough'),
  QDRANT_URL: address('address of Qdrant'),
  QDRANT_API_KEY: optionalSecret('key of Qdrant; one that may only read is enough'),
  ROCKETCHAT_ADMIN_USER_ID: z.string().optional().describe('user id of an administrator of Rocket.Chat'),
  ROCKETCHAT_ADMIN_AUTH_TOKEN: optionalSecret('personal access token of that administrator'),
  ROCKETCHAT_WEBHOOK_TOKEN: optionalSecret('token of Rocket.Chat’s outgoing webhook'),
  OPERATOR_TOKEN: optionalSecret('one of OPERATOR_TOKENS of the Workers'),
  AIRCALL_API_ID: z.string().optional().describe('API id of the Aircall account'),
  AIRCALL_API_TOKEN: optionalSecret('API token of the Aircall account'),
  EMBEDDINGS_DIMENSIONS: z.coerce.number().int().positive().optional().describe('length of a vector'),

  GUESTY_WEBHOOK_ORIGIN: address('address of the Worker guesty-webhook, without a path'),
  AIRCALL_WEBHOOK_ORIGIN: address('address of the Worker aircall-webhook, without a path'),
  LLM_QUERY_ORIGIN: address('address of the Worker llm-query, without a path'),
  VAULT_URL: address('address of the backup vault'),
  ROCKETCHAT_URL: address('address of Rocket.Chat, without /api/v1'),
  AIRCALL_BASE_URL: vendor('Aircall’s API with /v1', 'https://api.aircall.io/v1'),
  CLOUDFLARE_API_BASE_URL: vendor('Cloudflare’s API', 'https://api.cloudflare.com/client/v4'),
  HCLOUD_ENDPOINT: vendor('Hetzner’s API', 'https://api.hetzner.cloud/v1'),
  FIRESTORE_BASE_URL: vendor('Firestore REST API with /v1', 'https://firestore.googleapis.com/v1'),
  FIRESTORE_ADMIN_URL: vendor('Firestore’s administration API', 'https://firestore.googleapis.com/v1'),
  CLOUD_MONITORING_URL: vendor('Cloud Monitoring’s API', 'https://monitoring.googleapis.com/v3'),
  PUBSUB_URL: vendor('Pub/Sub’s API', 'https://pubsub.googleapis.com/v1'),
  CLOUD_RUN_URL: vendor('Cloud Run’s API', 'https://run.googleapis.com/v2'),
  CLOUD_STORAGE_URL: vendor('Cloud Storage', 'https://storage.googleapis.com'),
  SECRET_MANAGER_URL: vendor('Secret Manager’s API', 'https://secretmanager.googleapis.com/v1'),

  FIRESTORE_EMULATOR_HOST: z.string().optional().describe('host:port of an emulator, asked without a credential'),
  GOOGLE_CLOUD_PROJECT: z.string().optional().describe('project inside that emulator; without it not read'),
});
export type DoctorConfig = z.output<typeof DoctorConfig>;

/** For `readSecretFiles`. */
export const SECRET_NAMES = [
  'AIRCALL_API_TOKEN',
  'CLOUDFLARE_API_TOKEN',
  'HCLOUD_TOKEN',
  'OPERATOR_TOKEN',
  'QDRANT_API_KEY',
  'ROCKETCHAT_ADMIN_AUTH_TOKEN',
  'ROCKETCHAT_WEBHOOK_TOKEN',
] as const;
