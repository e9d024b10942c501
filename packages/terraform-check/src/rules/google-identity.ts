import { Unknown } from '../provider/values/value.ts';
import { exactlyOne, matching, oneOf, problem, textRule } from './make-rule.ts';
import type { Rule } from './rule.ts';
import { isAbsent, isPresent } from './values-at.ts';

/** What IAM, secrets, keys, buckets and APIs refuse beyond the schema of hashicorp/google 8. Pure. */
const SECRET_VERSION = 'google_secret_manager_secret_version';
const MEMBER = /^(?:allUsers|allAuthenticatedUsers|(?:user|serviceAccount|group|domain|principal|principalSet):\S+)$/u;
const ROLE = /^(?:roles\/[\w.]+|(?:projects|organizations)\/[^/]+\/roles\/[\w.]+)$/u;
const IAM_MEMBERS = [
  'google_cloud_run_v2_service_iam_member',
  'google_kms_crypto_key_iam_member',
  'google_project_iam_member',
  'google_pubsub_subscription_iam_member',
  'google_pubsub_topic_iam_member',
  'google_secret_manager_secret_iam_member',
  'google_service_account_iam_member',
  'google_storage_bucket_iam_member',
];
const POOLS = ['google_iam_workload_identity_pool', 'google_iam_workload_identity_pool_provider'];
const POOL_ID = /^(?!gcp-)[a-z0-9-]{4,32}$/u;
/** Seconds of a day: Cloud KMS rotates no more often. */
const ROTATION_S_MIN = 86_400;

export const IDENTITY_RULES: readonly Rule[] = [
  ...IAM_MEMBERS.flatMap(type => [
    matching(type, 'member', 'a kind and a name, as in serviceAccount:name@project.iam.gserviceaccount.com', MEMBER, {
      sound: 'serviceAccount:a@p.iam.gserviceaccount.com',
      broken: 'a@p.iam.gserviceaccount.com',
    }),
    matching(type, 'role', 'a role, as in roles/pubsub.publisher', ROLE, {
      sound: 'roles/pubsub.publisher',
      broken: 'publisher',
    }),
  ]),
  matching(
    'google_service_account',
    'account_id',
    '6 to 30 small letters, digits and hyphens, a letter first',
    /^[a-z](?:[-a-z0-9]{4,28}[a-z0-9])$/u,
    { sound: 'chat-listener', broken: 'chat' },
  ),
  ...POOLS.map(type =>
    matching(type, 'workload_identity_pool_id', '4 to 32 small letters, digits and hyphens, not "gcp-"', POOL_ID, {
      sound: 'workers',
      broken: 'gcp-workers',
    }),
  ),
  matching(
    'google_iam_workload_identity_pool_provider',
    'workload_identity_pool_provider_id',
    '4 to 32 small letters, digits and hyphens, not "gcp-"',
    POOL_ID,
    { sound: 'github', broken: 'gcp-github' },
  ),
  matching('google_iam_workload_identity_pool_provider', 'oidc.*.issuer_uri', 'an address with https', /^https:\/\//u, {
    sound: 'https://issuer.example',
    broken: 'issuer.example',
  }),
  {
    name: `${SECRET_VERSION}: a write-only value has a version, and the first is not 0`,
    type: SECRET_VERSION,
    check: ({ secret_data_wo: value, secret_data_wo_version: version }) => {
      const path = ['secret_data_wo_version'];
      if (!isAbsent(value) && isAbsent(version)) {
        return [problem(path, 'Missing version', 'secret_data_wo needs secret_data_wo_version. Start with "1".')];
      }
      return version === '0'
        ? [problem(path, 'Invalid version', 'secret_data_wo_version "0" counts as not set. Start with "1".')]
        : [];
    },
    examples: {
      sound: { secret_data_wo: Unknown.value, secret_data_wo_version: '1' },
      broken: { secret_data_wo: Unknown.value, secret_data_wo_version: null },
    },
  },
  {
    name: `${SECRET_VERSION}: has a value, one way only`,
    type: SECRET_VERSION,
    check: ({ secret_data: inState, secret_data_wo: writeOnly }) =>
      isPresent(inState) && !isAbsent(writeOnly)
        ? [problem(['secret_data'], 'Two values', 'secret_data and secret_data_wo exclude each other.')]
        : [],
    examples: {
      sound: { secret_data: null, secret_data_wo: 'x' },
      broken: { secret_data: 'x', secret_data_wo: 'x' },
    },
  },
  exactlyOne('google_secret_manager_secret', 'replication.*', ['auto', 'user_managed']),
  matching('google_secret_manager_secret', 'secret_id', 'letters, digits, hyphens and underscores', /^[\w-]{1,255}$/u, {
    sound: 'guesty-client-secret',
    broken: 'guesty/secret',
  }),
  oneOf('google_kms_crypto_key', 'purpose', 'purpose', [
    'ENCRYPT_DECRYPT',
    'ASYMMETRIC_SIGN',
    'ASYMMETRIC_DECRYPT',
    'MAC',
  ]),
  textRule(
    'google_kms_crypto_key',
    'rotation_period',
    'is a day or more',
    text =>
      /^\d+s$/u.test(text) && Number.parseInt(text, 10) >= ROTATION_S_MIN
        ? undefined
        : `"${text}" has to be seconds of a day or more with an s, as in 7776000s.`,
    { sound: '7776000s', broken: '3600s' },
  ),
  matching(
    'google_project_service',
    'service',
    'an API, as in pubsub.googleapis.com',
    /^[a-z0-9-]+\.googleapis\.com$/u,
    { sound: 'pubsub.googleapis.com', broken: 'pubsub' },
  ),
  matching(
    'google_storage_bucket',
    'name',
    '3 to 63 small letters, digits, dots and hyphens',
    /^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/u,
    { sound: 'innkeeper-state', broken: 'State' },
  ),
  oneOf('google_storage_bucket', 'public_access_prevention', 'setting', ['enforced', 'inherited']),
];
