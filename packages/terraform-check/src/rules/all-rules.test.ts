import { describe, expect, test } from 'vitest';
import { isListValue, isObjectValue, Unknown, type Value } from '../provider/values/value.ts';
import type { Attribute, Block, Schema } from '../schema/provider-schema.ts';
import { readSchemas } from '../schema/read-schemas.ts';
import { ALL_RULES } from './all-rules.ts';

const RESOURCES = new Map<string, Schema>(readSchemas().flatMap(schema => Object.entries(schema.resources)));

describe.each(ALL_RULES.map(rule => [rule.name, rule] as const))('%s', (_, rule) => {
  test('lets its sound example pass', () => {
    expect(rule.check(rule.examples.sound)).toEqual([]);
  });

  test('refuses its broken example by a sentence', () => {
    const problems = rule.check(rule.examples.broken);
    expect(problems).not.toEqual([]);
    for (const { summary, detail } of problems) {
      expect(summary).not.toBe('');
      expect(detail).toMatch(/\.$/u);
    }
  });

  test('is about a type in use and arguments the provider has', () => {
    const schema = RESOURCES.get(rule.type);
    expect(schema, `${rule.type} is in no schema: remove the rule`).toBeDefined();
    const { sound, broken } = rule.examples;
    const names = [sound, broken].flatMap(example => Object.entries(example));
    expect(names.flatMap(([name, value]) => unknownNames(schema?.block, name, value))).toEqual([]);
  });

  test('is not broken by what is not known yet', () => {
    const open = Object.keys(rule.examples.broken).map((name): [string, Value] => [name, Unknown.value]);
    expect(rule.check(Object.fromEntries(open))).toEqual([]);
  });
});

test('every rule has a name of its own', () => {
  const names = ALL_RULES.map(rule => rule.name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

/** Names of an example, dotted, that the schema does not have at that place. */
function unknownNames(block: Block | undefined, name: string, value: Value): string[] {
  const nested = block?.block_types[name]?.block;
  if (nested !== undefined) {
    return objectsOf(value).flatMap(([field, inner]) => unknownNames(nested, field, inner).map(at => `${name}.${at}`));
  }
  return unknownFields(block?.attributes[name], name, value);
}

function unknownFields(attribute: Attribute | undefined, name: string, value: Value): string[] {
  if (attribute === undefined) return [name];
  const fields = attribute.nested_type?.attributes;
  if (fields === undefined) return [];
  return objectsOf(value).flatMap(([field, inner]) =>
    unknownFields(fields[field], field, inner).map(at => `${name}.${at}`),
  );
}

const objectsOf = (value: Value): [string, Value][] =>
  (isListValue(value) ? value : [value]).flatMap(item => (isObjectValue(item) ? Object.entries(item) : []));
