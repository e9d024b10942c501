/** What every `OverflowStore` owes its callers; run against the fake and against R2. */
import { describe, expect, test } from 'vitest';
import type { OverflowStore } from '../ports/delivery-queue.ts';

export function describeOverflowStoreContract(name: string, store: () => OverflowStore): void {
  const fill = async (prefix: string, count: number): Promise<string[]> => {
    const keys = Array.from({ length: count }, (_none, index) => `${prefix}${String(index).padStart(3, '0')}.json`);
    for (const key of keys.toReversed()) await store().put(key, `{"key":"${key}"}`);
    return keys;
  };

  describe(`${name} keeps the overflow store contract`, () => {
    test('what was put can be read at once, byte for byte, and the last one counts', async () => {
      await store().put('read/a.json', '{"text":"Ünïcode 👋 \\u0000"}');
      expect(await store().get('read/a.json')).toEqual({ ok: true, value: '{"text":"Ünïcode 👋 \\u0000"}' });
      await store().put('read/a.json', '{}');
      expect(await store().get('read/a.json')).toEqual({ ok: true, value: '{}' });
      expect(await store().get('read/b.json')).toEqual({ ok: true, value: undefined });
    });

    test('what was deleted is gone, and deleting it again is no failure', async () => {
      await store().put('delete/a.json', '{}');
      for (const _again of [1, 2]) expect((await store().delete('delete/a.json')).ok).toBe(true);
      expect(await store().get('delete/a.json')).toEqual({ ok: true, value: undefined });
    });

    test('keys are listed by their beginning, in order, and the last page says so by having no cursor', async () => {
      const keys = await fill('list/guesty/', 5);
      await store().put('list/other/a.json', '{}');
      const first = await store().list('list/guesty/', { max: 3 });
      expect(first).toMatchObject({
        ok: true,
        value: { keys: keys.slice(0, 3), cursor: expect.any(String) as string },
      });
      const cursor = first.ok ? (first.value.cursor ?? '') : '';
      expect(await store().list('list/guesty/', { max: 3, cursor })).toEqual({
        ok: true,
        value: { keys: keys.slice(3) },
      });
      expect(await store().list('list/guesty/', { max: 5 })).toEqual({ ok: true, value: { keys } });
      expect(await store().list('list/nothing/', { max: 5 })).toEqual({ ok: true, value: { keys: [] } });
    });

    test('a cursor stays good when what was listed is deleted', async () => {
      const keys = await fill('sweep/', 4);
      const first = await store().list('sweep/', { max: 2 });
      for (const key of keys.slice(0, 2)) await store().delete(key);
      const cursor = first.ok ? (first.value.cursor ?? '') : '';
      expect(await store().list('sweep/', { max: 2, cursor })).toEqual({ ok: true, value: { keys: keys.slice(2) } });
    });
  });
}
