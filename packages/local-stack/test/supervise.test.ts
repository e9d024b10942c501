import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog } from '@innkeeper/shared/log/log';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Part } from '../src/supervisor/part.ts';
import { pickPorts } from '../src/supervisor/pick-ports.ts';
import { identify } from '../src/supervisor/process-identity.ts';
import { readProcessTable, reapLeftovers, runningSupervisor } from '../src/supervisor/process-table.ts';
import { runPart } from '../src/supervisor/run-part.ts';
import { openStackHome, type StackHome } from '../src/supervisor/stack-home.ts';
import { type Supervision, supervise } from '../src/supervisor/supervise.ts';

let home: StackHome;
let journalFile: string;
let ports: Record<'a' | 'b' | 'c', number>;
let running: Supervision | undefined;

beforeEach(async () => {
  home = openStackHome({ INNKEEPER_HOME: mkdtempSync(join(tmpdir(), 'innkeeper-supervise-')) });
  journalFile = join(home.root, 'journal');
  ports = await pickPorts(['a', 'b', 'c']);
});

afterEach(async () => {
  await running?.stop();
  running = undefined;
  rmSync(home.root, { recursive: true });
});

function part(name: 'a' | 'b' | 'c', overrides: Partial<Part> & { with?: Record<string, string> } = {}): Part {
  const { with: environment, ...rest } = overrides;
  return {
    name,
    listedAs: [name],
    command: process.execPath,
    args: [join(import.meta.dirname, 'fixtures/small-part.ts')],
    environment: { PORT: String(ports[name]), NAME: name, JOURNAL: journalFile, ...environment },
    health: [`http://127.0.0.1:${ports[name]}/`],
    dependsOn: [],
    ...rest,
  };
}

/** Starts the parts; `wellAgain` resolves each time all of them have become well. */
function start(parts: readonly Part[]) {
  const waiting: (() => void)[] = [];
  const { supervision, ready } = supervise({
    parts,
    home,
    log: createLog('supervisor', () => {}),
    onAllWell: () => waiting.splice(0).forEach(resolve => resolve()),
  });
  running = supervision;
  const wellAgain = (): Promise<void> => new Promise(resolve => waiting.push(resolve));
  const pidOf = (name: string): number =>
    supervision
      .parts()
      .find(kept => kept.part.name === name)
      ?.pid() ?? 0;
  return { supervision, ready, wellAgain, pidOf };
}

const journal = (): string[] => readFileSync(journalFile, 'utf8').trimEnd().split('\n');
const childPids = (): number[] =>
  journal()
    .flatMap(line => /child (\d+)/u.exec(line)?.[1] ?? [])
    .map(Number);
const isGone = (pid: number): boolean => identify(pid) === undefined;

describe('starting', () => {
  test('a part begins only when those it needs are well', async () => {
    const { ready } = start([part('b', { dependsOn: ['a'] }), part('a')]);
    await ready;
    expect(journal()).toEqual(['a began', 'a listens', 'b began', 'b listens']);
  });

  test('a part that cannot become well ends the start with the end of its log', async () => {
    const broken = part('a', { args: ['-e', 'console.error("no such luck"); process.exit(3)'] });
    await expect(start([broken]).ready).rejects.toThrow(/a does not start[\s\S]*no such luck/u);
  });

  test('parts that wait for one another are refused', () => {
    const parts = [part('a', { dependsOn: ['b'] }), part('b', { dependsOn: ['a'] })];
    expect(() => start(parts)).toThrow('can never start');
  });
});

