import { baseUrl, secret, secrets } from '@innkeeper/shared/config/parse-config';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { configTable, readDeployableConfig, replaceTable } from './config-table.ts';

const Config = z
  .intersection(
    z.object({
      QDRANT_URL: z._default(baseUrl('address of Qdrant'), 'http://127.0.0.1:6333'),
      API_KEY: secret('key | of the API'),
      WEBHOOK_TOKENS: secrets('tokens'),
      DELIVERIES: z.custom(() => true),
    }),
    z.object({ BOT_NAME: z.string().optional().describe('name of the bot') }).transform(value => value),
  )
  .transform(value => value);

test('every variable of a schema is described with its default, secrets as such, bindings left out', () => {
  const table = configTable([readDeployableConfig('workers/a', { Config, other: 1 })]);
  expect(table.split('\n').slice(2)).toEqual([
    '| `API_KEY` | key \\| of the API **(secret)** | required | `workers/a` |',
    '| `BOT_NAME` | name of the bot | none | `workers/a` |',
    '| `QDRANT_URL` | address of Qdrant | `http://127.0.0.1:6333` | `workers/a` |',
    '| `WEBHOOK_TOKENS` | tokens **(secret)** | required | `workers/a` |',
  ]);
});

test('a variable that two deployables read has one row', () => {
  const read = (folder: string) => readDeployableConfig(folder, { Config });
  const rows = configTable([read('workers/a'), read('functions/b')])
    .split('\n')
    .slice(2);
  expect(rows).toHaveLength(4);
  expect(rows[0]).toContain('`workers/a`, `functions/b`');
});

test('a variable without a description is refused', () => {
  expect(() => readDeployableConfig('workers/a', { Config: z.object({ SOME_THING: z.string() }) })).toThrow(
    'SOME_THING',
  );
});

test('the table replaces what stands between its marks and nothing else', () => {
  const marked =
    '# a\n<!-- configuration: written by scripts/config-table.ts -->\nold\n<!-- end of configuration -->\nb';
  const once = replaceTable(marked, 'new');
  expect(once).toContain('\nnew\n');
  expect(once).not.toContain('old');
  expect(replaceTable(once, 'new')).toBe(once);
  expect(() => replaceTable('# a', 'new')).toThrow('no place');
});
