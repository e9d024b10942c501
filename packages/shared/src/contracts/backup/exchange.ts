import * as z from 'zod';
import { BackupType, RUNNER_PROTOCOL, RunId } from './run-id.ts';

/** Raw Ed25519 public key, 32 bytes, base64url. */
export const PublicKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/u);

/**
 * What the server asks of `exchange`. `begin` brings the one-time token and binds it to the server's new key; asked
 * again with the same key it gets the same answer. `retention` is signed with that key and gets the short-lived
 * credential that may forget, while the run is in its `retaining` state.
 */
export const ExchangeRequest = z.discriminatedUnion('kind', [
  z.object({
    v: z.literal(1),
    kind: z.literal('begin'),
    runId: RunId,
    token: z.string().max(200),
    publicKey: PublicKey,
    runner: z.object({
      version: z.string().max(40),
      protocol: z.int().nonnegative(),
    }),
  }),
  z.object({ v: z.literal(1), kind: z.literal('retention'), runId: RunId }),
]);
export type ExchangeRequest = z.infer<typeof ExchangeRequest>;

export const EXCHANGE_BYTES_MAX = 8 * 1024;

const VaultAccess = z.object({
  /** restic's address without credentials: `rest:https://vault.example.com/company/`. */
  repository: z.string().startsWith('rest:'),
  /** User name of the basic authentication, for the vault's log. */
  user: z.string(),
  token: z.string(),
  expiresAt: z.iso.datetime(),
});
export type VaultAccess = z.infer<typeof VaultAccess>;

/** How many snapshots are kept: the last of each day, week (Monday to Sunday) and month, as restic counts them. */
export const RetentionPolicy = z.object({
  keepDaily: z.int().nonnegative(),
  keepWeekly: z.int().nonnegative(),
  keepMonthly: z.int().nonnegative(),
});
export type RetentionPolicy = z.infer<typeof RetentionPolicy>;
export const RETENTION: RetentionPolicy = { keepDaily: 7, keepWeekly: 4, keepMonthly: 12 };

/** A folder of the SeaweedFS filer that is backed up. */
export const FilerPath = z.object({
  /** Absolute on the filer: `/buckets/rocketchat-uploads`. */
  path: z.string().regex(/^\/[^\0]*$/u),
  /** File below it that is always there. Without it the mount counts as empty. */
  sentinel: z.string().min(1),
  minimumFiles: z.int().nonnegative(),
  minimumBytes: z.int().nonnegative(),
});
export type FilerPath = z.infer<typeof FilerPath>;

/** Everything a run needs and nothing that outlives it. Kept in memory only. */
export const BeginReply = z.object({
  v: z.literal(1),
  protocol: z.literal(RUNNER_PROTOCOL),
  runId: RunId,
  reportUrl: z.url(),
  /** The server powers itself off then, whatever happens. */
  deadline: z.iso.datetime(),
  /** IANA zone in which days, weeks and months are counted (`TZ` of restic). */
  zone: z.string(),
  types: z.array(BackupType).min(1),
  vault: VaultAccess,
  resticPassword: z.string().min(1),
  mongodb: z.object({ uri: z.string() }),
  /** Keycloak's database. */
  postgres: z.object({ uri: z.string() }),
  filer: z.object({ addresses: z.array(z.string()).min(1), paths: z.array(FilerPath) }),
  /** Swarm secrets and configuration as they lie in the vault of secrets: text by file name. */
  configuration: z.record(z.string().regex(/^[\w.-]{1,100}$/u), z.string()),
  /** Newest managed backup of Firestore, kept beside the rest as a reference. */
  firestoreBackup: z.object({ name: z.string(), snapshotTime: z.iso.datetime() }).optional(),
  /** Sizes of the last good run, to notice a source that shrank; absent before the first. */
  previous: z
    .object({ bytes: z.record(z.string(), z.int().nonnegative()), files: z.record(z.string(), z.int().nonnegative()) })
    .optional(),
  /** An operator said that smaller sources are right this time. */
  acceptSmaller: z.boolean(),
  work: z.object({
    /** `3/10`: the share of the data whose content is read by `check`; absent on ordinary days. */
    checkSubset: z.string().optional(),
    /** Share of the files that are read back, 0 to 1. */
    sampleShare: z.number().min(0).max(1),
    drill: z.boolean(),
    prune: z.boolean(),
  }),
});
export type BeginReply = z.infer<typeof BeginReply>;

export const RetentionReply = z.object({
  v: z.literal(1),
  vault: VaultAccess,
  policy: RetentionPolicy,
  /** The vault refuses to delete younger snapshots than this, in seconds. */
  minimumAgeSeconds: z.int().nonnegative(),
});
export type RetentionReply = z.infer<typeof RetentionReply>;

/** Status 4xx: never try again, except `not_ready` (409) and `unavailable` (503). */
export const ExchangeRefusal = z.object({
  error: z.enum([
    'malformed',
    'too_large',
    'unknown_run',
    'wrong_token',
    'token_used',
    'token_expired',
    'wrong_address',
    'wrong_state',
    'bad_signature',
    'runner_outdated',
    'not_ready',
    'unavailable',
  ]),
});
export type ExchangeRefusal = z.infer<typeof ExchangeRefusal>;
