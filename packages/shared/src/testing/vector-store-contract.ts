/** What every `VectorWriter` owes its callers; run against the fake and against the adapter over a Qdrant. */
import { beforeEach, describe, expect, it } from 'vitest';
import { pointId } from '../adapters/qdrant/point-id.ts';
import type { PointPayload } from '../contracts/point-payload.ts';
import type { PointCondition, PointFilter, PointWrite, VectorWriter } from '../ports/vector-store.ts';
import { buildPayload } from './build-point.ts';

/** The store must compare vectors of this size. */
export const CONTRACT_DIMENSIONS = 4;

const MICROS = 1_763_700_000_000_000; // a present-day version, to show that such numbers survive the way

export function describeVectorStoreContract(name: string, emptyStore: () => Promise<VectorWriter>): void {
  describe(`${name} keeps the vector store contract`, () => {
    let store: VectorWriter;
    beforeEach(async () => {
      store = await emptyStore();
    });

    const write = async (...points: PointWrite[]): Promise<void> => {
      expect(await store.upsert(points)).toEqual({ ok: true, value: undefined });
    };
    const find = async (filter: PointFilter): Promise<PointPayload[]> => {
      const found = await store.scrollAll(filter, { maxPoints: 1000 });
      if (!found.ok) throw new Error(found.error.detail);
      return found.value;
    };
    const keysOf = async (...must: PointCondition[]): Promise<string[]> =>
      (await find({ must })).map(({ docKey }) => docKey).sort();

    it('gives back whole payloads', async () => {
      const payload = buildPayload({
        srcVersion: MICROS,
        title: 'Müller at Garden Studio',
        text: 'Anna Müller, late arrival',
        listingIds: ['l1'],
        stays: [{ listingId: 'l1', checkInDate: '2026-11-21', checkOutDate: '2026-11-24' }],
        missed: false,
      });
      await write({ id: pointId(payload.docKey, 0), payload });
      expect(await find({ must: [{ field: 'docKey', equals: payload.docKey }] })).toEqual([payload]);
    });

    it('reads to the end, and says so when the end is too far', async () => {
      await write(...Array.from({ length: 300 }, (_, at) => point({ docKey: `guesty:task:${at}`, kind: 'task' })));
      expect(await keysOf({ field: 'kind', equals: 'task' })).toHaveLength(300);
      expect(await store.scrollAll({}, { maxPoints: 300 })).toMatchObject({ ok: true });
      expect(await store.scrollAll({}, { maxPoints: 299 })).toMatchObject({ ok: false, error: { kind: 'too_many' } });
    });

    it('replaces a point by the same or a newer version, never by an older one', async () => {
      await write(point({ docKey: 'a', srcVersion: MICROS + 1, title: 'second' }));
      await write(point({ docKey: 'a', srcVersion: MICROS, title: 'first, late' }));
      expect((await find({}))[0]?.title).toBe('second');
      await write(point({ docKey: 'a', srcVersion: MICROS + 1, title: 'second again' }));
      expect((await find({}))[0]?.title).toBe('second again');
      await write(point({ docKey: 'a', srcVersion: MICROS + 2, title: 'third' }));
      expect((await find({})).map(({ title }) => title)).toEqual(['third']);
    });

    it('writes points of several documents and versions at once, each guarded by its own version', async () => {
      await write(
        point({ docKey: 'a', srcVersion: 5, title: 'old a' }),
        point({ docKey: 'b', srcVersion: 1, title: 'old b' }),
      );
      await write(
        point({ docKey: 'a', srcVersion: 4, title: 'stale a' }),
        point({ docKey: 'b', srcVersion: 2, title: 'new b' }),
      );
      expect((await find({})).map(({ title }) => title).sort()).toEqual(['new b', 'old a']);
    });

    it('raises the version of a document, never lowers it, and keeps everything else', async () => {
      const payload = buildPayload({ docKey: 'a', srcVersion: 5, title: 'kept' });
      await write({ id: pointId('a', 0), payload, dense: [1, 0, 0, 0] });
      expect(await store.raiseVersion('a', 7)).toEqual({ ok: true, value: undefined });
      expect(await store.raiseVersion('a', 6)).toEqual({ ok: true, value: undefined });
      expect(await find({})).toEqual([{ ...payload, srcVersion: 7 }]);
      const found = await store.hybridSearch({ text: '', dense: [1, 0, 0, 0], filter: {}, limit: 1 });
      expect(found).toMatchObject({ ok: true, value: [{ payload: { docKey: 'a' } }] });
    });

    it('deletes what a filter finds and refuses a filter without a condition', async () => {
      await write(point({ docKey: 'a', chunk: 0, srcVersion: 2 }), point({ docKey: 'a', chunk: 1, srcVersion: 1 }));
      const stale: PointFilter = {
        must: [
          { field: 'docKey', equals: 'a' },
          { field: 'srcVersion', range: { lt: 2 } },
        ],
      };
      expect(await store.deleteWhere(stale)).toEqual({ ok: true, value: undefined });
      expect((await find({})).map(({ chunk }) => chunk)).toEqual([0]);
      expect(await store.deleteWhere({})).toMatchObject({ ok: false, error: { kind: 'refused' } });
      expect(await store.deleteWhere({ must: [], should: [] })).toMatchObject({ ok: false });
      expect(await find({})).toHaveLength(1);
    });

    it('filters by value, list, flag, emptiness, number and day', async () => {
      await write(
        point({
          docKey: 'a',
          status: 'confirmed',
          missed: true,
          checkInDate: '2026-11-21',
          guestNames: ['Anna', 'Ben'],
        }),
        point({ docKey: 'b', status: 'canceled', checkInDate: '2026-11-22', srcVersion: 9 }),
        point({ docKey: 'c', startsAt: '2026-11-21T18:30:00+02:00' }),
      );
      expect(await keysOf({ field: 'status', equals: 'confirmed' })).toEqual(['a']);
      expect(await keysOf({ field: 'status', anyOf: ['confirmed', 'canceled'] })).toEqual(['a', 'b']);
      expect(await keysOf({ field: 'status', anyOf: [] })).toEqual([]);
      expect(await keysOf({ field: 'guestNames', equals: 'Ben' })).toEqual(['a']);
      expect(await keysOf({ field: 'missed', equals: true })).toEqual(['a']);
      expect(await keysOf({ field: 'status', isEmpty: true })).toEqual(['c']);
      expect(await keysOf({ field: 'guestNames', isEmpty: true })).toEqual(['b', 'c']);
      expect(await keysOf({ field: 'srcVersion', range: { gte: 2, lt: 10 } })).toEqual(['b']);
      expect(await keysOf({ field: 'checkInDate', range: { gte: '2026-11-21', lte: '2026-11-21' } })).toEqual(['a']);
      expect(
        await keysOf({ field: 'startsAt', range: { gte: '2026-11-21T16:30:00Z', lt: '2026-11-21T16:31:00Z' } }),
      ).toEqual(['c']);
    });

    it('asks a nested filter of one and the same element', async () => {
      const stays = [
        { listingId: 'l1', checkInDate: '2026-11-21', checkOutDate: '2026-11-23' },
        { listingId: 'l2', checkInDate: '2026-11-23', checkOutDate: '2026-11-25' },
      ];
      await write(point({ docKey: 'a', stays }));
      const arriving = (listingId: string, day: string): PointCondition => ({
        nested: 'stays',
        filter: {
          must: [
            { field: 'listingId', equals: listingId },
            { field: 'checkInDate', range: { gte: day, lte: day } },
          ],
        },
      });
      expect(await keysOf(arriving('l1', '2026-11-21'))).toEqual(['a']);
      expect(await keysOf(arriving('l1', '2026-11-23'))).toEqual([]);
      expect(await keysOf({ field: 'stays[].listingId', equals: 'l2' })).toEqual(['a']);
    });

    it('joins conditions by all, any and none, nested to any depth', async () => {
      await write(
        point({ docKey: 'a', kind: 'call', roomId: 'r1' }),
        point({ docKey: 'b', kind: 'call', roomId: 'r2' }),
        point({ docKey: 'c', kind: 'task' }),
      );
      const inRooms: PointCondition = {
        filter: {
          should: [
            { field: 'roomId', equals: 'r1' },
            { field: 'roomId', isEmpty: true },
          ],
        },
      };
      expect(await keysOf(inRooms)).toEqual(['a', 'c']);
      const found = await find({ must: [inRooms], mustNot: [{ field: 'kind', equals: 'task' }] });
      expect(found.map(({ docKey }) => docKey)).toEqual(['a']);
    });

    it('finds by words, folding case and accents, the best chunk of each document', async () => {
      await write(
        point({ docKey: 'a', chunk: 0, chunks: 2, title: 'Booking', text: 'Anna Müller stays at the Garden Studio' }),
        point({ docKey: 'a', chunk: 1, chunks: 2, title: 'Booking', text: 'The studio has a stove' }),
        point({ docKey: 'b', title: 'Call', text: 'The heating in the Harbour Loft is broken' }),
      );
      const found = await store.hybridSearch({ text: 'muller STUDIO', filter: {}, limit: 6 });
      expect(found).toMatchObject({ ok: true, value: [{ payload: { docKey: 'a', chunk: 0 } }] });
      const none = await store.hybridSearch({ text: 'zebra', filter: {}, limit: 6 });
      expect(none).toEqual({ ok: true, value: [] });
    });

    it('joins words and meaning: what both lists know comes first', async () => {
      await write(
        { ...point({ docKey: 'both', text: 'heating broken' }), dense: [1, 0, 0, 0] },
        { ...point({ docKey: 'meaning', text: 'the radiator stays cold' }), dense: [0.9, 0.1, 0, 0] },
        point({ docKey: 'words', text: 'somebody wrote that the heating is fine again' }),
      );
      const found = await store.hybridSearch({ text: 'heating', dense: [1, 0, 0, 0], filter: {}, limit: 6 });
      if (!found.ok) throw new Error(found.error.detail);
      expect(found.value[0]?.payload.docKey).toBe('both');
      expect(found.value.map(({ payload }) => payload.docKey).sort()).toEqual(['both', 'meaning', 'words']);
      expect(found.value.map(({ score }) => score)).toEqual(
        found.value.map(({ score }) => score).toSorted((x, y) => y - x),
      );
    });

    it('searches only among what the filter allows, and gives no more than asked for', async () => {
      await write(...['a', 'b', 'c'].map(docKey => ({ ...point({ docKey, text: 'heating' }), dense: [1, 0, 0, 0] })), {
        ...point({ docKey: 'secret', text: 'heating', roomId: 'private' }),
        dense: [1, 0, 0, 0],
      });
      const query = { text: 'heating', dense: [1, 0, 0, 0] };
      const allowed = await store.hybridSearch({
        ...query,
        filter: { must: [{ field: 'roomId', isEmpty: true }] },
        limit: 6,
      });
      if (!allowed.ok) throw new Error(allowed.error.detail);
      expect(allowed.value.map(({ payload }) => payload.docKey).sort()).toEqual(['a', 'b', 'c']);
      const two = await store.hybridSearch({ ...query, filter: {}, limit: 2 });
      if (!two.ok) throw new Error(two.error.detail);
      expect(two.value).toHaveLength(2);
    });

    it('does not find a tombstone by words', async () => {
      await write(point({ docKey: 'a', text: 'heating' }));
      await write(point({ docKey: 'a', text: '', deleted: true, srcVersion: 2 }));
      expect(await store.hybridSearch({ text: 'heating', filter: {}, limit: 6 })).toEqual({ ok: true, value: [] });
      expect(await keysOf({ field: 'deleted', equals: true })).toEqual(['a']);
    });
  });
}

const point = (fields: Partial<PointPayload>): PointWrite => {
  const payload = buildPayload(fields);
  return { id: pointId(payload.docKey, payload.chunk), payload };
};
