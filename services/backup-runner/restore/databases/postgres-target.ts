import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok } from '@innkeeper/shared/result/result';
import pg from 'pg';
import type { RestoreResult } from '../failure.ts';
import { withPassword } from './mongodb-target.ts';

/** A PostgreSQL database that is restored into. */
export interface PostgresTarget {
  /** As a person wrote it: without a password. */
  readonly address: string;
  /** For programs of PostgreSQL, which take the password from here. */
  readonly environment: Readonly<Record<string, string>>;
  /** Rows by `schema.table`, without the server's own schemas. */
  countRows(): RestoreResult<ReadonlyMap<string, number>>;
}

const CONNECT_MS_MAX = 10_000; // a person waits in front of it
const TABLES = `select schemaname as schema, tablename as name from pg_tables
  where schemaname not in ('pg_catalog', 'information_schema') order by 1, 2`;

export function postgresTarget(address: string, password: Secret | undefined): PostgresTarget {
  const connectionString = withPassword(address, password);
  return {
    address,
    environment: password === undefined ? {} : { PGPASSWORD: password.reveal() },
    async countRows() {
      const client = new pg.Client({ connectionString, connectionTimeoutMillis: CONNECT_MS_MAX });
      try {
        await client.connect();
        const tables = await client.query<{ schema: string; name: string }>(TABLES);
        const counts = new Map<string, number>();
        for (const { schema, name } of tables.rows) {
          const table = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;
          const counted = await client.query<{ count: string }>(`select count(*) from ${table}`);
          counts.set(`${schema}.${name}`, Number(counted.rows[0]?.count));
        }
        return ok(counts);
      } catch (error) {
        if (!(error instanceof pg.DatabaseError || (error instanceof Error && 'code' in error))) throw error;
        return err({
          reason: 'database_unreachable',
          sentence: `PostgreSQL at ${address} does not work (${String(error.code)}).`,
          nextStep: 'Is it running, does the database exist, is RESTORE_POSTGRES_PASSWORD set where it is needed?',
        });
      } finally {
        await client.end();
      }
    },
  };
}
