import { describe, expect, it } from 'vitest';
import { type DocumentFields, DocumentReference, GeoPoint, Timestamp, versionOf } from '../ports/document-store.ts';
import { kindOf, must, type OpenCollection } from './document-store-fixture.ts';

/** Part of the `DocumentStore` contract: values, writes, preconditions, transforms. */
export function documentWritesContract(openCollection: OpenCollection): void {
  describe('reading', () => {
    it('answers in the order asked, with a gap where there is no document, and twice what is asked twice', async () => {
      const { store, path, seed } = openCollection();
      await seed({ a: { n: 1 }, b: { n: 2 } });
      const found = must(await store.getAll([path('b'), path('none'), path('a'), path('b')]));
      expect(found.map(document => document?.fields)).toEqual([{ n: 2 }, undefined, { n: 1 }, { n: 2 }]);
      expect(found.map(document => document?.path)).toEqual([path('b'), undefined, path('a'), path('b')]);
    });

    it('answers nothing when nothing is asked', async () => {
      expect(must(await openCollection().store.getAll([]))).toEqual([]);
    });

    it('keeps every type of value', async () => {
      const { read, seed } = openCollection();
      const fields: DocumentFields = {
        nothing: null,
        yes: true,
        whole: 42,
        beyond: 9_007_199_254_740_993n,
        least: -9_223_372_036_854_775_808n,
        double: 0.1,
        minusZero: -0,
        none: Number.NaN,
        most: Number.POSITIVE_INFINITY,
        fewest: Number.NEGATIVE_INFINITY,
        text: 'Straße 🏡 \u0000',
        when: new Timestamp(1_795_259_000_123_456n),
        beforeEpoch: new Timestamp(-1n),
        bytes: Uint8Array.from([0, 127, 128, 255]),
        where: new GeoPoint(-33.865, 151.209),
        other: new DocumentReference('records/guesty:listing:1'),
        list: [1, 'two', { three: [] }],
        map: { 'a.b': { 'c d': '`' }, empty: {} },
        'field `with\\ marks.': 1,
      };
      await seed({ a: fields });
      expect((await read('a'))?.fields).toEqual(fields);
    });

    it('takes document ids with colons, percent signs and letters of any script', async () => {
      const { read, seed } = openCollection();
      await seed({ 'guesty:listing:ä%2F 家': { n: 1 } });
      expect((await read('guesty:listing:ä%2F 家'))?.fields).toEqual({ n: 1 });
    });
  });

  describe('writing', () => {
    it('replaces the whole document on set', async () => {
      const { read, seed } = openCollection();
      await seed({ a: { n: 1, old: true } });
      await seed({ a: { n: 2 } });
      expect((await read('a'))?.fields).toEqual({ n: 2 });
    });

    it('replaces only the named top-level fields on merge, and creates what is not there', async () => {
      const { store, path, read, seed } = openCollection();
      await seed({ a: { kept: 1, map: { x: 1, y: 2 } } });
      must(await store.commit([{ op: 'merge', path: path('a'), fields: { map: { z: 3 }, 'odd.name': 1 } }]));
      must(await store.commit([{ op: 'merge', path: path('b'), fields: { n: 1 } }]));
      expect((await read('a'))?.fields).toEqual({ kept: 1, map: { z: 3 }, 'odd.name': 1 });
      expect((await read('b'))?.fields).toEqual({ n: 1 });
    });

    it('deletes, and deleting what is not there is fine', async () => {
      const { store, path, read, seed } = openCollection();
      await seed({ a: { n: 1 } });
      const receipt = must(
        await store.commit([
          { op: 'delete', path: path('a') },
          { op: 'delete', path: path('none') },
        ]),
      );
      expect(receipt.updateTimes).toEqual([undefined, undefined]);
      expect(await read('a')).toBeUndefined();
    });

    it('raises the update time with every effective write and keeps it when nothing changed', async () => {
      const { store, set, read } = openCollection();
      const commit = async (n: number) => must(await store.commit([set('a', { n })])).updateTimes[0];
      const first = await commit(1);
      const same = await commit(1);
      const second = await commit(2);
      expect(same).toEqual(first);
      expect(second?.epochMicros).toBeGreaterThan(first?.epochMicros ?? 0n);
      const stored = await read('a');
      expect(stored?.updateTime).toEqual(second);
      expect(stored?.createTime).toEqual(first);
      expect(stored === undefined ? 0 : versionOf(stored)).toBe(Number(second?.epochMicros));
    });

    it('writes all or nothing', async () => {
      const { store, path, set, read } = openCollection();
      const result = await store.commit([
        set('a', { n: 1 }),
        { op: 'delete', path: path('none'), precondition: { exists: true } },
      ]);
      expect(kindOf(result)).toBe('precondition_failed');
      expect(await read('a')).toBeUndefined();
    });

    it('applies several writes of one commit to the same document in order', async () => {
      const { store, path, set, read } = openCollection();
      must(
        await store.commit([
          set('a', { n: 1 }),
          { op: 'merge', path: path('a'), fields: { m: 2 }, precondition: { exists: true } },
        ]),
      );
      expect((await read('a'))?.fields).toEqual({ n: 1, m: 2 });
    });
  });

  describe('preconditions', () => {
    const wrongTime = new Timestamp(1_577_836_800_000_000n);

    it.each(['set', 'merge'] as const)('lets %s create only where nothing is', async op => {
      const { store, path, read } = openCollection();
      const create = (n: number) =>
        store.commit([{ op, path: path('a'), fields: { n }, precondition: { exists: false } }]);
      must(await create(1));
      expect(kindOf(await create(2))).toBe('precondition_failed');
      expect((await read('a'))?.fields).toEqual({ n: 1 });
    });

    it.each(['set', 'merge', 'delete'] as const)('lets %s touch only what exists', async op => {
      const { store, path, seed } = openCollection();
      const write = (id: string) => {
        const precondition = { exists: true };
        return store.commit([
          op === 'delete'
            ? { op, path: path(id), precondition }
            : { op, path: path(id), fields: { n: 2 }, precondition },
        ]);
      };
      await seed({ a: { n: 1 } });
      expect(kindOf(await write('none'))).toBe('precondition_failed');
      must(await write('a'));
    });

    it.each(['set', 'merge', 'delete'] as const)('lets %s through only at the update time it names', async op => {
      const { store, path, read, seed } = openCollection();
      const write = (updateTime: Timestamp) => {
        const precondition = { updateTime };
        return store.commit([
          op === 'delete'
            ? { op, path: path('a'), precondition }
            : { op, path: path('a'), fields: { n: 2 }, precondition },
        ]);
      };
      expect(kindOf(await write(wrongTime))).toBe('precondition_failed');
      await seed({ a: { n: 1, other: true } });
      const before = await read('a');
      expect(kindOf(await write(wrongTime))).toBe('precondition_failed');
      expect(await read('a')).toEqual(before);

      const receipt = must(await write(before?.updateTime ?? wrongTime));
      const after = await read('a');
      expect(after?.updateTime).toEqual(receipt.updateTimes[0]);
      expect(after?.fields).toEqual({ set: { n: 2 }, merge: { n: 2, other: true }, delete: undefined }[op]);
      expect(kindOf(await write(before?.updateTime ?? wrongTime))).toBe('precondition_failed');
    });
  });

  describe('transforms', () => {
    it('counts, keeps the larger and the smaller, and starts from nothing', async () => {
      const { store, path, read, seed } = openCollection();
      await seed({ a: { count: 1, top: 5, low: 5, text: 'x' } });
      must(
        await store.commit([
          {
            op: 'merge',
            path: path('a'),
            fields: { text: 'y' },
            transforms: [
              { field: 'count', increment: 2 },
              { field: 'top', maximum: 7 },
              { field: 'low', minimum: 7 },
              { field: 'fresh', increment: 0.5 },
              { field: 'nested.first', maximum: 3 },
            ],
          },
        ]),
      );
      expect((await read('a'))?.fields).toEqual({
        count: 3,
        top: 7,
        low: 5,
        text: 'y',
        fresh: 0.5,
        nested: { first: 3 },
      });
    });

    it('adds to and takes from lists', async () => {
      const { store, path, read, seed } = openCollection();
      await seed({ a: { tags: ['x', 'y'], old: [1, 2, 1] } });
      must(
        await store.commit([
          {
            op: 'merge',
            path: path('a'),
            fields: {},
            transforms: [
              { field: 'tags', arrayUnion: ['y', 'z', 'z', { k: 1 }] },
              { field: 'old', arrayRemove: [1] },
            ],
          },
        ]),
      );
      expect((await read('a'))?.fields).toEqual({ tags: ['x', 'y', 'z', { k: 1 }], old: [2] });
    });

    it('applies transforms to the document as the same write leaves it', async () => {
      const { store, path, read, seed } = openCollection();
      await seed({ a: { count: 10, gone: true } });
      must(
        await store.commit([
          { op: 'set', path: path('a'), fields: { kept: 1 }, transforms: [{ field: 'count', increment: 1 }] },
        ]),
      );
      expect((await read('a'))?.fields).toEqual({ kept: 1, count: 1 });
    });

    it('stamps the server’s time', async () => {
      const { store, path, read } = openCollection();
      must(
        await store.commit([
          { op: 'set', path: path('a'), fields: {}, transforms: [{ field: 'at', serverTimestamp: true }] },
        ]),
      );
      const stored = await read('a');
      const at = stored?.fields['at'];
      const apartMicros = at instanceof Timestamp ? (stored?.updateTime.epochMicros ?? 0n) - at.epochMicros : undefined;
      expect(apartMicros).toBeGreaterThanOrEqual(0n);
      expect(apartMicros).toBeLessThan(60_000_000n);
    });

    it('holds transforms back when the precondition fails', async () => {
      const { store, path, read, seed } = openCollection();
      await seed({ a: { count: 1 } });
      const result = await store.commit([
        {
          op: 'merge',
          path: path('a'),
          fields: {},
          precondition: { exists: false },
          transforms: [{ field: 'count', increment: 1 }],
        },
      ]);
      expect(kindOf(result)).toBe('precondition_failed');
      expect((await read('a'))?.fields).toEqual({ count: 1 });
    });
  });
}
