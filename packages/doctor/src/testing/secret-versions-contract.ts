import { ok } from '@innkeeper/shared/result/result';
import { describe, expect, test } from 'vitest';
import type { SecretVersions } from '../ports/secret-versions.ts';
import type { VersionRows } from './in-memory-secret-versions.ts';

/** What every `SecretVersions` tells of a project that keeps what is given. */
export function describeSecretVersionsContract(
  name: string,
  open: (rows: VersionRows) => Promise<SecretVersions>,
): void {
  describe(`${name} keeps the contract of versions of secrets`, () => {
    const madeAt = (day: number): Date => new Date(Date.UTC(2026, 10, day));

    test('the newest usable one, by its number', async () => {
      const versions = await open({
        'groq-api-key': [
          { madeAt: madeAt(1), state: 'ENABLED' },
          { madeAt: madeAt(2), state: 'ENABLED' },
          { madeAt: madeAt(3), state: 'DISABLED' },
        ],
      });
      expect(await versions.newest('groq-api-key')).toEqual(ok({ number: 2, madeAt: madeAt(2) }));
    });

    test('numbers are no words: ten comes after nine', async () => {
      const versions = await open({
        'groq-api-key': Array.from({ length: 10 }, (_, index) => ({ madeAt: madeAt(index + 1), state: 'ENABLED' })),
      });
      expect(await versions.newest('groq-api-key')).toEqual(ok({ number: 10, madeAt: madeAt(10) }));
    });

    test('none where none is usable, and where nobody made the secret', async () => {
      const versions = await open({ empty: [], 'switched-off': [{ madeAt: madeAt(1), state: 'DISABLED' }] });
      for (const id of ['empty', 'switched-off', 'never-made'])
        expect(await versions.newest(id)).toEqual(ok(undefined));
    });
  });
}
