import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../testing/eventually.ts';
import type { RunningStandIn } from '../run-stand-in.ts';
import { PREPARED_IMAGE } from './prepared-image.ts';
import { startHetzner } from './start-hetzner.ts';

/** What a server does, with small programs in place of the runner. */
const SAY_AND_END = `
import { readFileSync, statSync, writeFileSync } from 'node:fs';
const [, , file] = process.argv;
const mode = (statSync(file).mode & 0o777).toString(8);
console.log(JSON.stringify({ text: readFileSync(file, 'utf8'), mode, environment: process.env }));
writeFileSync(process.env.WORK_DIRECTORY + '/dump', 'x');
process.exitCode = 3;
`;
/** Starts a child of its own that does not listen to SIGTERM, says so, and stays. */
const STAY = `
import { spawn } from 'node:child_process';
const stubborn = "process.on('SIGTERM', () => {}); console.log('ready'); setInterval(() => {}, 1000)";
const child = spawn(process.execPath, ['-e', stubborn], { stdio: ['ignore', 'inherit', 'inherit'] });
console.log('pids ' + process.pid + ' ' + child.pid);
setInterval(() => {}, 1000);
`;
/** As `poweroff` does it; then there is nothing left to do but to wait for the end. */
const POWER_OFF = `
const reply = await fetch(process.env.SERVER_POWER_URL, { method: 'POST' });
console.log('answered ' + reply.status);
setInterval(() => {}, 1000);
`;

let directory: string;
let hetzner: RunningStandIn;

const start = (program: string) => {
  const runner = path.join(directory, 'runner.mjs');
  writeFileSync(runner, program);
  return startHetzner({
    port: 0,
    stateDirectory: directory,
    token: 'token',
    paceMs: 1,
    images: [PREPARED_IMAGE],
    runner: { program: runner, environment: { PATH: '/programs:/bin', FILER_DIRECTORY: '/filer' } },
  });
};

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'hetzner-boot-'));
});
afterEach(async () => {
  await hetzner.close();
  rmSync(directory, { recursive: true });
});

