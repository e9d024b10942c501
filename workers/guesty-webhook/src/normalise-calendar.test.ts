import { expect, test } from 'vitest';
import { blockReason } from './normalise-calendar.ts';

const day = (blocks: object | null, blockRefs: object[] = []) => blockReason({ date: '2026-12-01', blocks, blockRefs });

test.each([
  ['an owner’s stay', { o: true, r: true }, 'owner'],
  ['a block by hand', { m: true }, 'other'],
  ['a day closed by default', { bd: true }, 'other'],
  ['another calendar’s entry', { ic: true }, 'other'],
  ['a night of a booking', { b: true }, undefined],
  ['a night of a booking on a day that was blocked', { m: true, b: true }, undefined],
  ['a reserved night', { r: true }, undefined],
  ['an open day', { m: false }, undefined],
  ['a day without a word', null, undefined],
])('%s', (_what, blocks, reason) => {
  expect(day(blocks)).toBe(reason);
});

test.each([
  [{ reason: 'Boiler repair' }, 'maintenance'],
  [{ note: 'renovation of the bathroom' }, 'maintenance'],
  [{ type: 'Maintenance' }, 'maintenance'],
  [{ note: 'friends stay over' }, 'other'],
])('a block by hand that says %j', (blockRef, reason) => {
  expect(day({ m: true }, [blockRef])).toBe(reason);
  expect(day({ bd: true }, [blockRef])).toBe('other');
});
