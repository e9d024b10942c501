import type { ClientBase } from 'pg';

/** What a table holds: how many rows, and one number made of all of them, whatever their order. */
export interface TableDigest {
  /** `public.user_entity`, quoted where PostgreSQL would. */
  readonly table: string;
  readonly rows: number;
  /** Two sums of 64-bit pieces of each row's SHA-256: equal when the rows are, and not by chance. */
  readonly digest: string;
}

/** So that the same value is the same text on every server. */
const SETTINGS = `
  SET LOCAL search_path = ''; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO';
  SET LOCAL IntervalStyle = 'iso_8601'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex';
`;

const TABLES = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
  ORDER BY 1
`;

const digestOf = (table: string): string => `
  SELECT count(*)::text AS rows,
    coalesce(sum(${piece(1)}), 0)::text AS first, coalesce(sum(${piece(9)}), 0)::text AS second
  FROM (SELECT sha256(convert_to(t::text, 'UTF8')) AS hash FROM ONLY ${table} AS t) AS hashed
`;
const piece = (from: number): string =>
  `('x' || encode(substring(hash FROM ${from} FOR 8), 'hex'))::bit(64)::bigint::numeric`;

/** Every table of the database, in the transaction that is open. Reads all of it; memory stays flat. */
export async function digestTables(client: ClientBase): Promise<TableDigest[]> {
  await client.query(SETTINGS);
  const { rows: tables } = await client.query<{ name: string }>(TABLES);
  const digests: TableDigest[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ rows: string; first: string; second: string }>(digestOf(name));
    const [found] = rows;
    if (found === undefined) throw new Error('an aggregate without a row');
    digests.push({ table: name, rows: Number(found.rows), digest: `${found.first}:${found.second}` });
  }
  return digests;
}
