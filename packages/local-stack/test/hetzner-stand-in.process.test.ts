import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { eventually } from '../src/testing/eventually.ts';

/** The stand-in as the process of the stack that it is: killed, started again, stopped. */
const MAIN = new URL('../src/stand-ins/hetzner/main.ts', import.meta.url).pathname;
const RUNNER = `
console.log(JSON.stringify({ pid: process.pid, filer: process.env.FILER_DIRECTORY, path: process.env.PATH }));
setInterval(() => {}, 1000);
`;
const USER_DATA = '#cloud-config\nruncmd: [[systemctl, start, --no-block, innkeeper-backup.service]]\n';

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
}

let stateDirectory: string;
let children: ChildProcess[];
beforeEach(() => {
  stateDirectory = mkdtempSync(path.join(tmpdir(), 'hetzner-process-'));
  writeFileSync(path.join(stateDirectory, 'runner.mjs'), RUNNER);
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(stateDirectory, { recursive: true, force: true });
});

async function start(): Promise<Running> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: '/bin',
      STATE_DIRECTORY: stateDirectory,
      HCLOUD_TOKEN: 'token',
      BACKUP_RUNNER_PROGRAM: path.join(stateDirectory, 'runner.mjs'),
      SERVER_PROGRAMS: '/small/programs',
      SERVER_ENV_FILER_DIRECTORY: '/filer',
      NODE_NO_WARNINGS: '1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { child, url: (JSON.parse(line) as { url: string }).url };
}

async function end({ child }: Running, signal: NodeJS.Signals): Promise<void> {
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

interface Server {
  readonly id: number;
  readonly name: string;
  readonly status: string;
}
const ask = async (running: Running, method: string, route: string, body?: object) => {
  const headers = { authorization: 'Bearer token' };
  const reply = await fetch(`${running.url}/v1/${route}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await reply.json()) as { server?: Server; servers?: Server[]; images?: { labels: object }[] };
};
const create = async (running: Running, name: string): Promise<number> => {
  const order = { name, server_type: 'cx23', image: '7001', user_data: USER_DATA };
  return (await ask(running, 'POST', 'servers', order)).server?.id ?? 0;
};
/** The first line of its console, once the runner has written it. */
const runnerOf = async (id: number): Promise<{ pid: number; filer: string; path: string }> => {
  const file = path.join(stateDirectory, 'servers', String(id), 'console.log');
  const text = await eventually(
    () => (existsSync(file) ? readFileSync(file, 'utf8') : ''),
    output => output.includes('\n'),
  );
  return JSON.parse(text) as { pid: number; filer: string; path: string };
};
/** The end of a child that nobody waits for stays in the table of processes; it does not run. */
const isRunning = (pid: number): boolean => {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !/\) [ZX] /u.test(readFileSync(file, 'utf8'));
};

it('loses no server to kill -9: one runs on and can still be deleted, one whose runner is gone is off', async () => {
  const first = await start();
  const ids = [await create(first, 'runs-on'), await create(first, 'ends-meanwhile')];
  const runners = await Promise.all(ids.map(runnerOf));
  expect(runners[0]).toMatchObject({ filer: '/filer', path: '/small/programs:/bin' });
  await end(first, 'SIGKILL');
  expect(runners.map(({ pid }) => isRunning(pid))).toEqual([true, true]);
  process.kill(runners[1]?.pid ?? 0, 'SIGKILL');

  const second = await start();
  const { servers } = await ask(second, 'GET', 'servers');
  expect(servers?.map(({ name, status }) => [name, status])).toEqual([
    ['runs-on', 'running'],
    ['ends-meanwhile', 'off'],
  ]);
  await ask(second, 'DELETE', `servers/${ids[0] ?? 0}`);
  await eventually(
    () => isRunning(runners[0]?.pid ?? 0),
    running => !running,
  );
});

it('takes its servers with it when it is stopped, and has a snapshot to start with', async () => {
  const running = await start();
  const { images } = await ask(running, 'GET', 'images?label_selector=role%3Dbackup-runner');
  expect(images).toMatchObject([{ labels: { runner: '0.1.0', protocol: '1' } }]);
  const { pid } = await runnerOf(await create(running, 'one'));
  await end(running, 'SIGTERM');
  expect(isRunning(pid)).toBe(false);
});
