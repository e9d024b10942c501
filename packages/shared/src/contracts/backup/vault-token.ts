import * as z from 'zod';

/**
 * Claims of the JWT (EdDSA) that is the password of restic's basic authentication. `append` writes and reads and may
 * remove locks; `read` only reads; `maintain` reads, rewrites indexes, and deletes what is old enough; `create` makes a
 * repository where there is none.
 */
export const VaultScope = z.enum(['append', 'read', 'maintain', 'create']);
export type VaultScope = z.infer<typeof VaultScope>;

export const VAULT_TOKEN_ISSUER = 'innkeeper-backup';
export const VAULT_TOKEN_AUDIENCE = 'backup-vault';

export const VaultClaims = z.object({
  iss: z.literal(VAULT_TOKEN_ISSUER),
  aud: z.literal(VAULT_TOKEN_AUDIENCE),
  /** Who: a run id, or an operator. */
  sub: z.string().min(1).max(100),
  jti: z.string().min(1).max(100),
  scope: VaultScope,
  /** Path of the repository in the bucket, without slashes at its ends: `company`. */
  repository: z.string().regex(/^[a-z0-9][a-z0-9-]*(?:\/[a-z0-9][a-z0-9-]*){0,3}$/u),
  /** Seconds since the epoch; a snapshot may only be created between the two. */
  nbf: z.int(),
  exp: z.int(),
  /** How many snapshots this token may create. 0 unless `append`. */
  snapshotsMax: z.int().nonnegative().default(0),
});
export type VaultClaims = z.infer<typeof VaultClaims>;

/** Longest life the vault accepts, in seconds. */
export const VAULT_TOKEN_SECONDS_MAX = 12 * 3600;

/** The vault's own rules for `maintain`; a later rule of the bucket may only be stricter. */
export const VAULT_MINIMUM_AGE_S = { snapshots: 7 * 86_400, data: 14 * 86_400 } as const;
