import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { type Node, parseTree } from 'jsonc-parser';
import type { Expression, HclBody } from './hcl.ts';

/** Reads `*.tfvars.json`, values of variables as JSON, into the form the other files have. Pure. */
export function parseValuesJson(text: string, file: string): Result<HclBody, string> {
  const tree = parseTree(text);
  if (tree?.type !== 'object') return err(`${file}:1: this is no JSON object`);
  const expression = expressionOf(tree, text);
  const entries = expression.kind === 'object' ? expression.entries : [];
  const attributes = entries.map(({ key = '', line, value }) => ({ name: key, line, expression: value }));
  return ok({ attributes, blocks: [] });
}

function expressionOf(node: Node, text: string): Expression {
  if (node.type === 'array')
    return { kind: 'list', items: (node.children ?? []).map(item => expressionOf(item, text)) };
  if (node.type !== 'object')
    return { kind: 'literal', value: (node.value ?? null) as string | number | boolean | null };
  return {
    kind: 'object',
    entries: (node.children ?? []).flatMap(property => {
      const [key, value] = property.children ?? [];
      if (key === undefined || value === undefined) return [];
      const line = text.slice(0, property.offset).split('\n').length;
      return [{ key: String(key.value), line, value: expressionOf(value, text) }];
    }),
  };
}