const USER_DATA = `#cloud-config
write_files:
  - path: /run/innkeeper/run.json
    permissions: "0600"
    content: "{}"
runcmd:
  - [systemctl, start, --no-block, innkeeper-backup.service]
`;
const ask = (request: string, body?: unknown) => {
  const [method = '', route = ''] = request.split(' ');
  const headers = { authorization: 'Bearer token' };
  return fetch(`${hetzner.url}${route}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};
const create = async (userData = USER_DATA): Promise<number> => {
  const body = { name: 'backup', server_type: 'cx23', image: '7001', user_data: userData };
  return ((await (await ask('POST /v1/servers', body)).json()) as { server: { id: number } }).server.id;
};
interface Told {
  readonly status: string;
  readonly exitCode?: number;
}
const told = async (): Promise<Told | undefined> =>
  ((await (await ask('GET /_control/servers')).json()) as { servers: Told[] }).servers[0];
const turns = (status: string) => eventually(told, server => server?.status === status);
const rootOf = (id: number) => path.join(directory, 'servers', String(id), 'root');
const consoleOf = (id: number) => {
  const file = path.join(directory, 'servers', String(id), 'console.log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};
/** A child that nobody waits for any more stays in the table of processes; it does not run. */
const isRunning = (pid: number): boolean => {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !/\) [ZX] /u.test(readFileSync(file, 'utf8'));
};
const pidsOf = async (id: number): Promise<number[]> => {
  const text = await eventually(
    () => consoleOf(id),
    output => output.includes('ready') && output.includes('pids'),
  );
  return /pids (\d+) (\d+)/u.exec(text)?.slice(1).map(Number) ?? [];
};

describe('a server boots', () => {
  it('writes the files of its user_data below its own root and starts the runner with its path', async () => {
    hetzner = await start(SAY_AND_END);
    const id = await create();
    expect(await turns('off')).toMatchObject({ exitCode: 3 });
    const said = JSON.parse(consoleOf(id)) as { text: string; mode: string; environment: Record<string, string> };
    const root = rootOf(id);
    expect(said).toMatchObject({ text: '{}', mode: '600' });
    expect(said.environment).toEqual({
      PATH: '/programs:/bin',
      FILER_DIRECTORY: '/filer',
      HOME: `${root}/root`,
      TMPDIR: expect.stringContaining(`-${id}`) as string,
      WORK_DIRECTORY: `${root}/var/lib/innkeeper`,
      SECRET_DIRECTORY: `${root}/run/innkeeper`,
      FILES_DIRECTORY: `${directory}/srv/innkeeper/files`,
      SERVER_POWER_URL: `${hetzner.url}/_control/servers/${id}/power-off`,
    });
    expect(existsSync(`${root}/var/lib/innkeeper/dump`)).toBe(true);
  });

  it('gives every user a temporary folder, as PostgreSQL’s own needs one, and takes it away with the server', async () => {
    hetzner = await start(SAY_AND_END);
    const id = await create();
    await turns('off');
    const { environment } = JSON.parse(consoleOf(id)) as { environment: { TMPDIR: string } };
    const temporary = environment.TMPDIR;
    expect(statSync(temporary).mode & 0o7777).toBe(0o1777);
    for (let above = path.dirname(temporary); above !== '/'; above = path.dirname(above)) {
      expect([above, statSync(above).mode & 0o001]).toEqual([above, 1]);
    }
    await ask(`DELETE /v1/servers/${id}`);
    await eventually(
      () => existsSync(temporary),
      isThere => !isThere,
    );
  });

  it('finds nothing mounted that a killed server left', async () => {
    const left = path.join(directory, 'srv/innkeeper/files/left');
    mkdirSync(path.dirname(left), { recursive: true });
    writeFileSync(left, 'x');
    hetzner = await start(SAY_AND_END);
    await create();
    await turns('off');
    expect([existsSync(left), existsSync(path.dirname(left))]).toEqual([false, true]);
  });

  it('keeps files with odd paths below its root', async () => {
    hetzner = await start(SAY_AND_END);
    const id = await create('#cloud-config\nwrite_files: [{path: /../../../../outside}]\n');
    await turns('running');
    expect(existsSync(`${rootOf(id)}/outside`)).toBe(true);
    expect(existsSync(path.join(directory, '../outside'))).toBe(false);
  });

  it('starts nothing when user_data is malformed, and its console says why', async () => {
    hetzner = await start(SAY_AND_END);
    const id = await create('#cloud-config\nwrite_files: 7\n');
    await turns('running');
    expect(consoleOf(id)).toBe('cloud-init: /write_files must be array\n');
  });

  it('runs no other command', async () => {
    hetzner = await start(SAY_AND_END);
    const id = await create('#cloud-config\nruncmd: ["touch /tmp/x"]\n');
    await turns('running');
    expect(consoleOf(id)).toBe('cloud-init: not run here: sh -c touch /tmp/x\n');
  });

  it('without network never hears what it is for', async () => {
    hetzner = await start(SAY_AND_END);
    await ask('PUT /_control/fates', [{ kind: 'without_network' }]);
    const id = await create();
    await turns('running');
    expect(existsSync(rootOf(id))).toBe(false);
  });
});

describe('a server ends', () => {
  it('by its own power switch: everything on it stops, and it is billed on', async () => {
    hetzner = await start(POWER_OFF);
    const id = await create();
    await turns('off');
    await eventually(
      () => consoleOf(id),
      output => output === 'answered 200\n',
    );
    expect((await ask(`GET /v1/servers/${id}`)).status).toBe(200);
    await ask(`DELETE /v1/servers/${id}`);
    await eventually(
      () => existsSync(rootOf(id)),
      exists => !exists,
    );
  });

  it('and is switched on again: on the same disk, with nothing of its user_data done twice', async () => {
    hetzner = await start(SAY_AND_END);
    const id = await create();
    await turns('off');
    const console = consoleOf(id);
    expect((await ask(`POST /v1/servers/${id}/actions/poweron`)).status).toBe(201);
    await turns('running');
    expect(existsSync(`${rootOf(id)}/var/lib/innkeeper/dump`)).toBe(true);
    expect((await ask(`POST /v1/servers/${id}/actions/shutdown`)).status).toBe(201);
    await turns('off');
    expect(consoleOf(id)).toBe(console);
  });

  it('by deletion: whatever runs is killed, and its disk is gone', async () => {
    hetzner = await start(STAY);
    const id = await create();
    const pids = await pidsOf(id);
    expect(pids.map(isRunning)).toEqual([true, true]);
    await ask(`DELETE /v1/servers/${id}`);
    await eventually(
      () => [...pids.map(isRunning), existsSync(rootOf(id))],
      states => !states.includes(true),
    );
    expect(consoleOf(id)).toContain('ready');
  });

  it('with the stand-in, when that is stopped', async () => {
    hetzner = await start(STAY);
    const id = await create();
    const pids = await pidsOf(id);
    await hetzner.close();
    expect(isRunning(pids[0] ?? 0)).toBe(false);
    await eventually(
      () => pids.map(isRunning),
      states => !states.includes(true),
    );
    hetzner = await start(STAY);
    expect((await told())?.status).toBe('off');
  });
});
