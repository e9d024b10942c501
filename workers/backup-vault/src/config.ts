import { VAULT_MINIMUM_AGE_S } from '@innkeeper/shared/contracts/backup/vault-token';
import * as z from 'zod';

/** An Ed25519 public key. A private one here would make the vault able to open itself. */
const PublicJwk = z
  .object({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string().regex(/^[A-Za-z0-9_-]{43}$/u),
    kid: z.string().optional(),
    d: z.undefined({ error: 'is a private key: list public keys only' }).optional(),
  })
  .transform(({ kty, crv, x, kid }) => ({ kty, crv, x, ...(kid === undefined ? {} : { kid }) }));

const publicKeys = z
  .string({ error: 'missing (JSON list of public JWKs that may sign tokens)' })
  .transform((text): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined; // Refused below, with the same words as any other text that is no list.
    }
  })
  .pipe(
    z
      .array(PublicJwk, { error: 'must be a JSON list of public JWKs' })
      .min(1, 'lists no key: nobody could open the vault'),
  )
  .describe('JSON list of public Ed25519 JWKs that may sign tokens; two while one is being replaced');

/** Seconds; only stricter than what every part of the product goes by. */
const minimumAge = (seconds: number, hint: string) =>
  z.coerce.number().int().min(seconds, `may only be stricter than ${seconds} seconds`).default(seconds).describe(hint);

const perDay = (number: number, hint: string) => z.coerce.number().int().positive().default(number).describe(hint);

/** What the environment must say, besides the bindings of `wrangler.jsonc`. */
export const Config = z.object({
  VAULT_PUBLIC_KEYS: publicKeys,
  VAULT_SNAPSHOT_AGE_MIN_S: minimumAge(
    VAULT_MINIMUM_AGE_S.snapshots,
    'age in seconds before a snapshot may be deleted',
  ),
  VAULT_DATA_AGE_MIN_S: minimumAge(VAULT_MINIMUM_AGE_S.data, 'age in seconds before a pack may be deleted'),
  /** 20,000 packs of 16 MiB are 320 GB: more than a month of any backup that fits the night leaves unused. */
  VAULT_DELETIONS_PER_DAY_MAX: perDay(
    20_000,
    'packs and index files that may be deleted in a repository in one UTC day',
  ),
  /** A night drops the snapshots of one to two runs, four each; a week without retention is caught up in a day. */
  VAULT_SNAPSHOT_DELETIONS_PER_DAY_MAX: perDay(100, 'snapshots that may be deleted in a repository in one UTC day'),
});
export type Config = z.infer<typeof Config>;
