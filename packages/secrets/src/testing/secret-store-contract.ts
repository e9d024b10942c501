/** What every `SecretStore` owes its callers; run in memory and against the stand-in of Secret Manager. */
import { Secret } from '@innkeeper/shared/config/secret';
import { describe, expect, test } from 'vitest';
import { currentVersion, type SecretStore } from '../ports/secret-store.ts';

/** A store with the empty place `groq-api-key` and nothing else. */
export function describeSecretStoreContract(name: string, store: () => SecretStore): void {
  describe(`${name} keeps the secret store contract`, () => {
    test('an empty place has no version, and no place is a failure', async () => {
      expect(await store().versions('groq-api-key')).toEqual({ ok: true, value: [] });
      expect(await store().versions('nobody-made-it')).toMatchObject({ ok: false, error: { kind: 'missing' } });
      expect(await store().add('nobody-made-it', new Secret('x'))).toMatchObject({ ok: false });
    });

    test('what was added is the current version, and the one before stays', async () => {
      expect(await store().mayAdd('groq-api-key')).toEqual({ ok: true, value: true });
      expect(await store().add('groq-api-key', new Secret('first'))).toEqual({ ok: true, value: 1 });
      expect(await store().add('groq-api-key', new Secret('zweites – ü'))).toEqual({ ok: true, value: 2 });
      const versions = await store().versions('groq-api-key');
      expect(versions.ok && versions.value.map(({ number }) => number)).toEqual([2, 1]);
      expect(versions.ok && currentVersion(versions.value)?.number).toBe(2);
      const values = [await store().read('groq-api-key', 1), await store().read('groq-api-key', 2)];
      expect(values.map(value => value.ok && value.value.reveal())).toEqual(['first', 'zweites – ü']);
    });

    test('a version that was never made is missing', async () => {
      expect(await store().read('groq-api-key', 7)).toMatchObject({ ok: false, error: { kind: 'missing' } });
    });
  });
}
