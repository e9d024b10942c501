import { expect, test } from 'vitest';
import { parsed } from '../testing/parsed.ts';
import { createHclParser } from './parse-hcl.ts';

const parse = await createHclParser();

test('blocks, labels, attributes and lines', () => {
  const { blocks } = parsed(
    parse('# first\nresource "a_b" "c" {\n  name = "n"\n  inner {\n    on = true\n  }\n}\n', 'main.tf'),
  );
  expect(blocks).toMatchObject([
    {
      type: 'resource',
      labels: ['a_b', 'c'],
      line: 2,
      attributes: [{ name: 'name', line: 3, expression: { kind: 'literal', value: 'n' } }],
      blocks: [{ type: 'inner', line: 4, attributes: [{ name: 'on', expression: { kind: 'literal', value: true } }] }],
    },
  ]);
});

test.each([
  ['1.5', { kind: 'literal', value: 1.5 }],
  ['null', { kind: 'literal', value: null }],
  ['""', { kind: 'literal', value: '' }],
  ['(true)', { kind: 'literal', value: true }],
  ['var.a.b', { kind: 'reference', names: ['var', 'a', 'b'] }],
  ['var.a[0].b', { kind: 'other' }],
  ['"x${var.a}"', { kind: 'other' }],
  ['!var.a', { kind: 'other' }],
  [
    '[1, "a"]',
    {
      kind: 'list',
      items: [
        { kind: 'literal', value: 1 },
        { kind: 'literal', value: 'a' },
      ],
    },
  ],
  [
    'merge(var.a, {})',
    { kind: 'call', name: 'merge', parameters: [{ kind: 'reference' }, { kind: 'object', entries: [] }] },
  ],
  [
    'var.a ? { b = 1 } : null',
    { kind: 'conditional', branches: [{ kind: 'object' }, { kind: 'literal', value: null }] },
  ],
  ['[for x in var.a : { b = x } if x != ""]', { kind: 'for', value: { kind: 'object' } }],
  ['{ for k, v in var.a : k => { b = v } }', { kind: 'for', value: { kind: 'object' } }],
])('%s', (text, expected) => {
  const [attribute] = parsed(parse(`x = ${text}\n`, 'x.tf')).attributes;
  expect(attribute?.expression).toMatchObject(expected);
});

test('keys of an object: names, texts, and those that are computed', () => {
  const [attribute] = parsed(
    parse('x = {\n  a = 1\n  "b-c" : 2, (var.d) = 3\n  "${var.e}" = 4 # five\n}\n', 'x.tf'),
  ).attributes;
  expect(attribute?.expression).toMatchObject({
    kind: 'object',
    entries: [
      { key: 'a', line: 2 },
      { key: 'b-c', line: 3 },
      { key: undefined, line: 3 },
      { key: undefined, line: 4 },
    ],
  });
});

test('what is no HCL is refused with file and line', () => {
  expect(parse('resource "a" "b" {\n  name = \n}\n', 'modules/x/main.tf')).toEqual({
    ok: false,
    error: expect.stringMatching(/^modules\/x\/main\.tf:\d: this is no HCL$/u) as string,
  });
});
