import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pointId } from './point-id.ts';

describe('pointId', () => {
  it('never changes: stored points are found by it', () => {
    expect(pointId('guesty:reservation:r1', 0)).toBe('e61f7d7c-47b6-5725-a241-7fdb113a35b8');
    expect(pointId('guesty:reservation:r1', 1)).toBe('aaa77b77-4d84-574e-b320-ca61ef01307a');
  });

  it('is a UUID that differs by document and by chunk', () => {
    const chunk = fc.nat({ max: 99 });
    fc.assert(
      fc.property(fc.string(), chunk, fc.string(), chunk, (docA, chunkA, docB, chunkB) => {
        const [a, b] = [pointId(docA, chunkA), pointId(docB, chunkB)];
        expect(a).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
        return (a === b) === (docA === docB && chunkA === chunkB);
      }),
    );
  });
});
