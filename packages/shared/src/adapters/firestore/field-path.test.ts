import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldName, fieldPath } from './field-path.ts';

describe('a field path', () => {
  it.each([
    ['listingId', 'listingId'],
    ['facts.stay.checkIn', 'facts.stay.checkIn'],
    ['facts.check-in', 'facts.`check-in`'],
    ['1st', '`1st`'],
  ])('writes %s as %s', (dotted, path) => {
    expect(fieldPath(dotted)).toBe(path);
  });

  it('keeps dots of a name inside one segment', () => {
    expect(fieldName('a.b')).toBe('`a.b`');
  });

  it('can be read back to any name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), name => {
        const written = fieldName(name);
        const inner = written.startsWith('`') ? written.slice(1, -1).replace(/\\(.)/gsu, '$1') : written;
        expect(inner).toBe(name);
        expect(written).toMatch(/^(?:[a-zA-Z_][a-zA-Z_0-9]*|`(?:[^`\\]|\\.)+`)$/su);
      }),
    );
  });
});
