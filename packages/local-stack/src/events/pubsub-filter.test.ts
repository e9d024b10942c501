import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePubsubFilter } from './pubsub-filter.ts';

const passes = (filter: string, attributes: Record<string, string>): boolean => {
  const parsed = parsePubsubFilter(filter);
  if (!parsed.ok) throw new Error(parsed.error.detail);
  return parsed.value(attributes);
};

describe('a subscription filter', () => {
  test.each([
    ['attributes:kind', { kind: '' }, true],
    ['attributes:kind', {}, false],
    ['attributes.kind = "room"', { kind: 'room' }, true],
    ['attributes.kind = "room"', { kind: 'Room' }, false],
    ['attributes.kind != "room"', { kind: 'message' }, true],
    ['attributes.kind != "room"', {}, true],
    ['hasPrefix(attributes.kind, "ro")', { kind: 'room' }, true],
    ['hasPrefix(attributes.kind, "ro")', {}, false],
    ['NOT attributes:kind', {}, true],
    ['-attributes:kind', { kind: 'room' }, false],
    ['attributes."a key" = "x"', { 'a key': 'x' }, true],
    ['attributes.ce-type = "x"', { 'ce-type': 'x' }, true],
    ['attributes:a AND attributes:b AND attributes:c', { a: '', b: '', c: '' }, true],
    ['attributes:a AND attributes:b', { a: '' }, false],
    ['attributes:a OR attributes:b', { b: '' }, true],
    ['attributes:a AND (attributes:b OR NOT attributes:c)', { a: '' }, true],
    ['attributes:a AND NOT (attributes:b OR attributes:c)', { a: '', c: '' }, false],
    ['attributes:constructor', {}, false],
  ])('%s on %j is %s', (filter, attributes, expected) => {
    expect(passes(filter, attributes)).toBe(expected);
  });

  test.each([
    '',
    'attributes.a = "x" AND attributes:b OR attributes:c',
    'attributes.a == "x"',
    'attributes.a = x',
    'attributes.a = "x',
    'data = "x"',
    '(attributes:a',
    'attributes:a attributes:b',
    'hasSuffix(attributes.a, "x")',
    'attributes.a = "x" and attributes:b',
    `attributes.a = "${'x'.repeat(256)}"`,
  ])('%j is refused with a reason', filter => {
    const parsed = parsePubsubFilter(filter);
    expect(parsed.ok).toBe(false);
    expect(!parsed.ok && parsed.error.detail).toMatch(/\S/u);
  });

  test('any value can be asked for by its quoted form', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (value, other) => {
        const quoted = `"${value.replaceAll(/["\\]/gu, String.raw`\$&`)}"`;
        expect(passes(`attributes.key = ${quoted}`, { key: value })).toBe(true);
        expect(passes(`attributes.key = ${quoted}`, { key: other })).toBe(value === other);
      }),
    );
  });

  test('no text makes the parser throw', () => {
    const fragments = fc.constantFrom(
      'attributes',
      ':',
      '.',
      'a',
      '=',
      '!=',
      '"x"',
      'AND',
      'OR',
      'NOT',
      '-',
      '(',
      ')',
      ' ',
      '\\',
      '"',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fragments).map(parts => parts.join(' ')),
        ),
        text => {
          expect(typeof parsePubsubFilter(text).ok).toBe('boolean');
        },
      ),
    );
  });
});
