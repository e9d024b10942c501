import type { Expression, HclBody } from '../hcl/hcl.ts';
import { blocksOf } from '../hcl/module.ts';
import type { Modules } from '../hcl/read-modules.ts';
import type { Attribute, Block, ProviderSchema } from './provider-schema.ts';

/** How much of a configuration is held against real schemas. Pure. */
export interface ArgumentCoverage {
  readonly providers: readonly string[];
  readonly resourceTypes: number;
  readonly dataSourceTypes: number;
  /** Attributes and blocks these types have. */
  readonly attributesKnown: number;
  /** Arguments, blocks and keys that are written in their resources. */
  readonly argumentsWritten: number;
}

export function countArguments(modules: Modules, schemas: readonly ProviderSchema[]): ArgumentCoverage {
  const written = [...modules.values()].flatMap(module =>
    (['resource', 'data'] as const).flatMap(kind => blocksOf(module, kind).map(({ found }) => ({ kind, found }))),
  );
  const used = (kind: 'resource' | 'data'): ReadonlySet<string> =>
    new Set(written.filter(block => block.kind === kind).map(({ found }) => found.labels[0] ?? ''));
  const resources = known(schemas, 'resources', used('resource'));
  const dataSources = known(schemas, 'dataSources', used('data'));
  return {
    providers: schemas.map(({ source }) => `${source.provider} ${source.version}`),
    resourceTypes: resources.length,
    dataSourceTypes: dataSources.length,
    attributesKnown: [...resources, ...dataSources].map(sizeOfBlock).reduce(sum, 0),
    argumentsWritten: written.map(({ found }) => sizeOfBody(found)).reduce(sum, 0),
  };
}

const sum = (a: number, b: number): number => a + b;

const known = (
  schemas: readonly ProviderSchema[],
  kind: 'resources' | 'dataSources',
  used: ReadonlySet<string>,
): readonly Block[] =>
  schemas.flatMap(schema =>
    Object.entries(schema[kind]).flatMap(([type, { block }]) => (used.has(type) ? [block] : [])),
  );

const sizeOfBlock = ({ attributes, block_types: blocks }: Block): number =>
  Object.values(attributes).map(sizeOfAttribute).reduce(sum, 0) +
  Object.values(blocks)
    .map(({ block }) => 1 + sizeOfBlock(block))
    .reduce(sum, 0);

const sizeOfAttribute = ({ nested_type: nested }: Attribute): number =>
  1 +
  Object.values(nested?.attributes ?? {})
    .map(sizeOfAttribute)
    .reduce(sum, 0);

const sizeOfBody = ({ attributes, blocks }: HclBody): number =>
  attributes.map(({ expression }) => 1 + sizeOfExpression(expression)).reduce(sum, 0) +
  blocks.map(block => 1 + sizeOfBody(block)).reduce(sum, 0);

function sizeOfExpression(expression: Expression): number {
  switch (expression.kind) {
    case 'object':
      return expression.entries.map(({ value }) => 1 + sizeOfExpression(value)).reduce(sum, 0);
    case 'list':
      return expression.items.map(sizeOfExpression).reduce(sum, 0);
    case 'conditional':
      return expression.branches.map(sizeOfExpression).reduce(sum, 0);
    case 'for':
      return sizeOfExpression(expression.value);
    case 'call':
      return expression.parameters.map(sizeOfExpression).reduce(sum, 0);
    case 'literal':
    case 'reference':
    case 'other':
      return 0;
  }
}
