import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@innkeeper/local-stack/postgres/start-postgres';
import type { Check, Verdict } from '../check.ts';
import { ANSIBLE } from '../folders.ts';
import { runProgram } from '../run-program.ts';
import type { Prepared } from '../toolchain/prepare.ts';

/** What the role tells PostgreSQL, on a real one: once, again, and with another password. */
export const postgres = (prepared: Prepared): Check => ({
  name: 'postgres',
  run: async () => {
    const stateDirectory = await mkdtemp(join(tmpdir(), 'innkeeper-ansible-postgres-'));
    const port = await freePort();
    const server = await startPostgres({ port, stateDirectory, password: 'of the stack' });
    try {
      return await setUpThrice(prepared, { socket: server.folder, port });
    } finally {
      await server.close();
      await rm(server.folder, { recursive: true, force: true });
      await rm(stateDirectory, { recursive: true, force: true });
    }
  },
});

interface Place {
  readonly socket: string;
  readonly port: number;
}

async function setUpThrice(prepared: Prepared, place: Place): Promise<Verdict> {
  const template = await readFile(join(ANSIBLE, 'roles/apps/postgres/templates/set-up.sql.j2'), 'utf8');
  const tell = async (password: string): Promise<string> => {
    const sql = await render(prepared, template, {
      postgres_database: 'keycloak_of_the_role',
      postgres_users: [
        { name: 'keycloak', password: "it's \\ odd", digest: 'k' },
        { name: 'backup', password, digest: password },
      ],
    });
    const { exitCode, stdout, stderr } = await psql(place, 'postgres', sql);
    return exitCode === 0 && stderr === '' ? stdout.trim() : `failed: ${stderr.trim()}`;
  };
  const told = [await tell('first'), await tell('first'), await tell('second')];
  const expected = [
    [
      ...['set the password of keycloak', 'made role backup', 'set the password of backup'],
      ...['made database keycloak_of_the_role', 'let backup read everything'],
    ].join('\n'),
    '',
    'set the password of backup',
  ];
  const asBackup = (sql: string, password: string) => psql(place, 'backup', sql, password);
  const rights = {
    'backup cannot sign in with its new password': (await asBackup('SELECT 1', 'second')).exitCode !== 0,
    'backup can still sign in with its old password': (await asBackup('SELECT 1', 'first')).exitCode === 0,
    'backup may write': (await asBackup('CREATE TABLE public.written (one int)', 'second')).exitCode === 0,
  };
  return {
    seen: 'made, made again, with another password; what backup may',
    problems: [
      ...told.flatMap((text, n) => (text === expected[n] ? [] : [`run ${n + 1} said ${JSON.stringify(text)}`])),
      ...Object.entries(rights).flatMap(([problem, isSo]) => (isSo ? [problem] : [])),
    ],
  };
}

/** As Ansible renders: by its own Jinja, with its way of line ends. */
async function render({ programs }: Prepared, template: string, values: object): Promise<string> {
  const script =
    'import json,sys,jinja2; t,v=json.load(sys.stdin);' +
    'print(jinja2.Environment(trim_blocks=True,undefined=jinja2.StrictUndefined).from_string(t).render(**v))';
  const { exitCode, stdout, stderr } = await runProgram(join(programs, 'python3'), ['-c', script], {
    input: JSON.stringify([template, values]),
  });
  if (exitCode !== 0) throw new Error(`The template cannot be rendered: ${stderr}`);
  return stdout;
}

function psql({ socket, port }: Place, user: 'postgres' | 'backup', sql: string, password = '') {
  const host = user === 'postgres' ? socket : '127.0.0.1';
  const database = user === 'postgres' ? 'postgres' : 'keycloak_of_the_role';
  return runProgram(
    'psql',
    ['--no-psqlrc', '--quiet', '-v', 'ON_ERROR_STOP=1', '-h', host, '-p', String(port), '-U', user, '-d', database],
    { input: sql, environment: { PGPASSWORD: password } },
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
      });
  });
}
