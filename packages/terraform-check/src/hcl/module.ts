import type { Expression, HclAttribute, HclBlock, HclBody } from './hcl.ts';

/** A module's files read together. Pure. */
export interface SourceFile {
  /** As shown to people: relative to the folder that is checked. */
  readonly path: string;
  readonly body: HclBody;
}

export interface Module {
  /** Relative like the paths of its files. */
  readonly folder: string;
  readonly files: readonly SourceFile[];
  /** Values of variables: `*.tfvars`, `*.tfvars.json`. */
  readonly values: readonly SourceFile[];
  /** `*.tftest.hcl`. */
  readonly tests: readonly SourceFile[];
}

export interface Located<T> {
  readonly file: string;
  readonly found: T;
}

export const blocksOf = (module: Module, type: string): readonly Located<HclBlock>[] =>
  module.files.flatMap(({ path, body }) =>
    body.blocks.filter(block => block.type === type).map(found => ({ file: path, found })),
  );

export const attributeOf = (body: HclBody | undefined, name: string): Expression | undefined =>
  body?.attributes.find(attribute => attribute.name === name)?.expression;

/** `local.<name>` with its file. */
export function localOf(module: Module, name: string): Located<HclAttribute> | undefined {
  return blocksOf(module, 'locals')
    .flatMap(({ file, found }) => found.attributes.map(attribute => ({ file, found: attribute })))
    .find(({ found }) => found.name === name);
}

/** The expression of a variable's `type`. */
export function typeOf(module: Module, variable: string): Expression | undefined {
  return attributeOf(blocksOf(module, 'variable').find(({ found }) => found.labels[0] === variable)?.found, 'type');
}

/** Folder of a module that is called by a path, e.g. `../../modules/cloudflare`. */
export function sourceOf(call: HclBlock): string | undefined {
  const source = attributeOf(call, 'source');
  return source?.kind === 'literal' && typeof source.value === 'string' && /^\.{1,2}\//u.test(source.value)
    ? source.value
    : undefined;
}
