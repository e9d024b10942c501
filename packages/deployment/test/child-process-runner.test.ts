import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@innkeeper/shared/config/secret';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { childProcessRunner } from '../src/programs/child-process-runner.ts';
import type { ProgramCall } from '../src/programs/program-runner.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-runner-'));
});
afterEach(() => rm(folder, { recursive: true }));

const run = (code: string, call: Partial<ProgramCall> = {}) =>
  childProcessRunner({ root: folder, environment: { PATH: process.env['PATH'] } }).run({
    program: 'node',
    args: ['-e', code],
    timeoutMs: 20_000,
    ...call,
  });

describe('childProcessRunner', () => {
  it('answers what was printed, and hands secrets on by the environment', async () => {
    const environment = { TOKEN: new Secret('opens everything') };
    const answer = await run('process.stdout.write(process.env.TOKEN + process.cwd())', { environment });
    expect(answer).toEqual({ ok: true, value: { exitCode: 0, stdout: `opens everything${folder}` } });
  });

  it('keeps the last words of a program that failed', async () => {
    const answer = await run(`console.error('x'.repeat(5000) + ' no quota'); process.exit(3)`);
    expect(answer).toMatchObject({ ok: false, error: { kind: 'failed', exitCode: 3 } });
    expect(answer.ok ? '' : 'lastWords' in answer.error && answer.error.lastWords).toMatch(/^x{1000,2000} no quota$/u);
  });

  it('hides secrets that a program complains about', async () => {
    const environment = { HCLOUD_TOKEN: new Secret('opens everything') };
    const answer = await run(`console.error('bad token ' + process.env.HCLOUD_TOKEN); process.exit(1)`, {
      environment,
    });
    expect(answer).toMatchObject({ error: { lastWords: 'bad token [secret]' } });
  });

  it('takes an expected exit code for an answer', async () => {
    expect(await run('process.exit(2)', { expectedExitCodes: [2] })).toMatchObject({
      ok: true,
      value: { exitCode: 2 },
    });
  });

  it('stops what runs when a person asks, and what would run next where nothing does', async () => {
    const runner = childProcessRunner({ root: folder, environment: { PATH: process.env['PATH'] } });
    const call = { program: 'node', timeoutMs: 20_000 } as const;
    const started = join(folder, 'started');
    const code = `require('node:fs').writeFileSync(${JSON.stringify(started)}, ''); setInterval(() => {}, 1000);`;
    const running = runner.run({ ...call, args: ['-e', code] });
    await vi.waitUntil(() => existsSync(started), { timeout: 15_000 });
    runner.interrupt();
    expect(await running).toMatchObject({ ok: false, error: { kind: 'failed' } });
    runner.interrupt();
    expect(await runner.run({ ...call, args: ['-e', ''] })).toMatchObject({
      error: { lastWords: 'Somebody stopped it.' },
    });
    expect(await runner.run({ ...call, args: ['-e', ''] })).toMatchObject({ ok: true });
  });

  it('lets a program that hangs end by itself: Terraform then writes its state and gives its lock back', async () => {
    const lock = join(folder, 'lock');
    const script = `#!/bin/sh\ntrap "rm -f '${lock}'; exit 1" INT\n: >'${lock}'\nwhile :; do sleep 1; done\n`;
    await writeFile(join(folder, 'terraform'), script, { mode: 0o755 });
    const runner = childProcessRunner({ root: folder, environment: { PATH: `${folder}:/usr/bin:/bin` } });
    const hung = await runner.run({ program: 'terraform', args: [], timeoutMs: 500 });
    expect(hung).toEqual({ ok: false, error: { kind: 'timed_out' } });
    expect(existsSync(lock)).toBe(false);
  });

  it('ends a program that hangs, and what that one started', async () => {
    const child = join(folder, 'child.pid');
    // A shell, which is there at once: the time-out finds both running.
    await writeFile(join(folder, 'git'), `#!/bin/sh\nsleep 60 &\necho $! >'${child}'\nwait\n`, { mode: 0o755 });
    const runner = childProcessRunner({ root: folder, environment: { PATH: `${folder}:/usr/bin:/bin` } });
    const hung = await runner.run({ program: 'git', args: [], timeoutMs: 500 });
    expect(hung).toEqual({ ok: false, error: { kind: 'timed_out' } });
    const state = await readFile(`/proc/${(await readFile(child, 'utf8')).trim()}/stat`, 'utf8').catch(() => 'gone');
    expect(state === 'gone' || / Z /u.test(state)).toBe(true);
  });
});
