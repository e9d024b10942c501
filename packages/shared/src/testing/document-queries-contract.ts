import { describe, expect, it } from 'vitest';
import { type DocumentFields } from '../ports/document-store.ts';
import { must, type OpenCollection } from './document-store-fixture.ts';

/** Part of the `DocumentStore` contract: filters, orders, pages, selections. */
export function documentQueriesContract(openCollection: OpenCollection): void {
  describe('queries', () => {
    const homes: Readonly<Record<string, DocumentFields>> = {
      a: { name: 'Attic', beds: 2, tags: ['quiet', 'city'], facts: { zone: 'Europe/Berlin' } },
      b: { name: 'Barn', beds: 6, tags: ['garden'], facts: { zone: 'Europe/Lisbon' } },
      c: { name: 'Cabin', beds: 4, tags: [], facts: { zone: 'Europe/Berlin' } },
      d: { name: 'Dome', beds: null },
      e: { name: 'Étage', beds: 4 },
    };

    it.each([
      ['==', 4, ['c', 'e']],
      ['!=', 4, ['a', 'b']],
      ['<', 4, ['a']],
      ['<=', 4, ['a', 'c', 'e']],
      ['>', 2, ['c', 'e', 'b']],
      ['>=', 4, ['c', 'e', 'b']],
      ['in', [2, 6], ['a', 'b']],
      ['==', null, ['d']],
    ] as const)('finds numbers by %s %j', async (op, value, expected) => {
      const { ids, seed } = openCollection();
      await seed(homes);
      expect(await ids({ where: [{ field: 'beds', op, value }] })).toEqual(expected);
    });

    it('finds by a nested field, by a list’s element and by several filters at once', async () => {
      const { ids, seed } = openCollection();
      await seed(homes);
      expect(await ids({ where: [{ field: 'facts.zone', op: '==', value: 'Europe/Berlin' }] })).toEqual(['a', 'c']);
      expect(await ids({ where: [{ field: 'tags', op: 'array-contains', value: 'garden' }] })).toEqual(['b']);
      const both = [
        { field: 'facts.zone', op: '==', value: 'Europe/Berlin' },
        { field: 'beds', op: '==', value: 4 },
      ] as const;
      expect(await ids({ where: both })).toEqual(['c']);
    });

    it('orders by a field, then by document id, and leaves out documents without the field', async () => {
      const { ids, seed } = openCollection();
      await seed({ ...homes, f: { name: 'no beds at all' } });
      expect(await ids({ orderBy: [{ field: 'beds', direction: 'desc' }] })).toEqual(['b', 'e', 'c', 'a', 'd']);
      expect(await ids({ orderBy: [{ field: '__name__', direction: 'asc' }], limit: 2 })).toEqual(['a', 'b']);
    });

    it('reads page after page without losing or repeating a document', async () => {
      const { ids, seed } = openCollection();
      await seed(homes);
      const pages: string[][] = [];
      for (;;) {
        const last = pages.at(-1)?.at(-1);
        const page = await ids({
          orderBy: [{ field: '__name__', direction: 'asc' }],
          limit: 2,
          ...(last === undefined ? {} : { startAfter: [last] }),
        });
        if (page.length === 0) break;
        pages.push(page);
      }
      expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    });

    it('continues after a position of several order fields', async () => {
      const { ids, seed } = openCollection();
      await seed(homes);
      const orderBy = [
        { field: 'beds', direction: 'desc' },
        { field: '__name__', direction: 'asc' },
      ] as const;
      expect(await ids({ orderBy, startAfter: [4, 'c'] })).toEqual(['e', 'a', 'd']);
    });

    it('finds by document id', async () => {
      const { ids, seed } = openCollection();
      await seed(homes);
      expect(await ids({ where: [{ field: '__name__', op: '>', value: 'c' }] })).toEqual(['d', 'e']);
      expect(await ids({ where: [{ field: '__name__', op: 'in', value: ['b', 'd', 'z'] }] })).toEqual(['b', 'd']);
    });

    it('answers only the selected fields', async () => {
      const { store, collection, seed } = openCollection();
      await seed({ a: { n: 1, m: 2, 'odd.name': 3 } });
      const selected = must(await store.query({ collection, select: ['n', 'odd.name'] }));
      expect(selected.map(({ fields }) => fields)).toEqual([{ n: 1, 'odd.name': 3 }]);
      const none = must(await store.query({ collection, select: [] }));
      expect(none.map(({ fields }) => fields)).toEqual([{}]);
    });

    it('orders text by its bytes', async () => {
      const { ids, seed } = openCollection();
      await seed({ a: { t: '\u{ff5e}' }, b: { t: '\u{1f3e1}' }, c: { t: 'Z' }, d: { t: 'a' } });
      expect(await ids({ orderBy: [{ field: 't', direction: 'asc' }] })).toEqual(['c', 'd', 'a', 'b']);
    });
  });
}
