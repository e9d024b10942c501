import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { openDatabase } from './document-table.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'documents-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const Row = z.object({ name: z.string() });
const open = () => {
  const database = openDatabase(path.join(directory, 'made', 'when needed'));
  return { database, table: database.table('rows', row => Row.parse(row)) };
};

it('keeps documents in the order of their first put, over a reopening', () => {
  const first = open();
  first.table.put('b', { name: 'two' });
  first.table.put('a', { name: 'one' });
  first.table.put('b', { name: 'three' });
  first.database.close();
  const { database, table } = open();
  expect(table.all()).toEqual([{ name: 'three' }, { name: 'one' }]);
  expect([table.delete('b'), table.delete('b'), table.get('b'), table.get('a')]).toEqual([
    true,
    false,
    undefined,
    { name: 'one' },
  ]);
  database.close();
});

it('has everything that was put when the process dies without closing', () => {
  const { database, table } = open();
  table.put('a', { name: 'one' });
  const other = open(); // reads the log as a process after a kill would
  expect(other.table.get('a')).toEqual({ name: 'one' });
  other.database.close();
  database.close();
});

it('refuses rows of another shape', () => {
  const { database } = open();
  database.table('rows', row => row).put('a', { title: 'one' });
  const { table, database: again } = open();
  expect(() => table.get('a')).toThrow(z.ZodError);
  again.close();
  database.close();
});
