import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  asServerUser,
  debianServerPrograms,
  isRoot,
  SERVER_USER,
} from '@innkeeper/backup-runner/proof-of-restore/keycloak/postgres-programs';
import { Client } from 'pg';
import { seedKeycloak } from './keycloak-seed.ts';

/**
 * A real PostgreSQL, of this machine's own packages, on 127.0.0.1 with Keycloak's database and a few invented people in
 * it. No stand-in: the same server, made small. It ends with this process, however that ends.
 */
export interface PostgresOptions {
  readonly port: number;
  /** The database is made there once and is still there after a kill. */
  readonly stateDirectory: string;
  /** Of the user `keycloak`. */
  readonly password: string;
}

export interface RunningPostgres {
  readonly uri: string;
  readonly pid: number;
  /** Where the database lies, for whoever wants to throw it away. */
  readonly folder: string;
  /** Rejects when it ends by itself. */
  readonly ended: Promise<never>;
  close(): Promise<void>;
}

/** Idle, it is to weigh next to nothing; what it acknowledged survives a kill, not a power cut. */
const SETTINGS = {
  shared_buffers: '4MB',
  max_connections: '12',
  fsync: 'off',
  autovacuum: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_worker_processes: '0',
  max_logical_replication_workers: '0',
  huge_pages: 'off',
  jit: 'off',
  listen_addresses: '127.0.0.1',
} as const;

const READY_MS_MAX = 30_000;
const POLL_MS = 50;
const STOP_MS_MAX = 5_000;

export async function startPostgres(options: PostgresOptions): Promise<RunningPostgres> {
  const programs = serverPrograms();
  const places = await preparePlaces(options, programs);
  const settings = Object.entries({ ...SETTINGS, port: String(options.port), unix_socket_directories: places.sockets });
  const { program, args } = asServerUser([
    join(programs, 'postgres'),
    '-D',
    places.data,
    ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]);
  const server = spawn(program, args, { cwd: '/', stdio: ['ignore', 'ignore', 'inherit'] });
  await once(server, 'spawn');
  let closing = false;
  const ended = once(server, 'exit').then(([code]) => {
    if (closing) return new Promise<never>(() => undefined);
    throw new Error(`PostgreSQL ended with ${String(code)}`);
  });
  const close = async (): Promise<void> => {
    closing = true;
    await stop(server);
  };
  try {
    await Promise.race([prepareKeycloak(options, places.sockets), ended]);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    uri: `postgres://keycloak:${options.password}@127.0.0.1:${options.port}/keycloak`,
    pid: Number(server.pid),
    folder: places.sockets,
    ended,
    close,
  };
}

interface Places {
  readonly data: string;
  readonly sockets: string;
}

/**
 * Makes the cluster where there is none. Root's folders are closed to the server's user, so root's stack has it among
 * the temporary files, always at the same place for the same state folder.
 */
async function preparePlaces({ stateDirectory }: PostgresOptions, programs: string): Promise<Places> {
  const name = createHash('sha256').update(resolve(stateDirectory)).digest('hex').slice(0, 12);
  const root = isRoot() ? join(tmpdir(), `innkeeper-postgres-${name}`) : resolve(stateDirectory);
  const places = { data: join(root, 'data'), sockets: root };
  const made = join(stateDirectory, 'made');
  if (existsSync(made) && existsSync(places.data)) return places;
  mkdirSync(stateDirectory, { recursive: true, mode: 0o700 });
  rmSync(isRoot() ? root : places.data, { recursive: true, force: true });
  const owner = isRoot() ? [`--owner=${SERVER_USER}`, `--group=${SERVER_USER}`] : [];
  const run = promisify(execFile);
  await run('install', ['--directory', '--mode=0700', ...owner, root, places.data]);
  const { program, args } = asServerUser([
    join(programs, 'initdb'),
    `--pgdata=${places.data}`,
    '--username=postgres',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--auth-host=scram-sha-256',
    '--auth-local=trust',
    '--no-sync',
    '--no-instructions',
  ]);
  await run(program, args, { cwd: '/' });
  writeFileSync(made, '');
  return places;
}

/** On the PATH, else where Debian's packages put them. */
function serverPrograms(): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.find(folder => existsSync(join(folder, 'initdb'))) ?? debianServerPrograms();
  if (found === undefined) throw new Error('there is no PostgreSQL here (Debian: apt-get install postgresql)');
  return found;
}

/** The user and database of Keycloak, as soon as the server answers. Nothing where they are already. */
async function prepareKeycloak({ port, password }: PostgresOptions, sockets: string): Promise<void> {
  const administrator = await connectWhenReady({ host: sockets, port, user: 'postgres', database: 'postgres' });
  try {
    const { rowCount } = await administrator.query("SELECT FROM pg_roles WHERE rolname = 'keycloak'");
    const verb = rowCount === 0 ? 'CREATE' : 'ALTER';
    await administrator.query(`${verb} ROLE keycloak LOGIN PASSWORD ${administrator.escapeLiteral(password)}`);
    const { rowCount: databases } = await administrator.query("SELECT FROM pg_database WHERE datname = 'keycloak'");
    if (databases === 0) await administrator.query('CREATE DATABASE keycloak OWNER keycloak');
  } finally {
    await administrator.end();
  }
  const owner = new Client({ host: '127.0.0.1', port, user: 'keycloak', password, database: 'keycloak' });
  await owner.connect();
  try {
    await seedKeycloak(owner);
  } finally {
    await owner.end();
  }
}

async function connectWhenReady(address: ConstructorParameters<typeof Client>[0]): Promise<Client> {
  const deadline = performance.now() + READY_MS_MAX;
  for (;;) {
    const client = new Client(address);
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await delay(POLL_MS); // Not listening yet, or still starting up.
    }
  }
}

/** SIGINT is PostgreSQL's fast shutdown: whoever is connected is sent away. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGINT');
  const overdue = setTimeout(() => server.kill('SIGQUIT'), STOP_MS_MAX);
  await exited;
  clearTimeout(overdue);
}
