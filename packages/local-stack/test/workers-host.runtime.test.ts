import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../src/emulators/free-port.ts';
import { eventually } from '../src/testing/eventually.ts';
import { findWorkerd, isWorkerd, reapStaleWorkerd } from '../src/workers-host/workerd-process.ts';
import { FIXTURE_DIRECTORY, fixtureClient } from './fixtures/queue-worker/client.ts';
import { temporaryDirectory } from './fixtures/temporary-directory.ts';

const MAIN = path.resolve(import.meta.dirname, '../src/workers-host/main.ts');

interface Host {
  readonly child: ChildProcess;
  readonly url: string;
  readonly controlUrl: string;
  readonly workerdPid: number;
  readonly fixture: ReturnType<typeof fixtureClient>;
}

const hosts: ChildProcess[] = [];
const states: ReturnType<typeof temporaryDirectory>[] = [];
afterEach(async () => {
  for (const child of hosts.splice(0)) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  for (const state of states.splice(0)) {
    await reapStaleWorkerd(state.path);
    state.remove();
  }
});

async function prepare(): Promise<{ state: string; start: () => Promise<Host> }> {
  const state = temporaryDirectory();
  states.push(state);
  const [port, controlPort] = [await freePort(), await freePort()];
  const config = path.join(state.path, 'workers.json');
  const worker = { directory: FIXTURE_DIRECTORY, port, variables: { GREETING: 'from the host' } };
  writeFileSync(config, JSON.stringify({ workers: [worker] }), { mode: 0o600 });
  const url = `http://127.0.0.1:${port}`;
  const controlUrl = `http://127.0.0.1:${controlPort}`;
  const start = async (): Promise<Host> => {
    const child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, PORT: String(controlPort), STATE_DIRECTORY: state.path, WORKERS_CONFIG: config },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    hosts.push(child);
    const health = await eventually(
      () =>
        fetch(`${controlUrl}/_control/health`).then(
          response => response.json() as Promise<{ workerdPid: number }>,
          () => undefined,
        ),
      answer => answer !== undefined,
    );
    return {
      child,
      url,
      controlUrl,
      workerdPid: health?.workerdPid ?? 0,
      fixture: fixtureClient(url),
    };
  };
  return { state: state.path, start };
}

async function kill({ child }: Host, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

describe('the host of the Workers', () => {
  test('kill -9 in the middle loses no accepted message, and the old workerd is reaped by the next start', async () => {
    const { start } = await prepare();
    const first = await start();
    const accepted: number[] = [];
    const sending = Array.from({ length: 60 }, async (_, index) => {
      const answer = await first.fixture.send({ index }).catch(() => undefined);
      if (answer?.sent !== undefined) accepted.push(index);
      if (accepted.length === 25) first.child.kill('SIGKILL');
    });
    await Promise.all(sending);
    await kill(first, 'SIGKILL');
    expect(isWorkerd(first.workerdPid)).toBe(true);

    const second = await start();
    expect(isWorkerd(first.workerdPid)).toBe(false);
    expect(second.workerdPid).not.toBe(first.workerdPid);
    const seen = await eventually(
      async () => new Set((await second.fixture.seen()).map(({ body }) => (body as { index: number }).index)),
      indices => accepted.every(index => indices.has(index)),
    );
    expect(accepted.length).toBeGreaterThanOrEqual(25);
    expect(accepted.filter(index => !seen.has(index))).toEqual([]);
  });

  test('objects, alarms and variables outlive kill -9, each Worker at the same address', async () => {
    const { start } = await prepare();
    const first = await start();
    await first.fixture.put('/object', 'kept');
    await first.fixture.get('/alarm?ms=1000');
    await kill(first, 'SIGKILL');

    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await second.fixture.get('/object')).toBe('kept');
    expect(JSON.parse(await second.fixture.get('/variables'))).toEqual({ greeting: 'from the host' });
    expect(
      await eventually(
        () => second.fixture.get('/rang'),
        rang => rang === 'true',
      ),
    ).toBe('true');
  });

  test('it exits with an error when its workerd dies, so that it is started anew', async () => {
    const { start } = await prepare();
    const host = await start();
    process.kill(host.workerdPid, 'SIGKILL');
    await once(host.child, 'exit');
    expect(host.child.exitCode).toBe(1);
  });

  test('tells its queues to whoever asks, and SIGTERM ends it in order and leaves no workerd', async () => {
    const { state, start } = await prepare();
    const host = await start();
    await host.fixture.send({ kind: 'plain' }, { delaySeconds: 60 });
    const answer: unknown = await (await fetch(`${host.controlUrl}/_control/queues`)).json();
    expect(answer).toEqual({ queues: { jobs: { due: 0, inFlight: 0, delayed: 1 } } });
    expect(await kill(host, 'SIGTERM')).toBe(0);
    expect(findWorkerd(state)).toBeUndefined();
  });
});
