import * as z from 'zod';

/**
 * The shape of a provider's schema, as `terraform providers schema -json` prints it, without prose. Pure.
 */
export type AttributeType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', AttributeType]
  | readonly ['object', Readonly<Record<string, AttributeType>>]
  | readonly ['tuple', readonly AttributeType[]];

const AttributeType: z.ZodType<AttributeType> = z.lazy(() =>
  z.union([
    z.enum(['string', 'number', 'bool', 'dynamic']),
    z.tuple([z.enum(['list', 'set', 'map']), AttributeType]),
    z.tuple([z.literal('object'), z.record(z.string(), AttributeType)]),
    z.tuple([z.literal('tuple'), z.array(AttributeType)]),
  ]),
);

const flags = {
  required: z.boolean().optional(),
  optional: z.boolean().optional(),
  computed: z.boolean().optional(),
  sensitive: z.boolean().optional(),
  deprecated: z.boolean().optional(),
  write_only: z.boolean().optional(),
};

/** Has `type`, or `nested_type` where its fields have flags of their own. */
export interface Attribute extends z.infer<z.ZodObject<typeof flags>> {
  readonly type?: AttributeType | undefined;
  readonly nested_type?: NestedType | undefined;
}

export interface NestedType {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly nesting_mode: 'single' | 'list' | 'set' | 'map';
}

const Attribute: z.ZodType<Attribute> = z.lazy(() =>
  z.strictObject({
    ...flags,
    type: AttributeType.optional(),
    nested_type: z
      .strictObject({
        // Absent where the object has no fields, as in `everyone = {}`.
        attributes: z.record(z.string(), Attribute).default({}),
        nesting_mode: z.enum(['single', 'list', 'set', 'map']),
      })
      .optional(),
  }),
);

export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly block_types: Readonly<Record<string, NestedBlock>>;
  readonly deprecated?: boolean | undefined;
}

export interface NestedBlock {
  readonly block: Block;
  readonly nesting_mode: 'single' | 'group' | 'list' | 'set' | 'map';
  readonly min_items?: number | undefined;
  readonly max_items?: number | undefined;
}

const Block: z.ZodType<Block> = z.lazy(() =>
  z.strictObject({
    attributes: z.record(z.string(), Attribute).default({}),
    block_types: z
      .record(
        z.string(),
        z.strictObject({
          block: Block,
          nesting_mode: z.enum(['single', 'group', 'list', 'set', 'map']),
          min_items: z.number().optional(),
          max_items: z.number().optional(),
        }),
      )
      .default({}),
    deprecated: z.boolean().optional(),
  }),
);

const Schema = z.strictObject({ version: z.number(), block: Block });
export type Schema = z.infer<typeof Schema>;

/** One file of `schemas/`: a provider at one version, with the types this repository uses. */
export const ProviderSchema = z.strictObject({
  source: z.strictObject({
    /** As in `required_providers`, e.g. hashicorp/google. */
    provider: z.string(),
    version: z.string(),
    commit: z.string(),
    licence: z.string(),
    reducedBy: z.string(),
  }),
  provider: Schema,
  resources: z.record(z.string(), Schema),
  dataSources: z.record(z.string(), Schema),
});
export type ProviderSchema = z.infer<typeof ProviderSchema>;
