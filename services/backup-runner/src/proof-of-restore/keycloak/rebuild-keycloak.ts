import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok } from '@innkeeper/shared/result/result';
import { Client } from 'pg';
import type { RunContext, StepResult } from '../../run/step.ts';
import { KEYCLOAK_FILE } from '../../sources/keycloak.ts';
import { readRecord } from '../../sources/run-record.ts';
import { restoreDump } from '../restore-dump.ts';
import { digestTables, type TableDigest } from './digest-tables.ts';
import { type ThrowAwayPostgres, withThrowAwayPostgres } from './throw-away-postgres.ts';

export interface RebuiltKeycloak {
  readonly tables: number;
  readonly rows: number;
  /** SHA-256 over name, rows and digest of every table. */
  readonly digest: string;
}

/**
 * Keycloak's database rebuilt from its snapshot in a PostgreSQL that lives for these minutes. What it proves: the dump
 * in the vault is, byte for byte, what `pg_dump` wrote; restored without a single error, it has the same tables, and
 * in each the same rows, as the live database had in the transaction of the dump.
 */
export async function rebuildKeycloak(context: RunContext, snapshotId: string): StepResult<RebuiltKeycloak> {
  const expected = await readRecord(context, 'keycloak-tables');
  if (expected === undefined) throw new Error('the dump of a drill has left no digests');
  const directory = join(context.workDirectory, 'drill-keycloak');
  await mkdir(directory, { recursive: true });
  try {
    const dump = join(directory, 'keycloak.dump');
    const restored = await restoreDump(context, {
      source: 'keycloak',
      snapshotId,
      fileName: KEYCLOAK_FILE,
      into: dump,
    });
    if (!restored.ok) return restored;
    return await withThrowAwayPostgres(context, async postgres => {
      const end = await context.programs.run({
        program: 'pg_restore',
        args: [
          '--exit-on-error',
          '--no-owner',
          '--no-privileges',
          '--no-password',
          `--host=${postgres.host}`,
          `--username=${postgres.user}`,
          `--dbname=${postgres.database}`,
          dump,
        ],
        signal: context.signal,
      });
      if (end.missing) return err({ reason: 'program_missing', detail: 'pg_restore is not on this server.' });
      if (end.code !== 0)
        return err({ reason: 'restore_failed', detail: `pg_restore ended with ${String(end.code)}.` });
      return compare(expected, await readTables(postgres));
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function readTables({ host, user, database }: ThrowAwayPostgres): Promise<TableDigest[]> {
  const client = new Client({ host, user, database });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await digestTables(client);
  } finally {
    await client.end();
  }
}

async function compare(expected: readonly TableDigest[], found: readonly TableDigest[]): StepResult<RebuiltKeycloak> {
  const lines = (tables: readonly TableDigest[]): string[] =>
    tables.map(({ table, rows, digest }) => `${table} ${rows} ${digest}\n`);
  const there = new Set(lines(found));
  const different = lines(expected).filter(line => !there.has(line)).length;
  if (different > 0 || found.length !== expected.length) {
    const detail = `${different} of ${expected.length} tables are not as they were in the transaction of the dump.`;
    return err({ reason: 'restore_differs', detail });
  }
  return ok({
    tables: found.length,
    rows: found.reduce((sum, { rows }) => sum + rows, 0),
    digest: createHash('sha256').update(lines(found).join('')).digest('hex'),
  });
}