describe('a part that ends', () => {
  test('is started again at the same address when it was killed', async () => {
    const { ready, wellAgain, pidOf, supervision } = start([part('a'), part('b')]);
    await ready;
    const before = pidOf('a');
    const again = wellAgain();
    process.kill(before, 'SIGKILL');
    await again;
    expect(pidOf('a')).not.toBe(before);
    expect(readProcessTable(home.processTable)?.children['a']?.pid).toBe(pidOf('a'));
    expect((await fetch(`http://127.0.0.1:${ports.a}/`)).status).toBe(200);
    expect(supervision.parts().map(kept => kept.restarts())).toEqual([1, 0]);
  });

  test('takes with it what it had started itself', async () => {
    const { ready, wellAgain, pidOf } = start([part('a', { with: { WITH_CHILD: 'yes' } })]);
    await ready;
    const again = wellAgain();
    process.kill(pidOf('a'), 'SIGKILL');
    await again;
    const [first = 0, second = 0] = childPids();
    expect(isGone(first)).toBe(true);
    expect(isGone(second)).toBe(false);
  });

  test('is started again when it answers that it is unwell', async () => {
    const { ready, wellAgain, pidOf } = start([part('a')]);
    await ready;
    const before = pidOf('a');
    const again = wellAgain();
    await fetch(`http://127.0.0.1:${ports.a}/sicken`, { method: 'POST' });
    await again;
    expect(pidOf('a')).not.toBe(before);
    expect(isGone(before)).toBe(true);
  });
});

describe('stopping', () => {
  test('asks every part, first those that need others, and leaves no process', async () => {
    const { ready, pidOf, supervision } = start([
      part('a', { with: { WITH_CHILD: 'yes' } }),
      part('b', { dependsOn: ['a'] }),
      part('c', { dependsOn: ['b'] }),
    ]);
    await ready;
    const pids = [...['a', 'b', 'c'].map(pidOf), ...childPids()];
    await supervision.stop();
    expect(journal().filter(line => line.endsWith('asked to stop'))).toEqual([
      'c asked to stop',
      'b asked to stop',
      'a asked to stop',
    ]);
    expect(pids.map(isGone)).toEqual([true, true, true, true]);
    expect(readProcessTable(home.processTable)).toBeUndefined();
  });

  test('works while parts are still starting', async () => {
    const { ready, supervision } = start([part('a', { health: [`http://127.0.0.1:${ports.b}/`] })]);
    await expect.poll(() => supervision.parts().map(kept => kept.pid() > 0)).toEqual([true]);
    await supervision.stop();
    await ready;
    expect(supervision.parts().map(kept => isGone(kept.pid()))).toEqual([true]);
  });

  test('a process that does not listen to SIGTERM is ended by force', async () => {
    const places = {
      logFile: home.log('a'),
      stateDirectory: home.state('a'),
      configurationFile: home.configuration('a'),
    };
    const deaf = await runPart(part('a', { with: { DEAF: 'yes' } }), { ...places, stopMsMax: 100 });
    await expect
      .poll(() =>
        fetch(`http://127.0.0.1:${ports.a}/`).then(
          reply => reply.ok,
          () => false,
        ),
      )
      .toBe(true);
    await deaf.stop();
    expect(await deaf.ended).toBe('SIGKILL');
    expect(isGone(deaf.pid)).toBe(true);
  });
});

test('what a killed supervisor left running is ended by whoever comes next', async () => {
  const parts = [part('a', { with: { WITH_CHILD: 'yes' } }), part('b')];
  const supervisor = spawn(process.execPath, [join(import.meta.dirname, 'fixtures/small-supervisor.ts')], {
    env: { ...process.env, INNKEEPER_HOME: home.root, PARTS: JSON.stringify(parts) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(supervisor.stdout, 'data');
  expect(runningSupervisor(home.processTable)).toBe(supervisor.pid);
  const left = Object.values(readProcessTable(home.processTable)?.children ?? {}).map(({ pid }) => pid);
  expect(left).toHaveLength(2);

  supervisor.kill('SIGKILL');
  await once(supervisor, 'exit');
  // One of the parts may be gone by then; what it had started is not.
  process.kill(left[0] ?? 0, 'SIGKILL');
  expect(runningSupervisor(home.processTable)).toBeUndefined();
  expect(await reapLeftovers(home.processTable, 2_000)).toEqual(['a', 'b']);
  expect([...left, ...childPids()].map(isGone)).toEqual([true, true, true]);
});
