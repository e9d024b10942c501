import type { Readable } from 'node:stream';
import { err, ok } from '@innkeeper/shared/result/result';
import type { ProgramEnd, ProgramRunner } from '../../src/run/program-runner.ts';
import type { RestoreFailure, RestoreResult } from '../failure.ts';

/** Rows by `schema.table` in a dump of PostgreSQL, counted in the script that pg_restore makes of it. */
export async function countDumpRows(
  programs: ProgramRunner,
  dump: string,
  signal: AbortSignal,
): RestoreResult<ReadonlyMap<string, number>> {
  const counter = rowCounter();
  const end = await programs.run({
    program: 'pg_restore',
    args: ['--data-only', '--file=-', dump],
    onStdout: script => eachLine(script, line => counter.readLine(line)),
    signal,
  });
  const failure = pgRestoreFailure(end, signal);
  return failure === undefined ? ok(counter.rows) : err(failure);
}

/** Between `COPY schema.table (…) FROM stdin;` and `\.` every line is a row. Pure. */
export interface RowCounter {
  readLine(line: string): void;
  /** By `schema.table`. */
  readonly rows: ReadonlyMap<string, number>;
}

export function rowCounter(): RowCounter {
  const rows = new Map<string, number>();
  let table: string | undefined;
  return {
    rows,
    readLine(line) {
      if (table === undefined) {
        table = copiedTable(line);
        if (table !== undefined) rows.set(table, 0);
      } else if (line === String.raw`\.`) table = undefined;
      else rows.set(table, (rows.get(table) ?? 0) + 1);
    },
  };
}

function copiedTable(line: string): string | undefined {
  const [, schema, name] = /^COPY ("(?:[^"]|"")+"|[\w$]+)\.("(?:[^"]|"")+"|[\w$]+) .*FROM stdin;$/u.exec(line) ?? [];
  return schema === undefined || name === undefined ? undefined : `${unquote(schema)}.${unquote(name)}`;
}

const unquote = (identifier: string): string =>
  identifier.startsWith('"') ? identifier.slice(1, -1).replaceAll('""', '"') : identifier;

/** Lines end with a line feed and nothing else: a row may hold every other separator that Unicode knows. */
async function eachLine(script: Readable, take: (line: string) => void): Promise<void> {
  let rest = '';
  for await (const text of script.setEncoding('utf8')) {
    const lines = `${rest}${String(text)}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  }
}

export function pgRestoreFailure(end: ProgramEnd, signal: AbortSignal): RestoreFailure | undefined {
  if (end.missing)
    return {
      reason: 'program_missing',
      sentence: 'pg_restore is not installed.',
      nextStep: 'Install the client programs of PostgreSQL, of the dump’s version or newer.',
    };
  if (signal.aborted)
    return {
      reason: 'interrupted',
      sentence: 'Interrupted; the transaction was rolled back: nothing is in the database.',
    };
  if (end.code === 0) return undefined;
  const why = end.stderr.split('\n').find(line => /error|version/iu.test(line)) ?? 'it did not say why';
  return {
    reason: 'load_failed',
    sentence: `pg_restore ended with ${end.code ?? end.signal}: ${why}`,
    nextStep: 'The transaction was rolled back: mend the cause and repeat the same command.',
  };
}
