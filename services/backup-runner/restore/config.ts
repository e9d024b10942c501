import { baseUrl, parseConfig, secret } from '@innkeeper/shared/config/parse-config';
import { REPOSITORY_PATH } from '@innkeeper/shared/contracts/backup/vault-token';
import * as z from 'zod';

const resticVariables = {
  RESTIC_PASSWORD: secret('password of the restic repository'),
  RESTIC_BINARY: z.string().default('restic').describe('restic 0.19.1 or newer'),
  RESTIC_CACHE_DIR: z.string().optional().describe('where restic keeps its cache; without it there is none'),
  FILES_DIRECTORY: z
    .string()
    .startsWith('/')
    .default('/srv/innkeeper/files')
    .transform(folder => folder.replace(/\/+$/u, ''))
    .describe('where the backup server mounts the filer: stands in front of every path in a snapshot'),
};

/** Whoever says `RESTIC_REPOSITORY` reads the bucket or a copy directly: nothing of the vault is needed then. */
export const DirectConfig = z.object({
  ...resticVariables,
  RESTIC_REPOSITORY: z.string().describe('restic’s own address of the repository, instead of the vault'),
  AWS_ACCESS_KEY_ID: z.string().optional().describe('for an address that starts with s3:'),
  AWS_SECRET_ACCESS_KEY: z.optional(secret('for an address that starts with s3:')),
  AWS_DEFAULT_REGION: z.string().default('auto').describe('region of the bucket; R2’s only one is auto'),
});

export const VaultConfig = z.object({
  ...resticVariables,
  VAULT_URL: baseUrl('address of the vault, or set RESTIC_REPOSITORY'),
  VAULT_REPOSITORY: z.string().regex(REPOSITORY_PATH).default('company').describe('repository in the vault'),
  VAULT_SIGNING_KEY: secret('private key of the vault’s tokens, an Ed25519 JWK as JSON'),
});

export type RepositoryConfig = z.infer<typeof DirectConfig> | z.infer<typeof VaultConfig>;

export const readRepositoryConfig = (
  command: 'restore' | 'backups',
  environment: Readonly<Record<string, string | undefined>>,
): RepositoryConfig =>
  environment['RESTIC_REPOSITORY'] === undefined || environment['RESTIC_REPOSITORY'] === ''
    ? parseConfig(command, VaultConfig, environment)
    : parseConfig(command, DirectConfig, environment);

export const OperationsConfig = z.object({
  GOOGLE_CLOUD_PROJECT: z.string({ error: 'missing (id of the Google Cloud project)' }),
  FIRESTORE_OPS_DATABASE: z.string().default('ops').describe('Firestore database of the operations'),
});
export type OperationsConfig = z.infer<typeof OperationsConfig>;

/** What belongs to the targets of a restore, all optional. */
export const TargetConfig = z.object({
  RESTORE_MONGODB_PASSWORD: z.optional(secret('of the database that is restored into')),
  RESTORE_POSTGRES_PASSWORD: z.optional(secret('of the database that is restored into')),
  MONGODB_DATABASE: z.string().default('rocketchat').describe('Rocket.Chat’s database, for erasures'),
  BACKUP_MONGODB_URI: z.optional(secret('the database that is backed up: not restored into by accident')),
  BACKUP_POSTGRES_URI: z.optional(secret('the database that is backed up: not restored into by accident')),
});
export type TargetConfig = z.infer<typeof TargetConfig>;

/** Secrets among them that may come as a file. */
export const SECRET_NAMES = [
  'VAULT_SIGNING_KEY',
  'RESTIC_PASSWORD',
  'AWS_SECRET_ACCESS_KEY',
  'RESTORE_MONGODB_PASSWORD',
  'RESTORE_POSTGRES_PASSWORD',
  'BACKUP_MONGODB_URI',
  'BACKUP_POSTGRES_URI',
] as const;
