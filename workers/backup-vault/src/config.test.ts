import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { VAULT_MINIMUM_AGE_S } from '@innkeeper/shared/contracts/backup/vault-token';
import { describe, expect, test } from 'vitest';
import { Config } from './config.ts';

const key = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: 'one' };
const parse = (environment: Record<string, unknown>) => parseConfig('backup-vault', Config, environment);

describe('the configuration', () => {
  test('needs nothing but the keys', () => {
    expect(parse({ VAULT_PUBLIC_KEYS: JSON.stringify([key, { ...key, use: 'sig' }]) })).toEqual({
      VAULT_PUBLIC_KEYS: [key, key],
      VAULT_SNAPSHOT_AGE_MIN_S: VAULT_MINIMUM_AGE_S.snapshots,
      VAULT_DATA_AGE_MIN_S: VAULT_MINIMUM_AGE_S.data,
      VAULT_DELETIONS_PER_DAY_MAX: 20_000,
      VAULT_SNAPSHOT_DELETIONS_PER_DAY_MAX: 100,
      VAULT_TOKEN_BYTES_MAX: 300_000_000_000,
    });
  });

  test('may be stricter about ages', () => {
    const stricter = String(VAULT_MINIMUM_AGE_S.data + 1);
    expect(parse({ VAULT_PUBLIC_KEYS: JSON.stringify([key]), VAULT_DATA_AGE_MIN_S: stricter })).toMatchObject({
      VAULT_DATA_AGE_MIN_S: VAULT_MINIMUM_AGE_S.data + 1,
    });
  });

  test.each([
    ['without keys', {}, 'VAULT_PUBLIC_KEYS: missing'],
    ['with an empty list', { VAULT_PUBLIC_KEYS: '[]' }, 'nobody could open the vault'],
    ['with words for keys', { VAULT_PUBLIC_KEYS: 'keys' }, 'must be a JSON list of public JWKs'],
    ['with a private key', { VAULT_PUBLIC_KEYS: JSON.stringify([{ ...key, d: key.x }]) }, 'is a private key'],
    [
      'with another curve',
      { VAULT_PUBLIC_KEYS: JSON.stringify([{ ...key, crv: 'X25519' }]) },
      'VAULT_PUBLIC_KEYS.0.crv',
    ],
    [
      'with a laxer age',
      { VAULT_PUBLIC_KEYS: JSON.stringify([key]), VAULT_SNAPSHOT_AGE_MIN_S: '60' },
      'VAULT_SNAPSHOT_AGE_MIN_S: may only be stricter than 604800 seconds',
    ],
    [
      'with no deletions',
      { VAULT_PUBLIC_KEYS: JSON.stringify([key]), VAULT_DELETIONS_PER_DAY_MAX: '0' },
      'VAULT_DELETIONS_PER_DAY_MAX',
    ],
  ])('%s it says what is wrong', (_what, environment, problem) => {
    expect(() => parse(environment)).toThrow(problem);
  });

  test('never repeats a key it refuses', () => {
    expect(() => parse({ VAULT_PUBLIC_KEYS: JSON.stringify([{ ...key, d: 'a-private-part' }]) })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('a-private-part') as string }) as Error,
    );
  });
});
