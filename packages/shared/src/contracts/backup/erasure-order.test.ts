import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ErasureOrder } from './erasure-order.ts';

const onDisk: unknown = JSON.parse(readFileSync(path.join(import.meta.dirname, 'erasure-order.golden.json'), 'utf8'));
const stored = z.object({ orders: z.record(z.string(), z.unknown()) }).parse(onDisk).orders;
const orders = Object.values(stored).map(order => ErasureOrder.parse(order));

const withEffect = (effect: Readonly<Record<string, unknown>>): boolean =>
  ErasureOrder.safeParse({ ...orders[0], effects: [effect] }).success;

describe('an erasure order', () => {
  it('is read as it was written, with an example for each store', () => {
    expect(orders).toEqual(Object.values(stored));
    const stores = orders.flatMap(({ effects }) => effects.map(({ store }) => store));
    expect(new Set(stores)).toEqual(new Set(['mongodb', 'firestore', 'files']));
  });

  it('of a version that is not known is refused', () => {
    expect(orders.map(order => ErasureOrder.safeParse({ ...order, v: 2 }).success)).not.toContain(true);
  });

  it('without a single place is refused', () => {
    expect(ErasureOrder.safeParse({ ...orders[0], effects: [] }).success).toBe(false);
  });

  it.each(['/a/../../etc/passwd', 'a', '/', '/a/', '/a//b', '/./a', '/a\0b'])(
    'cannot lead out of the restored files: %j',
    file => {
      expect(withEffect({ store: 'files', path: file })).toBe(false);
    },
  );

  it('cannot ask for what MongoDB refuses: a field twice, or with a part of it', () => {
    const message = { store: 'mongodb', collection: 'rocketchat_message', id: 'x' };
    expect(withEffect({ ...message, set: { msg: '', u: null }, unset: ['md', 'us.er'] })).toBe(true);
    expect(withEffect({ ...message, set: { msg: '' }, unset: ['msg'] })).toBe(false);
    expect(withEffect({ ...message, set: { 'u.name': '' }, unset: ['u'] })).toBe(false);
    expect(withEffect({ ...message, set: { u: '', 'u.name': '' } })).toBe(false);
  });

  it('cannot change nothing, which would look like a removal', () => {
    expect(withEffect({ store: 'mongodb', collection: 'rocketchat_message', id: 'x', set: {} })).toBe(false);
    expect(withEffect({ store: 'firestore', path: 'records/x', set: {} })).toBe(false);
  });

  it.each(['$where', 'a.$b', '', 'a..b', '.a'])('cannot carry an operator as the name of a field: %j', field => {
    const message = { store: 'mongodb', collection: 'rocketchat_message', id: 'x' };
    expect(withEffect({ ...message, set: { [field]: '' } })).toBe(false);
    expect(withEffect({ ...message, unset: [field] })).toBe(false);
  });
});
