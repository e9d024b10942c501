import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { err, ok } from '@innkeeper/shared/result/result';
import { Client } from 'pg';
import type { ProgramEnd } from '../../run/program-runner.ts';
import type { RunContext, StepFailure, StepResult } from '../../run/step.ts';
import { asServerUser, debianServerPrograms, isRoot, SERVER_USER } from './postgres-programs.ts';

/** A PostgreSQL of these minutes: no network, a socket in its own folder, an empty database. */
export interface ThrowAwayPostgres {
  /** Folder of the socket: the host, to libpq and to the driver. */
  readonly host: string;
  readonly database: string;
  readonly user: string;
}

/** The one database that every new cluster has; nothing is in it. */
const [USER, DATABASE] = ['postgres', 'postgres'] as const;
const READY_MS_MAX = 60_000;
const POLL_MS = 50;
/** It is thrown away: nothing of it needs to survive anything. */
const SETTINGS = ['listen_addresses=', 'fsync=off', 'full_page_writes=off', 'autovacuum=off', 'max_connections=10'];

/** Starts one, lets `use` work with it, and removes every trace. */
export async function withThrowAwayPostgres<T>(
  context: RunContext,
  use: (postgres: ThrowAwayPostgres) => StepResult<T>,
): StepResult<T> {
  // Among the temporary files, because the run's own folder is closed to PostgreSQL's user.
  const directory = await mkdtemp(join(tmpdir(), 'innkeeper-drill-'));
  try {
    const programs = await findPrograms(context);
    if (!programs.ok) return programs;
    const data = join(directory, 'data');
    const owned = await own(context, directory);
    if (!owned.ok) return owned;
    const made = await run(context, 'initdb', [
      `${programs.value}initdb`,
      `--pgdata=${data}`,
      `--username=${USER}`,
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--auth=trust', // Only who may enter the folder can reach the socket.
      '--no-sync',
      '--no-instructions',
    ]);
    if (!made.ok) return made;
    return await serve(context, `${programs.value}postgres`, { data, directory }, use);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function serve<T>(
  context: RunContext,
  postgres: string,
  { data, directory }: { readonly data: string; readonly directory: string },
  use: (postgres: ThrowAwayPostgres) => StepResult<T>,
): StepResult<T> {
  const settings = [...SETTINGS, `unix_socket_directories=${directory}`].flatMap(setting => ['-c', setting]);
  const server = context.programs.start({
    ...asServerUser([postgres, '-D', data, ...settings]),
    workingDirectory: '/',
    signal: context.signal,
  });
  try {
    const gone = server.ended.then(() => err(failed('The throw-away PostgreSQL ended by itself.')));
    const ready = await Promise.race([untilReady(directory), gone]);
    return ready.ok ? await use({ host: directory, database: DATABASE, user: USER }) : ready;
  } finally {
    await server.stop();
  }
}

/** With a slash at its end; empty when the programs are on the PATH. */
async function findPrograms(context: RunContext): StepResult<string> {
  const { missing } = await context.programs.run({ program: 'initdb', args: ['--version'] });
  if (!missing) return ok('');
  const folder = debianServerPrograms();
  if (folder === undefined) return err({ reason: 'program_missing', detail: 'initdb is not on this server.' });
  return ok(`${folder}/`);
}

async function own(context: RunContext, directory: string): StepResult<void> {
  if (!isRoot()) return ok(undefined);
  const { code } = await context.programs.run({ program: 'chown', args: [`${SERVER_USER}:`, directory] });
  return code === 0 ? ok(undefined) : err(failed('There is no user that PostgreSQL could run as.'));
}

async function run(context: RunContext, name: string, command: readonly string[]): StepResult<ProgramEnd> {
  const end = await context.programs.run({
    ...asServerUser(command),
    workingDirectory: '/',
    signal: context.signal,
  });
  if (end.missing) return err({ reason: 'program_missing', detail: 'setpriv is not on this server.' });
  return end.code === 0 ? ok(end) : err(failed(`${name} ended with ${end.code ?? end.signal ?? 'a signal'}.`));
}

async function untilReady(host: string): StepResult<void> {
  const deadline = performance.now() + READY_MS_MAX;
  for (;;) {
    const client = new Client({ host, user: USER, database: DATABASE });
    try {
      await client.connect();
      return ok(undefined);
    } catch {
      if (performance.now() > deadline) return err(failed('The throw-away PostgreSQL cannot be reached.'));
    } finally {
      await client.end().catch(() => undefined); // It was never connected.
    }
    await delay(POLL_MS);
  }
}

const failed = (detail: string): StepFailure => ({ reason: 'restore_failed', detail });
