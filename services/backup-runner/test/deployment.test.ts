import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { INSTRUCTIONS_PATH } from '@innkeeper/shared/contracts/backup/instructions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RUN_MS_MAX } from '../src/run/run-backup.ts';

const PACKAGE = new URL('../', import.meta.url);
const execute = promisify(execFile);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-snapshot-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('what goes into the snapshot', () => {
  it('is one file that runs without anything beside it, knows its version, and turns the server off', async () => {
    const file = join(folder, 'backup-runner.mjs');
    await execute(process.execPath, [new URL('scripts/build-runner.ts', PACKAGE).pathname, file]);
    const programs = join(folder, 'programs');
    await mkdir(programs);
    await writeFile(join(programs, 'poweroff'), `#!/bin/sh\necho off > ${folder}/power\n`);
    await chmod(join(programs, 'poweroff'), 0o755);
    const instructions = join(folder, 'run.json');
    // Nobody listens on this port: the run cannot begin, and is told to stop waiting.
    const exchangeUrl = 'http://127.0.0.1:1/exchange';
    await writeFile(instructions, JSON.stringify({ v: 1, runId: '2026-11-21', exchangeUrl, token: 'S'.repeat(43) }));

    const runner = execute(process.execPath, [file, instructions], { cwd: folder, env: { PATH: programs } });
    runner.child.stdout?.once('data', () => runner.child.kill('SIGTERM'));
    const ended = await runner.catch((error: unknown) => error as { readonly code: number; readonly stdout: string });
    const { version } = JSON.parse(await readFile(new URL('package.json', PACKAGE), 'utf8')) as { version: string };
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.stdout).toContain(`"event":"run.started","runId":"2026-11-21","version":"${version}"`);
    expect(ended.stdout).toContain('"reason":"stopped"');
    expect(await readFile(join(folder, 'power'), 'utf8')).toBe('off\n');

    const weighed = join(folder, 'weighed.json');
    const passed = await execute(process.execPath, [file, 'measure', weighed, '1', '--', 'echo', 'dump']);
    expect(passed.stdout).toBe('dump\n');
    expect(JSON.parse(await readFile(weighed, 'utf8'))).toMatchObject({ bytes: 5, code: 0 });
  });
});

describe('the unit', () => {
  const settings = async (): Promise<Map<string, string>> => {
    const text = await readFile(new URL('systemd/innkeeper-backup.service', PACKAGE), 'utf8');
    const lines = text
      .replaceAll('\\\n', '')
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#') && !line.startsWith('['));
    const pairs = lines.map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const);
    const map = new Map(pairs);
    expect(map.size).toBe(lines.length); // nothing twice, where the second would win
    return map;
  };

  it('starts the runner with the file that cloud-init writes', async () => {
    expect((await settings()).get('ExecStart')).toBe(
      `/usr/bin/node /opt/innkeeper/backup-runner.mjs ${INSTRUCTIONS_PATH}`,
    );
  });

  it('turns the server off whatever happens, later than the runner does itself', async () => {
    const unit = await settings();
    expect(unit.get('ExecStopPost')).toBe('/usr/bin/systemctl --no-block poweroff');
    expect(unit.get('SuccessAction')).toBe('poweroff');
    expect(unit.get('FailureAction')).toBe('poweroff');
    const [, hours, minutes] = /^(\d+)h (\d+)min$/u.exec(unit.get('RuntimeMaxSec') ?? '') ?? [];
    const limitMs = (Number(hours) * 60 + Number(minutes)) * 60_000;
    expect(limitMs).toBeGreaterThan(RUN_MS_MAX);
    expect(limitMs).toBeLessThan(RUN_MS_MAX + 3_600_000);
    expect(Number(unit.get('TimeoutStopSec'))).toBeGreaterThan(10);
    expect(unit.get('Restart')).toBe('no');
    expect(unit.get('KillMode')).toBe('mixed');
  });

  it('leaves secrets no way onto a disk', async () => {
    const unit = await settings();
    expect([unit.get('LimitCORE'), unit.get('MemorySwapMax'), unit.get('UMask')]).toEqual(['0', '0', '0077']);
    expect(unit.get('RuntimeDirectoryMode')).toBe('0700');
  });

  it('leaves the memory to programs: what a drill rebuilds lies on the disk', async () => {
    expect((await settings()).get('Environment')).toContain('TMPDIR=/var/tmp');
  });
});
