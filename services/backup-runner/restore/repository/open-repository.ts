import { randomUUID } from 'node:crypto';
import { vaultTokens } from '@innkeeper/shared/backup/vault-tokens';
import { ConfigError } from '@innkeeper/shared/config/parse-config';
import { Secret } from '@innkeeper/shared/config/secret';
import type { VaultScope } from '@innkeeper/shared/contracts/backup/vault-token';
import { importJWK, type JWK } from 'jose';
import { cliRestic, type ResticAccess } from '../../src/restic/cli-restic.ts';
import type { Restic } from '../../src/restic/restic.ts';
import type { ProgramRunner } from '../../src/run/program-runner.ts';
import type { RepositoryConfig } from '../config.ts';

/** Forgetting is the retention's own business. */
export type OperatorScope = Exclude<VaultScope, 'forget'>;

export interface RepositoryUse {
  readonly config: RepositoryConfig;
  readonly scope: OperatorScope;
  /** Who, for the vault's log. */
  readonly by: string;
  readonly programs: ProgramRunner;
  readonly signal: AbortSignal;
  readonly now: Date;
}

/** A token cannot be renewed while restic runs, so it has to outlive the longest restore or rebuilding of an index. */
const LIFE_S: Readonly<Record<OperatorScope, number>> = {
  read: 6 * 3600,
  maintain: 2 * 3600,
  create: 600,
  append: 600,
};
/** Neither reading nor making a repository needs a lock. */
const LOCKS: Readonly<Record<OperatorScope, boolean>> = { read: false, maintain: true, create: false, append: true };
/** This machine's clock may be ahead of the vault's. */
const CLOCKS_DIFFER_S = 60;
/** Only retention counts days, and it does not run here. */
const ZONE = 'UTC';

/** restic on the repository, through the vault with a token of its own, or directly. */
export async function openRepository(use: RepositoryUse): Promise<Restic> {
  return cliRestic(await resticAccess(use));
}

export async function resticAccess({ config, scope, by, programs, signal, now }: RepositoryUse): Promise<ResticAccess> {
  const anywhere = {
    binary: config.RESTIC_BINARY,
    password: config.RESTIC_PASSWORD,
    zone: ZONE,
    programs,
    signal,
    readOnly: !LOCKS[scope],
    ...(config.RESTIC_CACHE_DIR === undefined ? {} : { cacheDirectory: config.RESTIC_CACHE_DIR }),
  };
  if ('RESTIC_REPOSITORY' in config)
    return {
      ...anywhere,
      repository: config.RESTIC_REPOSITORY,
      environment: {
        AWS_DEFAULT_REGION: config.AWS_DEFAULT_REGION,
        ...(config.AWS_ACCESS_KEY_ID === undefined ? {} : { AWS_ACCESS_KEY_ID: config.AWS_ACCESS_KEY_ID }),
        ...(config.AWS_SECRET_ACCESS_KEY === undefined
          ? {}
          : { AWS_SECRET_ACCESS_KEY: config.AWS_SECRET_ACCESS_KEY.reveal() }),
      },
    };
  const token = await vaultTokens(await readSigningKey(config.VAULT_SIGNING_KEY), randomUUID).mint({
    subject: `operator ${by}`.slice(0, 100),
    scope,
    repository: config.VAULT_REPOSITORY,
    from: new Date(now.getTime() - CLOCKS_DIFFER_S * 1000),
    until: new Date(now.getTime() + LIFE_S[scope] * 1000),
  });
  return {
    ...anywhere,
    repository: `rest:${config.VAULT_URL}/${config.VAULT_REPOSITORY}/`,
    credential: { user: 'operator', token: new Secret(token) },
  };
}

async function readSigningKey(key: Secret): Promise<JWK> {
  try {
    const jwk = JSON.parse(key.reveal()) as JWK; // importJWK is the check
    await importJWK(jwk, 'EdDSA');
    return jwk;
  } catch {
    throw new ConfigError('restore', ['VAULT_SIGNING_KEY: is no Ed25519 private key as JSON (JWK)']);
  }
}
