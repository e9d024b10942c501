import * as z from 'zod/mini'; // A fifth of zod: the vault reads these claims at its first request.

/**
 * Claims of the JWT (EdDSA) that is the password of restic's basic authentication. `append` writes and reads and may
 * remove locks; `read` only reads; `forget` reads and deletes snapshots that are old enough; `maintain` also rewrites
 * indexes and deletes packs that are old enough; `create` makes a repository where there is none.
 */
export const VaultScope = z.enum(['append', 'read', 'forget', 'maintain', 'create']);
export type VaultScope = z.infer<typeof VaultScope>;

export const VAULT_TOKEN_ISSUER = 'innkeeper-backup';
export const VAULT_TOKEN_AUDIENCE = 'backup-vault';

/** Path of a repository in the bucket, without slashes at its ends: `company`. */
export const REPOSITORY_PATH = /^[a-z0-9][a-z0-9-]*(?:\/[a-z0-9][a-z0-9-]*){0,3}$/u;

export const VaultClaims = z.object({
  /** Tokens that do not say are of the first version. */
  v: z._default(z.literal(1), 1),
  iss: z.literal(VAULT_TOKEN_ISSUER),
  aud: z.literal(VAULT_TOKEN_AUDIENCE),
  /** Who: a run id, or an operator. */
  sub: z.string().check(z.minLength(1), z.maxLength(100)),
  jti: z.string().check(z.minLength(1), z.maxLength(100)),
  scope: VaultScope,
  repository: z.string().check(z.regex(REPOSITORY_PATH)),
  /** Seconds since the epoch; a snapshot may only be created between the two. */
  nbf: z.int(),
  exp: z.int(),
  /** How many snapshots this token may create. 0 unless `append`. */
  snapshotsMax: z._default(z.int().check(z.nonnegative()), 0),
});
export type VaultClaims = z.infer<typeof VaultClaims>;

/** Longest life the vault accepts, in seconds. */
export const VAULT_TOKEN_SECONDS_MAX = 12 * 3600;

/** The vault's own rules for `forget` and `maintain`; a later rule of the bucket may only be stricter. */
export const VAULT_MINIMUM_AGE_S = { snapshots: 7 * 86_400, data: 14 * 86_400 } as const;
