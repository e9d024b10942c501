import { createHmac } from 'node:crypto';
import { rocketChatVariables } from '@innkeeper/shared/adapters/rocketchat/rocketchat-variables';
import { baseUrl, secret } from '@innkeeper/shared/config/parse-config';
import { Secret } from '@innkeeper/shared/config/secret';
import { FilerPath } from '@innkeeper/shared/contracts/backup/exchange';
import { REPOSITORY_PATH } from '@innkeeper/shared/contracts/backup/vault-token';
import { LocalTime, TimeZone } from '@innkeeper/shared/domain/local-time';
import * as z from 'zod';
import type { BackupSettings } from './backup-ports.ts';
import { RUNNER_VERSION } from './launch/runner-version.ts';

/** Everything the backup functions read from their environment. `FIRESTORE_EMULATOR_HOST` is the SDK's own. */

/** JSON in one variable. What is wrong is named by its place, never by its value. */
const json = <T extends z.ZodType>(hint: string, schema: T) =>
  z
    .string({ error: `missing (${hint})` })
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: `must be JSON (${hint})` });
        return z.NEVER;
      }
    })
    .pipe(schema)
    .describe(hint);

/** The same, for JSON with secrets in it. */
const secretJson = <T extends z.ZodType>(hint: string, schema: T) => json(hint, schema).meta({ secret: true });

const id = (hint: string) =>
  z.coerce
    .number({ error: `must be a number (${hint})` })
    .int()
    .positive()
    .describe(hint);

const SigningKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  d: z.string().transform(text => new Secret(text)),
  kid: z.string(),
});

export const BackupConfig = z.object({
  GOOGLE_CLOUD_PROJECT: z.string({ error: 'missing' }).describe('id of the Google Cloud project'),
  FIRESTORE_OPS_DATABASE: z.string().default('ops').describe('Firestore database of operations'),
  BACKUP_ZONE: z.string({ error: 'missing' }).pipe(TimeZone).describe('IANA zone in which days are counted'),
  BACKUP_TIME: z.string().default('02:30').pipe(LocalTime).describe('when the run is due, HH:MM'),
  BACKUP_EXCHANGE_URL: baseUrl('public address of `exchange`'),
  BACKUP_REPORT_URL: baseUrl('public address of `report`'),
  BACKUP_RUNNER_VERSION_MIN: z.string().regex(RUNNER_VERSION).default('0.1.0').describe('oldest runner accepted'),
  HCLOUD_ENDPOINT: z._default(baseUrl('Hetzner’s API'), 'https://api.hetzner.cloud/v1'),
  HCLOUD_TOKEN: secret('read-and-write API token of the Hetzner project of the backup servers'),
  BACKUP_SERVERS: json(
    'server types and places in order: [{"type":"cx23","location":"nbg1"}]',
    z.array(z.strictObject({ type: z.string().min(1), location: z.string().min(1) })).min(1),
  ),
  BACKUP_NETWORK_ID: id('private network of databases and filers'),
  BACKUP_FIREWALL_ID: id('firewall that lets nothing in'),
  BACKUP_SSH_KEY: z.string({ error: 'missing' }).min(1).describe('name or id of an SSH key in the Hetzner project'),
  VAULT_URL: baseUrl('address of the backup vault'),
  VAULT_REPOSITORY: z
    .string()
    .regex(REPOSITORY_PATH)
    .default('company')
    .describe('path of the repository in the vault'),
  VAULT_SIGNING_KEY: secretJson('private Ed25519 JWK with kid; the vault has its public half', SigningKey),
  RESTIC_PASSWORD: secret('password of the restic repository'),
  BACKUP_MONGODB_URI: secret('MongoDB as the server reaches it, with a user that may back up'),
  BACKUP_POSTGRES_URI: secret('database of Keycloak as the server reaches it'),
  FILER_ADDRESSES: z
    .string({ error: 'missing (SeaweedFS filers, separated by commas)' })
    .transform(list =>
      list
        .split(',')
        .map(address => address.trim())
        .filter(address => address !== ''),
    )
    .refine(list => list.length > 0, 'missing (SeaweedFS filers, separated by commas)')
    .describe('SeaweedFS filers, separated by commas'),
  BACKUP_FILER_PATHS: json('folders of the filer with their sentinels', z.array(FilerPath).min(1)),
  SWARM_CONFIGURATION: secretJson(
    'Swarm secrets and configuration, text by file name',
    z.record(
      z.string().regex(/^[\w.-]{1,100}$/u),
      z.string().transform(text => new Secret(text)),
    ),
  ).default({}),
  ...rocketChatVariables,
  BACKUP_ROOM_ID: z.string({ error: 'missing (room that is told how backups end)' }).describe('room that is told'),
  DEAD_MAN_URL: z
    .url()
    .transform(url => new Secret(url))
    .optional()
    .describe('address of the check at an outside watch')
    .meta({ secret: true }),
  FIRESTORE_ADMIN_URL: z._default(baseUrl('Firestore’s administration API'), 'https://firestore.googleapis.com/v1'),
  GCE_METADATA_HOST: z.string().default('metadata.google.internal').describe('where the access token comes from'),
});
export type BackupConfig = z.output<typeof BackupConfig>;

export function backupSettings(config: BackupConfig): BackupSettings {
  return {
    zone: config.BACKUP_ZONE,
    time: config.BACKUP_TIME,
    exchangeUrl: config.BACKUP_EXCHANGE_URL,
    reportUrl: config.BACKUP_REPORT_URL,
    runnerVersionMin: config.BACKUP_RUNNER_VERSION_MIN,
    candidates: config.BACKUP_SERVERS,
    vault: { url: config.VAULT_URL, repository: config.VAULT_REPOSITORY },
    oneTimeTokenKey: oneTimeTokenKey(config.VAULT_SIGNING_KEY),
    resticPassword: config.RESTIC_PASSWORD,
    mongodbUri: config.BACKUP_MONGODB_URI,
    postgresUri: config.BACKUP_POSTGRES_URI,
    filer: { addresses: config.FILER_ADDRESSES, paths: config.BACKUP_FILER_PATHS },
    swarmConfiguration: config.SWARM_CONFIGURATION,
  };
}

/** One secret less to keep: whoever has the vault's key needs no one-time token any more. */
const oneTimeTokenKey = ({ d }: BackupConfig['VAULT_SIGNING_KEY']): Secret =>
  new Secret(createHmac('sha256', d.reveal()).update('innkeeper-one-time-token-key-v1').digest('base64url'));

/** The vault's private key as the library for tokens takes it. */
export const vaultSigningKey = ({ VAULT_SIGNING_KEY: { d, ...rest } }: BackupConfig) => ({ ...rest, d: d.reveal() });
