import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err } from '@innkeeper/shared/result/result';
import { Client } from 'pg';
import { digestTables } from '../proof-of-restore/keycloak/digest-tables.ts';
import type { RunContext, StepProgress, StepResult } from '../run/step.ts';
import { type BackedUpDump, backUpDump } from './back-up-dump.ts';
import { keepRecord } from './run-record.ts';

/** Where the dump stands in its snapshot: PostgreSQL's custom format, not compressed for restic's sake. */
export const KEYCLOAK_FILE = '/keycloak.dump';

/**
 * Keycloak's database at one moment: `pg_dump` works in the snapshot of a transaction that stays open for as long.
 * When a drill will compare it, what the dump must hold is read in that very transaction.
 */
export async function backUpKeycloak(
  context: RunContext,
  progress: (progress: StepProgress) => void,
): StepResult<BackedUpDump> {
  const { uri } = context.order.postgres;
  const client = new Client({ connectionString: uri, application_name: 'innkeeper-backup' });
  client.on('error', () => undefined); // Whoever asks next is told.
  try {
    await client.connect();
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await client.query<{ name: string }>('SELECT pg_export_snapshot() AS name');
    if (context.order.work.drill) await keepRecord(context, 'keycloak-tables', await digestTables(client));
    return await backUpDump(context, {
      source: 'keycloak',
      fileName: KEYCLOAK_FILE,
      command: [
        'pg_dump',
        '--format=custom',
        '--compress=0',
        '--no-password',
        `--snapshot=${rows[0]?.name ?? ''}`,
        `--dbname=${withoutPassword(uri)}`,
      ],
      environment: { PGPASSFILE: await writePassword(context.secretDirectory, uri) },
      progress,
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code';
    return err({ reason: 'dump_failed', detail: `Keycloak's database cannot be read (${code}).` });
  } finally {
    await client.end().catch(() => undefined); // The connection is gone already.
  }
}

/** Host, user and database may be seen in the list of processes. Pure. */
export function withoutPassword(uri: string): string {
  const url = new URL(uri);
  url.password = '';
  return url.href;
}

/** As the file of passwords that libpq reads, for any host: nothing else in this run has one. */
async function writePassword(secretDirectory: string, uri: string): Promise<string> {
  const file = join(secretDirectory, 'pgpass');
  const password = decodeURIComponent(new URL(uri).password).replaceAll(/[\\:]/gu, String.raw`\$&`);
  await writeFile(file, `*:*:*:*:${password}\n`, { mode: 0o600 });
  return file;
}
