import { describe, expect, it } from 'vitest';
import { type DocumentFields, GeoPoint, Timestamp } from '../ports/document-store.ts';
import { kindOf, must, type OpenCollection } from './document-store-fixture.ts';

/** Part of the `DocumentStore` contract: transactions, and what no write may carry. */
export function documentTransactionsContract(openCollection: OpenCollection): void {
  describe('transactions', () => {
    it('commits what was decided from what was read', async () => {
      const { store, path, read, seed } = openCollection();
      await seed({ a: { n: 1 } });
      const value = must(
        await store.transact([path('a'), path('none')], ([a, none]) => ({
          writes: [{ op: 'set', path: path('b'), fields: { seen: a?.fields['n'] ?? null, none: none === undefined } }],
          value: 'done',
        })),
      );
      expect(value).toBe('done');
      expect((await read('b'))?.fields).toEqual({ seen: 1, none: true });
    });

    it('loses no count when several raise the same number', async () => {
      const { store, path, read, seed } = openCollection();
      await seed({ a: { n: 0 } });
      const raise = () =>
        store.transact([path('a')], ([a]) => ({
          writes: [{ op: 'set', path: path('a'), fields: { n: Number(a?.fields['n']) + 1 } }],
          value: undefined,
        }));
      const results = await Promise.all([raise(), raise()]);
      const raised = results.filter(result => result.ok).length;
      expect(raised).toBeGreaterThan(0);
      expect(results.filter(result => !result.ok).map(kindOf)).toEqual(Array(2 - raised).fill('contention'));
      expect((await read('a'))?.fields).toEqual({ n: raised });
    });

    it('writes nothing when nothing was decided', async () => {
      const { store, path, read, seed } = openCollection();
      await seed({ a: { n: 1 } });
      const before = await read('a');
      expect(must(await store.transact([path('a')], () => ({ writes: [], value: 7 })))).toBe(7);
      expect(await read('a')).toEqual(before);
    });

    it('may decide without having read anything', async () => {
      const { store, set, read } = openCollection();
      expect(must(await store.transact([], () => ({ writes: [set('a', { n: 1 })], value: 1 })))).toBe(1);
      expect((await read('a'))?.fields).toEqual({ n: 1 });
    });

    it('answers a failed precondition without trying again', async () => {
      const { store, path } = openCollection();
      let decided = 0;
      const result = await store.transact([path('a')], () => {
        decided += 1;
        return {
          writes: [{ op: 'set', path: path('a'), fields: {}, precondition: { exists: true } }],
          value: undefined,
        };
      });
      expect(kindOf(result)).toBe('precondition_failed');
      expect(decided).toBe(1);
    });
  });

  describe('what Firestore never takes', () => {
    const nested = (levels: number): DocumentFields => (levels === 0 ? {} : { d: nested(levels - 1) });

    it.each([
      ['an integer beyond 64 bits', { n: 2n ** 63n }],
      ['a year that has five digits', { t: new Timestamp(253_402_300_800_000_000n) }],
      ['a place beyond the pole', { g: new GeoPoint(91, 0) }],
      ['half a character', { t: '\ud83c' }],
      ['a list in a list', { l: [[1]] }],
      ['a reserved name', { m: { __proto: { __x__: 1 } } }],
      ['a field without a name', { m: { '': 1 } }],
      ['21 levels', { d: nested(20) }],
      ['more than a mebibyte', { t: 'x'.repeat(1_048_576) }],
    ] as const satisfies readonly (readonly [string, DocumentFields])[])('is refused: %s', async (_name, fields) => {
      const { store, set, path, read } = openCollection();
      expect(kindOf(await store.commit([set('a', fields)]))).toBe('refused');
      const transacted = await store.transact([path('a')], () => ({ writes: [set('a', fields)], value: 1 }));
      expect(kindOf(transacted)).toBe('refused');
      expect(await read('a')).toBeUndefined();
    });

    it.each(['__x__', '.', '..'])('is refused: a document named %s', async id => {
      const { store, set } = openCollection();
      expect(kindOf(await store.commit([set(id, {})]))).toBe('refused');
    });

    it('but takes 20 levels', async () => {
      const { read, seed } = openCollection();
      await seed({ a: nested(20) });
      expect((await read('a'))?.fields).toEqual(nested(20));
    });
  });
}
