import { VAULT_MINIMUM_AGE_S } from '@innkeeper/shared/contracts/backup/vault-token';
import * as z from 'zod/mini'; // With all of zod this Worker would be twice as large.

/** An Ed25519 public key. A private one here would make the vault able to open itself. */
const PublicJwk = z.pipe(
  z
    .looseObject({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519', 'must be Ed25519'),
      x: z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/u)),
      kid: z.optional(z.string()),
    })
    .check(z.refine(key => key['d'] === undefined, 'is a private key: list public keys only')),
  z.transform(({ kty, crv, x, kid }) => ({ kty, crv, x, ...(kid === undefined ? {} : { kid }) })),
);

const json = z.transform((text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Refused by what comes next, with the same words as any other text that is no list.
  }
});

const publicKeys = z
  .pipe(
    z.pipe(z.string('missing (JSON list of public JWKs that may sign tokens)'), json),
    z
      .array(PublicJwk, 'must be a JSON list of public JWKs')
      .check(z.minLength(1, 'lists no key: nobody could open the vault')),
  )
  .check(z.describe('JSON list of public Ed25519 JWKs that may sign tokens; two while one is being replaced'));

const wholeNumber = (fallback: number, min: number, error: string, hint: string) =>
  z._default(z.coerce.number().check(z.int(error), z.minimum(min, error)), fallback).check(z.describe(hint));

/** Seconds; only stricter than what every part of the product goes by. */
const minimumAge = (seconds: number, hint: string) =>
  wholeNumber(seconds, seconds, `may only be stricter than ${seconds} seconds`, hint);

const atMost = (number: number, hint: string) => wholeNumber(number, 1, 'must be a whole number above 0', hint);

/** What the environment must say, besides the bindings of `wrangler.jsonc`. */
export const Config = z.object({
  VAULT_PUBLIC_KEYS: publicKeys,
  VAULT_SNAPSHOT_AGE_MIN_S: minimumAge(
    VAULT_MINIMUM_AGE_S.snapshots,
    'age in seconds before a snapshot may be deleted',
  ),
  VAULT_DATA_AGE_MIN_S: minimumAge(VAULT_MINIMUM_AGE_S.data, 'age in seconds before a pack may be deleted'),
  /** 20,000 packs of 16 MiB are 320 GB: more than a month of any backup that fits the night leaves unused. */
  VAULT_DELETIONS_PER_DAY_MAX: atMost(
    20_000,
    'packs and index files that may be deleted in a repository in one UTC day',
  ),
  /** A night drops the snapshots of one to two runs, four each; a week without retention is caught up in a day. */
  VAULT_SNAPSHOT_DELETIONS_PER_DAY_MAX: atMost(100, 'snapshots that may be deleted in a repository in one UTC day'),
  /** 4.50 USD a month, should a thief fill them. A first night of more data needs a larger number. */
  VAULT_TOKEN_BYTES_MAX: atMost(
    300_000_000_000,
    'bytes that one token may store, each object counted as at least 1 MB',
  ),
});
export type Config = z.infer<typeof Config>;
