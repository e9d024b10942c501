import { fileURLToPath } from 'node:url';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { Language, type Node, Parser } from 'web-tree-sitter';
import type { Expression, HclAttribute, HclBlock, HclBody, ObjectEntry } from './hcl.ts';

/** Reads HCL by the grammar that editors use. */
const GRAMMAR = fileURLToPath(import.meta.resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm'));

/** The error says which file and line are no HCL; nothing else is read of such a file. */
export type ParseHcl = (text: string, file: string) => Result<HclBody, string>;

/** Loads the grammar once. */
export async function createHclParser(): Promise<ParseHcl> {
  await Parser.init();
  const parser = new Parser().setLanguage(await Language.load(GRAMMAR));
  return (text, file) => {
    const root = parser.parse(text)?.rootNode;
    const wrong = root?.hasError === true ? firstError(root) : undefined;
    if (root === undefined || wrong !== undefined) {
      return err(`${file}:${wrong === undefined ? 1 : lineOf(wrong)}: this is no HCL`);
    }
    return ok(bodyOf(childOf(root, 'body')));
  };
}

function firstError(node: Node): Node | undefined {
  if (node.isError || node.isMissing) return node;
  for (const child of node.children) {
    const found = child !== null && (child.hasError || child.isMissing) ? firstError(child) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const lineOf = (node: Node): number => node.startPosition.row + 1;
const childrenOf = (node: Node | undefined): Node[] => node?.namedChildren.filter(child => child !== null) ?? [];
const childOf = (node: Node | undefined, type: string): Node | undefined =>
  childrenOf(node).find(child => child.type === type);

function bodyOf(body: Node | undefined): HclBody {
  const children = childrenOf(body);
  return {
    attributes: children.filter(child => child.type === 'attribute').map(attributeOf),
    blocks: children.filter(child => child.type === 'block').map(blockOf),
  };
}

function attributeOf(node: Node): HclAttribute {
  const [name, expression] = childrenOf(node).filter(child => child.type !== 'comment');
  return { name: name?.text ?? '', line: lineOf(node), expression: expressionOf(expression) };
}

function blockOf(node: Node): HclBlock {
  const [type, ...labels] = childrenOf(node).filter(child => ['identifier', 'string_lit'].includes(child.type));
  return {
    type: type?.text ?? '',
    labels: labels.map(label => label.text.replaceAll('"', '')),
    line: lineOf(node),
    ...bodyOf(childOf(node, 'body')),
  };
}

function expressionOf(node: Node | undefined): Expression {
  const parts = childrenOf(node).filter(child => child.type !== 'comment');
  const [first, ...steps] = parts;
  if (first === undefined) return { kind: 'other' };
  switch (first.type) {
    case 'expression':
      return parts.length === 1 ? expressionOf(first) : { kind: 'other' };
    case 'literal_value':
      return literalOf(childrenOf(first)[0]);
    case 'collection_value':
      return collectionOf(childrenOf(first)[0]);
    case 'for_expr':
      return { kind: 'for', value: expressionOf(expressionsIn(childrenOf(first)[0]).at(-1)) };
    case 'conditional':
      return { kind: 'conditional', branches: expressionsIn(first).slice(-2).map(expressionOf) };
    case 'function_call':
      return callOf(first);
    case 'variable_expr':
      return referenceOf(first, steps);
    default:
      return { kind: 'other' };
  }
}

/** The parts of a `for` or a condition that are expressions themselves; what `for` walks and filters by is not. */
const expressionsIn = (node: Node | undefined): Node[] => childrenOf(node).filter(child => child.type === 'expression');

function literalOf(node: Node | undefined): Expression {
  const text = node?.text ?? 'null';
  if (node?.type === 'bool_lit') return { kind: 'literal', value: text === 'true' };
  if (node?.type === 'numeric_lit') return { kind: 'literal', value: Number(text) };
  if (node?.type === 'null_lit') return { kind: 'literal', value: null };
  return { kind: 'literal', value: text.slice(1, -1) };
}

function collectionOf(node: Node | undefined): Expression {
  if (node?.type === 'tuple') return { kind: 'list', items: expressionsIn(node).map(expressionOf) };
  const elements = childrenOf(node).filter(child => child.type === 'object_elem');
  return { kind: 'object', entries: elements.map(entryOf) };
}

function entryOf(node: Node): ObjectEntry {
  const [key, value] = expressionsIn(node);
  return { key: keyOf(expressionOf(key), key?.text ?? ''), line: lineOf(node), value: expressionOf(value) };
}

/** `a` and `"a"` name the field; `(a)` and `"${a}"` compute it. */
function keyOf(expression: Expression, text: string): string | undefined {
  if (text.startsWith('(')) return undefined;
  if (expression.kind === 'reference' && expression.names.length === 1) return expression.names[0];
  return expression.kind === 'literal' ? String(expression.value) : undefined;
}

function callOf(node: Node): Expression {
  return {
    kind: 'call',
    name: childOf(node, 'identifier')?.text ?? '',
    parameters: expressionsIn(childOf(node, 'function_arguments')).map(expressionOf),
  };
}

function referenceOf(variable: Node, steps: readonly Node[]): Expression {
  const plain = steps.every(step => step.type === 'get_attr');
  return plain
    ? { kind: 'reference', names: [variable.text, ...steps.map(step => step.text.replace(/^\./u, ''))] }
    : { kind: 'other' };
}
