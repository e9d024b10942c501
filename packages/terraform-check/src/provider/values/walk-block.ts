import type { Attribute, Block, NestedBlock } from '../../schema/provider-schema.ts';
import { isListValue, isObjectValue, type ObjectValue, Unknown, type Value } from './value.ts';

/**
 * Rebuilds a value along its schema: `change` is asked for every attribute, at every depth, and what it gives is gone
 * into where it has fields of its own. Pure.
 */
export type ChangeAttribute = (attribute: Attribute, value: Value, path: readonly (string | number)[]) => Value;

type Path = readonly (string | number)[];

export function walkBlock(block: Block, value: ObjectValue, change: ChangeAttribute, path: Path = []): ObjectValue {
  const attributes = walkAttributes(block.attributes, value, change, path);
  const blocks = Object.entries(block.block_types).map(([name, nested]): [string, Value] => [
    name,
    walkNested(
      value[name] ?? null,
      [...path, name],
      (item, at) => walkBlock(nested.block, item, change, at),
      nested.nesting_mode,
    ),
  ]);
  return { ...attributes, ...Object.fromEntries(blocks) };
}

function walkAttributes(
  attributes: Readonly<Record<string, Attribute>>,
  value: ObjectValue,
  change: ChangeAttribute,
  path: Path,
): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => {
      const changed = change(attribute, value[name] ?? null, [...path, name]);
      if (attribute.nested_type === undefined) return [name, changed];
      const { attributes: fields, nesting_mode: nesting } = attribute.nested_type;
      const walk = (item: ObjectValue, at: Path): ObjectValue => walkAttributes(fields, item, change, at);
      return [name, walkNested(changed, [...path, name], walk, nesting)];
    }),
  );
}

/** `single` is an object itself, `list` and `set` hold objects, `map` holds them by name. */
function walkNested(
  value: Value,
  path: Path,
  walk: (item: ObjectValue, path: Path) => ObjectValue,
  nesting: NestedBlock['nesting_mode'],
): Value {
  if (value === null || value instanceof Unknown) return value;
  if (isListValue(value)) {
    return value.map((item, index) => (isObjectValue(item) ? walk(item, [...path, index]) : item));
  }
  if (!isObjectValue(value)) return value;
  if (nesting !== 'map') return walk(value, path);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, isObjectValue(item) ? walk(item, [...path, key]) : item]),
  );
}
