import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsed } from '../testing/parsed.ts';
import type { Expression } from './hcl.ts';
import { createHclParser } from './parse-hcl.ts';
import { parseValuesJson } from './parse-values-json.ts';

const parseHcl = await createHclParser();

/** Texts without what HCL and JSON escape in different ways. */
const text = fc.stringMatching(/^[a-zA-Z0-9 .:/_-]*$/u);
const { json } = fc.letrec<{ json: unknown }>(tie => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.nat(),
    text,
    fc.array(tie('json')),
    fc.dictionary(fc.stringMatching(/^[a-z][a-z_]*$/u), tie('json'), { noNullPrototype: true }),
  ),
}));

test('JSON is HCL, too: both readers agree on values, keys and lines', () => {
  fc.assert(
    fc.property(json, value => {
      const printed = JSON.stringify(value, undefined, 2);
      const [fromJson] = parsed(parseValuesJson(`{"x":\n${printed}}`, 'x.tfvars.json')).attributes;
      const [fromHcl] = parsed(parseHcl(`x = ${printed}\n`, 'x.tfvars')).attributes;
      expect(valueOf(fromHcl?.expression)).toEqual(value);
      expect(fromHcl?.expression).toEqual(shiftLines(fromJson?.expression));
    }),
  );
});

test('a line is that of the key', () => {
  const { attributes } = parsed(parseValuesJson('{\n  "a": 1,\n  "b": {\n    "c": true\n  }\n}', 'x.tfvars.json'));
  expect(attributes).toEqual([
    { name: 'a', line: 2, expression: { kind: 'literal', value: 1 } },
    {
      name: 'b',
      line: 3,
      expression: { kind: 'object', entries: [{ key: 'c', line: 4, value: { kind: 'literal', value: true } }] },
    },
  ]);
});

test('what is no object is refused with its file', () => {
  expect(parseValuesJson('[]', 'x.tfvars.json')).toEqual({
    ok: false,
    error: 'x.tfvars.json:1: this is no JSON object',
  });
});

function valueOf(expression: Expression | undefined): unknown {
  if (expression?.kind === 'literal') return expression.value;
  if (expression?.kind === 'list') return expression.items.map(valueOf);
  if (expression?.kind !== 'object') throw new Error(`${String(expression?.kind)} is no value`);
  return Object.fromEntries(expression.entries.map(({ key = '', value }) => [key, valueOf(value)]));
}

/** In JSON the value begins a line further down. */
function shiftLines(expression: Expression | undefined): Expression | undefined {
  if (expression?.kind === 'list') return { ...expression, items: expression.items.map(mapDefined) };
  if (expression?.kind !== 'object') return expression;
  return {
    ...expression,
    entries: expression.entries.map(({ key, line, value }) => ({ key, line: line - 1, value: mapDefined(value) })),
  };
}

const mapDefined = (expression: Expression): Expression => shiftLines(expression) ?? expression;
