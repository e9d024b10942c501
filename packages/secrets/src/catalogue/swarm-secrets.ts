import type { SecretEntry, SecretOrigin } from './secret-entry.ts';

const YEAR = 365;

/** Keys of `swarm_secrets` in secrets/ENV/swarm.sops.yaml: what Ansible gives to the Swarm's services. */
export const SWARM_SECRETS: readonly SecretEntry[] = [
  password('keycloak_bootstrap_admin_password', 'administrator that Keycloak begins with', [
    'keycloak_bootstrap_admin_password',
  ]),
  kept('listener_google_credentials', ['mongo_listener_google_credentials'], {
    meaning: 'what the chat listener signs in with at Google',
    form: 'google_key_file',
    origin: { kind: 'google_key', account: 'mongo-listener' },
    ageDaysMax: YEAR,
  }),
  password('mongodb_backup_password', 'MongoDB user of the backup; backup-mongodb-uri holds it too', [
    'mongodb_backup_password',
  ]),
  kept('mongodb_keyfile', ['mongodb_keyfile'], {
    meaning: 'what members of the replica set know each other by',
    form: 'text',
    origin: random(378),
    caution: 'Members that have different ones do not speak: all of them are stopped to change it.',
  }),
  password('mongodb_listener_password', 'MongoDB user of the chat listener', [
    'mongodb_listener_password',
    'mongo_listener_mongodb_password',
  ]),
  password('mongodb_rocketchat_password', 'MongoDB user of Rocket.Chat', [
    'mongodb_rocketchat_password',
    'rocketchat_mongodb_password',
  ]),
  password('mongodb_root_password', 'MongoDB administrator', ['mongodb_root_password']),
  password('nats_password', 'Rocket.Chat’s message broker', ['nats_password', 'rocketchat_nats_password']),
  kept('netdata_rocketchat_webhook_url', ['netdata_rocketchat_webhook_url'], {
    meaning: 'incoming webhook of the operators’ room',
    form: 'https_url',
    origin: { kind: 'person', where: 'Rocket.Chat → Administration → Integrations → Incoming' },
    ageDaysMax: YEAR,
  }),
  kept('netdata_smtp_password', ['netdata_smtp_password', 'rocketchat_smtp_password'], {
    meaning: 'mailbox that alerts, and mails of Rocket.Chat, are sent from',
    form: 'text',
    origin: { kind: 'person', where: 'the mail provider' },
    ageDaysMax: YEAR,
  }),
  kept('operator_google_credentials', ['sync_app_google_credentials'], {
    meaning: 'what `innkeeper` on the first server signs in with at Google',
    form: 'google_key_file',
    origin: { kind: 'google_key', account: 'sync-app' },
    ageDaysMax: YEAR,
  }),
  kept('operator_token', ['sync_app_operator_token'], {
    meaning: 'one of operator-tokens, for `innkeeper` on the first server',
    form: 'token',
    origin: { kind: 'copy', of: 'operator-tokens' },
    ageDaysMax: YEAR,
  }),
  password('postgres_backup_password', 'PostgreSQL user of the backup; backup-postgres-uri holds it too', [
    'postgres_backup_password',
  ]),
  password('postgres_keycloak_password', 'PostgreSQL user of Keycloak', [
    'postgres_keycloak_password',
    'keycloak_database_password',
  ]),
  password('postgres_superuser_password', 'PostgreSQL administrator', ['postgres_superuser_password']),
  password('rocketchat_admin_password', 'first administrator of Rocket.Chat', ['rocketchat_admin_password']),
  kept('rocketchat_auth_token', ['sync_app_rocketchat_auth_token'], {
    meaning: 'the bot’s personal access token',
    form: 'token',
    origin: { kind: 'copy', of: 'rocketchat-auth-token' },
    ageDaysMax: YEAR,
  }),
  kept('rocketchat_registration_token', ['rocketchat_registration_token'], {
    meaning: 'registers the workspace at Rocket.Chat',
    form: 'text',
    origin: { kind: 'person', where: 'cloud.rocket.chat → Workspaces → Register self-managed' },
    isOptional: true,
  }),
  kept('rocketchat_webhook_token', ['mongo_listener_webhook_token'], {
    meaning: 'one of rocketchat-webhook-tokens',
    form: 'token',
    origin: { kind: 'copy', of: 'rocketchat-webhook-tokens' },
    ageDaysMax: YEAR,
  }),
  password('seaweedfs_s3_access_key', 'names Rocket.Chat to the S3 gateway of SeaweedFS', [
    'seaweedfs_s3_access_key',
    'rocketchat_s3_access_key',
  ]),
  password('seaweedfs_s3_secret_key', 'opens the S3 gateway of SeaweedFS', [
    'seaweedfs_s3_secret_key',
    'rocketchat_s3_secret_key',
  ]),
  kept('stack_digest_key', ['stack_digest_key'], {
    meaning: 'makes the digests that end the names of Swarm secrets',
    form: 'token',
    origin: random(24),
  }),
  kept('traefik_origin_certificate', ['traefik_origin_certificate'], {
    meaning: 'what Cloudflare knows the servers by',
    form: 'pem',
    origin: origin(),
    ageDaysMax: YEAR,
  }),
  kept('traefik_origin_key', ['traefik_origin_key'], {
    meaning: 'private key of that certificate',
    form: 'pem',
    origin: origin(),
    ageDaysMax: YEAR,
  }),
];

function password(id: string, meaning: string, variables: readonly string[]): SecretEntry {
  return kept(id, variables, { meaning, form: 'token', origin: random(24), ageDaysMax: YEAR });
}

type Particular = Pick<SecretEntry, 'meaning' | 'form' | 'origin' | 'ageDaysMax' | 'isOptional' | 'caution'>;

function kept(id: string, variables: readonly string[], particular: Particular): SecretEntry {
  return { id, store: 'sops', overlap: 'none', readers: { swarm: variables }, ...particular };
}

function random(bytes: number): SecretOrigin {
  return { kind: 'random', bytes };
}

function origin(): SecretOrigin {
  return { kind: 'person', where: 'dash.cloudflare.com → the zone → SSL/TLS → Origin Server → Create certificate' };
}
