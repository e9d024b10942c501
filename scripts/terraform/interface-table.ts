import type { Expression, HclBlock, HclBody } from '@innkeeper/terraform-check/hcl/hcl';

/** Markdown tables of what a Terraform module takes and gives. Pure. */
const START = '<!-- interface: written by scripts/terraform-tables.ts -->';
const END = '<!-- end of interface -->';

/** `bodies`: the module's files, parsed. */
export function interfaceTables(bodies: readonly HclBody[]): string {
  const blocks = bodies.flatMap(body => body.blocks);
  const inputs = blocks.filter(block => block.type === 'variable').map(inputRow);
  const outputs = blocks.filter(block => block.type === 'output').map(outputRow);
  return [
    '| input | type | default | what it is |',
    '| --- | --- | --- | --- |',
    ...inputs.toSorted(),
    '',
    '| output | what it is |',
    '| --- | --- |',
    ...outputs.toSorted(),
  ].join('\n');
}

/** Puts the tables between their two marks; undefined when the text has no place for them. */
export function replaceTables(markdown: string, tables: string): string | undefined {
  const start = markdown.indexOf(START);
  const end = markdown.indexOf(END);
  return start === -1 || end < start
    ? undefined
    : `${markdown.slice(0, start + START.length)}\n${tables}\n${markdown.slice(end)}`;
}

const nameOf = ({ labels }: HclBlock): string => labels[0] ?? '';
const expressionOf = (block: HclBlock, name: string): Expression | undefined =>
  block.attributes.find(attribute => attribute.name === name)?.expression;

function inputRow(block: HclBlock): string {
  const fallback = expressionOf(block, 'default');
  const type = expressionOf(block, 'type');
  return row([
    `\`${nameOf(block)}\``,
    `\`${type === undefined ? 'any' : typeText(type)}\``,
    fallback === undefined ? 'required' : `\`${valueText(fallback)}\``,
    described(block),
  ]);
}

const outputRow = (block: HclBlock): string => row([`\`${nameOf(block)}\``, described(block)]);

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function described(block: HclBlock): string {
  const description = expressionOf(block, 'description');
  return description?.kind === 'literal' ? String(description.value).replaceAll('|', '\\|') : '';
}

/** `list(string)`; what is inside an object stands in its variable's file. */
function typeText(type: Expression): string {
  if (type.kind === 'reference') return type.names.join('.');
  if (type.kind !== 'call') return type.kind;
  const [inner] = type.parameters;
  return type.name === 'object' || inner === undefined ? type.name : `${type.name}(${typeText(inner)})`;
}

function valueText(value: Expression): string {
  if (value.kind === 'literal') return JSON.stringify(value.value);
  if (value.kind === 'list') return `[${value.items.map(valueText).join(', ')}]`;
  if (value.kind === 'object' && value.entries.length === 0) return '{}';
  return '…';
}
