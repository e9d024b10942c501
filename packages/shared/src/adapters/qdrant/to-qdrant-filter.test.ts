import { describe, expect, it } from 'vitest';
import { isUnconstrained, toQdrantFilter } from './to-qdrant-filter.ts';

describe('toQdrantFilter', () => {
  it('says every condition in Qdrant’s words', () => {
    expect(
      toQdrantFilter({
        must: [
          { field: 'kind', equals: 'reservation' },
          { field: 'missed', equals: true },
          { field: 'srcVersion', equals: 7 },
          { field: 'score', equals: 1.5 },
          { field: 'status', anyOf: ['confirmed', 'reserved'] },
          { field: 'checkInDate', range: { gte: '2026-11-21', lte: '2026-11-21' } },
          { nested: 'stays', filter: { must: [{ field: 'listingId', equals: 'l1' }] } },
        ],
        should: [{ filter: { mustNot: [{ field: 'roomId', isEmpty: true }] } }],
      }),
    ).toEqual({
      must: [
        { key: 'kind', match: { value: 'reservation' } },
        { key: 'missed', match: { value: true } },
        { key: 'srcVersion', match: { value: 7 } },
        { key: 'score', range: { gte: 1.5, lte: 1.5 } },
        { key: 'status', match: { any: ['confirmed', 'reserved'] } },
        { key: 'checkInDate', range: { gte: '2026-11-21', lte: '2026-11-21' } },
        { nested: { key: 'stays', filter: { must: [{ key: 'listingId', match: { value: 'l1' } }] } } },
      ],
      should: [{ must_not: [{ is_empty: { key: 'roomId' } }] }],
    });
  });

  it('leaves out lists without a condition', () => {
    expect(toQdrantFilter({ must: [], should: [], mustNot: [] })).toEqual({});
  });
});

describe('isUnconstrained', () => {
  it('knows a filter that would hit everything', () => {
    expect(isUnconstrained({})).toBe(true);
    expect(isUnconstrained({ must: [], should: [] })).toBe(true);
    expect(isUnconstrained({ mustNot: [{ field: 'kind', equals: 'task' }] })).toBe(false);
  });
});
