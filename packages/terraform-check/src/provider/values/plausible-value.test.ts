import { expect, test } from 'vitest';
import type { Attribute, AttributeType } from '../../schema/provider-schema.ts';
import { readSchemas } from '../../schema/read-schemas.ts';
import { fillComputed } from './plausible-value.ts';
import { isListValue, isObjectValue, type Value } from './value.ts';

test.each([
  ['number', /^\d+$/u],
  ['hex', /^[0-9a-f]{32}$/u],
  ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/u],
  ['path', /^projects\/example\/x\/[0-9a-f]{8}$/u],
] as const)('an id of the form %s looks like one', (ids, form) => {
  const block = { attributes: { id: { type: 'string', computed: true } }, block_types: {} } as const;
  expect(fillComputed(block, { id: null }, { type: 'x', configuration: '', ids }).id).toMatch(form);
});

const DATA_SOURCES = readSchemas().flatMap(schema => Object.entries(schema.dataSources));

test.each(DATA_SOURCES)('%s: what is filled in has the schema’s types', (type, { block }) => {
  const filled = fillComputed(block, {}, { type, configuration: '', ids: 'hex' });
  const wrong = Object.entries(block.attributes).filter(([name, attribute]) => !fits(attribute, filled[name] ?? null));
  expect(wrong.map(([name]) => name)).toEqual([]);
});

function fits({ type, nested_type: nested, computed }: Attribute, value: Value): boolean {
  if (value === null) return computed !== true || type === 'dynamic';
  if (nested === undefined) return fitsType(type ?? 'dynamic', value);
  const objects = nested.nesting_mode === 'single' ? [value] : isListValue(value) ? value : [];
  if (nested.nesting_mode === 'map') return isObjectValue(value);
  return objects.every(
    object =>
      isObjectValue(object) &&
      Object.entries(nested.attributes).every(([name, field]) =>
        fits({ ...field, computed: false }, object[name] ?? null),
      ),
  );
}

function fitsType(type: AttributeType, value: Value): boolean {
  if (type === 'string') return typeof value === 'string';
  if (type === 'number') return typeof value === 'number';
  if (type === 'bool') return typeof value === 'boolean';
  if (type === 'dynamic') return true;
  if (type[0] === 'map') return isObjectValue(value) && Object.values(value).every(item => fitsType(type[1], item));
  if (type[0] === 'object') {
    return (
      isObjectValue(value) && Object.entries(type[1]).every(([name, field]) => fitsType(field, value[name] ?? null))
    );
  }
  if (type[0] === 'tuple') return isListValue(value) && value.length === type[1].length;
  return isListValue(value) && value.every(item => fitsType(type[1], item));
}
