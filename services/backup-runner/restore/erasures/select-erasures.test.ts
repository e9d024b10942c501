import type { ErasureOrder, MongodbEffect } from '@innkeeper/shared/contracts/backup/erasure-order';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldEffects } from './fold-effects.ts';
import { allCollectionsOf, onlyCollection, selectErasures } from './select-erasures.ts';

const order = (erasedAt: string, ...effects: ErasureOrder['effects']): ErasureOrder => ({
  v: 1,
  orderId: erasedAt,
  erasedAt,
  obsoleteAfter: '2099-01-01T00:00:00Z',
  effects,
});
const message = (id: string, change: Pick<MongodbEffect, 'set' | 'unset'> = {}): MongodbEffect => ({
  store: 'mongodb',
  collection: 'rocketchat_message',
  id,
  ...change,
});
const file = (path: string) => ({ store: 'files', path }) as const;
const takenAt = new Date('2026-11-20T02:30:00Z');
const everywhere = { collection: allCollectionsOf('rocketchat'), filerPaths: ['/'], firestore: true };

describe('erasures that a restore must repeat', () => {
  it('are those newer than the snapshot, with room for clocks that differ', () => {
    const pending = [
      order('2026-11-19T12:00:00Z', message('long before')),
      order('2026-11-20T02:20:00Z', message('a little before')),
      order('2026-11-20T12:00:00Z', message('after')),
    ];
    const selected = selectErasures(pending, takenAt, everywhere);
    expect([selected.orders, selected.mongodb.map(({ id }) => id)]).toEqual([2, ['a little before', 'after']]);
  });

  it('follow one collection to its new name and leave the others', () => {
    const rooms = { store: 'mongodb', collection: 'rocketchat_room', id: 'r' } as const;
    const from = { database: 'rocketchat', collection: 'rocketchat_message' };
    const as = { database: 'check', collection: 'messages' };
    const selected = selectErasures([order('2026-11-21T00:00:00Z', message('m'), rooms)], takenAt, {
      collection: onlyCollection('rocketchat', from, as),
      filerPaths: [],
      firestore: false,
    });
    expect(selected.mongodb).toEqual([{ ...message('m'), namespace: as }]);
  });

  it('touch what was restored, whichever of the two is the folder of the other', () => {
    const pending = [order('2026-11-21T00:00:00Z', file('/b/guest/a.jpg'), file('/b'), file('/bb'), file('/c/x'))];
    const selected = selectErasures(pending, takenAt, { ...everywhere, filerPaths: ['/b/guest'] });
    expect(selected.files.map(({ path }) => path)).toEqual(['/b/guest/a.jpg', '/b']);
  });
});

describe('several erasures of one place', () => {
  const fold = (...effects: MongodbEffect[]) => foldEffects(effects, ({ id }) => id);

  it('become one: the newer decides about a field, and what is gone stays gone', () => {
    expect(
      fold(message('m', { set: { a: 1, b: 1 }, unset: ['c'] }), message('m', { set: { c: 2 }, unset: ['b'] })),
    ).toEqual([message('m', { set: { a: 1, c: 2 }, unset: ['b'] })]);
    expect(fold(message('m'), message('m', { set: { a: 1 } }))).toEqual([message('m')]);
    expect(fold(message('m', { set: { a: 1 } }), message('m'))).toEqual([message('m')]);
  });

  it('never ask for a field and for a part of it, and rather erase more', () => {
    expect(fold(message('m', { set: { 'u.name': 'x' } }), message('m', { unset: ['u'] }))).toEqual([
      message('m', { unset: ['u'] }),
    ]);
    expect(fold(message('m', { unset: ['u'] }), message('m', { set: { 'u.name': 'x' } }))).toEqual([
      message('m', { unset: ['u'] }),
    ]);
  });

  it('have the same effect as one after the other', () => {
    const field = fc.constantFrom('a', 'b', 'c');
    const change = fc.record(
      { set: fc.dictionary(field, fc.integer(), { minKeys: 1 }), unset: fc.uniqueArray(field, { minLength: 1 }) },
      { requiredKeys: [] },
    );
    type Change = { set?: Record<string, number>; unset?: string[] };
    const apply = (document: Record<string, number> | undefined, { set, unset }: Change) => {
      if (document === undefined || (set === undefined && unset === undefined)) return undefined;
      const kept = Object.entries({ ...document, ...set }).filter(
        ([name]) => unset?.includes(name) !== true || (set !== undefined && name in set),
      );
      return Object.fromEntries(kept);
    };
    // The contract refuses an order that sets and unsets one field.
    const consistent = change.filter(({ set, unset }) => !(unset ?? []).some(name => name in (set ?? {})));
    fc.assert(
      fc.property(fc.array(consistent, { minLength: 1, maxLength: 5 }), changes => {
        const start = { a: -1, b: -2, c: -3 };
        const one = changes.reduce<Record<string, number> | undefined>(
          (document, next) => apply(document, next),
          start,
        );
        const [folded] = foldEffects<Change>(changes, () => 'm');
        expect(folded === undefined ? undefined : apply(start, folded)).toEqual(one);
      }),
    );
  });
});
