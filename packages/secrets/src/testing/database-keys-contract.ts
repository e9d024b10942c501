/** What `DatabaseKeys` owe their callers; run in memory and against the stand-in of Qdrant Cloud. */
import { Secret } from '@innkeeper/shared/config/secret';
import { describe, expect, test } from 'vitest';
import type { DatabaseKeys } from '../ports/database-keys.ts';

export function describeDatabaseKeysContract(name: string, keys: () => DatabaseKeys): void {
  const make = async (access: 'read_only' | 'manage') => {
    const made = await keys().create({ name: `innkeeper-${access}`, access });
    if (!made.ok) throw new Error('the key could not be made');
    return made.value;
  };

  describe(`${name} keeps the contract of database keys`, () => {
    test.each(['read_only', 'manage'] as const)('a key for %s may do that and no more', async access => {
      expect(await keys().rightsOf((await make(access)).value)).toEqual({ ok: true, value: access });
    });

    test('a key is listed without its value, by which it can be known again', async () => {
      const { id, value } = await make('manage');
      const listed = await keys().list();
      const found = listed.ok ? listed.value.find(each => each.id === id) : undefined;
      expect(value.reveal().endsWith(found?.postfix ?? 'absent')).toBe(true);
      expect(JSON.stringify(listed)).not.toContain(value.reveal());
    });

    test('a deleted key may do nothing, and deleting it again is no failure', async () => {
      const { id, value } = await make('manage');
      for (const _again of [1, 2]) expect(await keys().delete(id)).toEqual({ ok: true, value: undefined });
      expect(await keys().rightsOf(value)).toEqual({ ok: true, value: 'nothing' });
      expect(await keys().rightsOf(new Secret('never made'))).toEqual({ ok: true, value: 'nothing' });
    });
  });
}
