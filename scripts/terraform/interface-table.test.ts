import { createHclParser } from '@innkeeper/terraform-check/hcl/parse-hcl';
import { expect, it } from 'vitest';
import { interfaceTables, replaceTables } from './interface-table.ts';

const parse = await createHclParser();
function tablesOf(text: string): string {
  const parsed = parse(text, 'main.tf');
  return parsed.ok ? interfaceTables([parsed.value]) : parsed.error;
}

it('tells what a module takes and gives, sorted by name', () => {
  const tables = tablesOf(`
    variable "zone" {
      description = "Where it stands."
      type        = string
    }
    variable "nodes" {
      description = "Each by its name | or not."
      type = map(object({ ip = string }))
      default = {}
    }
    variable "cidrs" {
      description = "Ranges."
      type        = list(string)
      default     = ["0.0.0.0/0"]
    }
    output "id" {
      description = "Its id."
      value       = hcloud_network.this.id
    }
  `);
  expect(tables.split('\n')).toEqual([
    '| input | type | default | what it is |',
    '| --- | --- | --- | --- |',
    '| `cidrs` | `list(string)` | `["0.0.0.0/0"]` | Ranges. |',
    '| `nodes` | `map(object)` | `{}` | Each by its name \\| or not. |',
    '| `zone` | `string` | required | Where it stands. |',
    '',
    '| output | what it is |',
    '| --- | --- |',
    '| `id` | Its id. |',
  ]);
});

it('keeps what stands around the tables, and refuses a text without a place for them', () => {
  const text = 'a\n<!-- interface: written by scripts/terraform-tables.ts -->\nold\n<!-- end of interface -->\nb';
  expect(replaceTables(text, 'new')).toBe(
    'a\n<!-- interface: written by scripts/terraform-tables.ts -->\nnew\n<!-- end of interface -->\nb',
  );
  expect(replaceTables('nothing', 'new')).toBeUndefined();
});
