import type { Expression, HclAttribute, HclBlock, HclBody } from '../hcl/hcl.ts';
import { blocksOf, type Module, typeOf } from '../hcl/module.ts';
import { calledModule, type Modules } from '../hcl/read-modules.ts';
import type { Block, ProviderSchema } from '../schema/provider-schema.ts';
import { type KeyProblem, KeySearch } from './key-search.ts';
import { shapeOfAttribute, shapeOfTypeExpression } from './shape.ts';

/**
 * Keys that Terraform drops without a word: of nested attributes (`settings = { … }`) that the schema does not have,
 * and of objects given to a typed variable by a call, a default, a `.tfvars` file or a test. Pure.
 */
export function findUnknownKeys(modules: Modules, schemas: readonly ProviderSchema[]): readonly KeyProblem[] {
  return [...modules.values()].flatMap(module => [
    ...keysOfBlocks(module, 'resource', type => blockIn(schemas, 'resources', type)),
    ...keysOfBlocks(module, 'data', type => blockIn(schemas, 'dataSources', type)),
    ...keysOfCalls(modules, module),
    ...keysOfDefaults(module),
    ...keysOfValues(module),
  ]);
}

const blockIn = (
  schemas: readonly ProviderSchema[],
  kind: 'resources' | 'dataSources',
  type: string,
): Block | undefined => schemas.map(schema => schema[kind][type]?.block).find(block => block !== undefined);

function keysOfBlocks(
  module: Module,
  kind: 'resource' | 'data',
  find: (type: string) => Block | undefined,
): readonly KeyProblem[] {
  return blocksOf(module, kind).flatMap(({ file, found }) => {
    const [type = '', name = ''] = found.labels;
    const block = find(type);
    return block === undefined ? [] : keysOfBody(module, file, found, block, `${type}.${name}`);
  });
}

function keysOfBody(module: Module, file: string, body: HclBody, block: Block, owner: string): readonly KeyProblem[] {
  const own = body.attributes.flatMap(({ name, line, expression }) => {
    const attribute = block.attributes[name];
    if (attribute === undefined) return [];
    return new KeySearch(module, owner).search(expression, shapeOfAttribute(attribute), { file, line }, name);
  });
  const nested = body.blocks.flatMap(inner => {
    const [type, content] = contentOf(inner);
    const schema = block.block_types[type]?.block;
    return schema === undefined ? [] : keysOfBody(module, file, content, schema, `${owner}.${type}`);
  });
  return [...own, ...nested];
}

/** `dynamic "rule" { content { … } }` stands for `rule { … }`. */
function contentOf(block: HclBlock): readonly [type: string, content: HclBody] {
  if (block.type !== 'dynamic') return [block.type, block];
  return [block.labels[0] ?? '', block.blocks.find(({ type }) => type === 'content') ?? block];
}

function keysOfCalls(modules: Modules, module: Module): readonly KeyProblem[] {
  return blocksOf(module, 'module').flatMap(({ file, found }) => {
    const name = found.labels[0] ?? '';
    const called = calledModule(modules, module, name);
    return called === undefined ? [] : keysGiven(module, called, file, found.attributes, `module.${name}`);
  });
}

function keysOfDefaults(module: Module): readonly KeyProblem[] {
  return blocksOf(module, 'variable').flatMap(({ file, found }) => {
    const name = found.labels[0] ?? '';
    const given = found.attributes
      .filter(attribute => attribute.name === 'default')
      .map(attribute => ({ ...attribute, name }));
    return keysGiven(module, module, file, given, 'var');
  });
}

function keysOfValues(module: Module): readonly KeyProblem[] {
  const files = module.values.flatMap(({ path, body }) => keysGiven(module, module, path, body.attributes, 'var'));
  const tests = module.tests.flatMap(({ path, body }) =>
    [body, ...body.blocks]
      .flatMap(({ blocks }) => blocks.filter(({ type }) => type === 'variables'))
      .flatMap(({ attributes }) => keysGiven(module, module, path, attributes, 'var')),
  );
  return [...files, ...tests];
}

/** Values for the variables of `called`, written in `from`. */
function keysGiven(
  from: Module,
  called: Module,
  file: string,
  given: readonly HclAttribute[],
  owner: string,
): readonly KeyProblem[] {
  return given.flatMap(({ name, line, expression }) => {
    const type: Expression | undefined = typeOf(called, name);
    return new KeySearch(from, owner).search(expression, shapeOfTypeExpression(type), { file, line }, name);
  });
}
