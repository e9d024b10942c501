import type { Attribute, Block, NestedBlock, Schema } from '../schema/provider-schema.ts';

/** A schema as the plugin protocol carries it. Pure. */
export function schemaToWire({ version, block }: Schema): object {
  return { version, block: blockToWire(block) };
}

function blockToWire(block: Block): object {
  return {
    attributes: attributesToWire(block.attributes),
    block_types: Object.entries(block.block_types).map(([name, nested]) => blockTypeToWire(name, nested)),
    deprecated: block.deprecated ?? false,
  };
}

function blockTypeToWire(name: string, { block, nesting_mode: nesting, min_items, max_items }: NestedBlock): object {
  return {
    type_name: name,
    block: blockToWire(block),
    nesting: nesting.toUpperCase(),
    min_items: min_items ?? 0,
    max_items: max_items ?? 0,
  };
}

const attributesToWire = (attributes: Readonly<Record<string, Attribute>>): object[] =>
  Object.entries(attributes).map(([name, { type, nested_type: nested, ...flags }]) => ({
    name,
    ...flags,
    ...(type === undefined ? {} : { type: Buffer.from(JSON.stringify(type)) }),
    ...(nested === undefined
      ? {}
      : {
          nested_type: {
            attributes: attributesToWire(nested.attributes),
            nesting: nested.nesting_mode.toUpperCase(),
          },
        }),
  }));
