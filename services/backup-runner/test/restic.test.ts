import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { eventually } from '@innkeeper/local-stack/testing/eventually';
import { Secret } from '@innkeeper/shared/config/secret';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cliRestic, type ResticAccess } from '../src/restic/cli-restic.ts';
import type { Restic, ResticNode } from '../src/restic/restic.ts';
import { completeRuns } from '../src/retention/complete-runs.ts';
import { childPrograms } from '../src/run/child-programs.ts';
import type { StepProgress, StepResult } from '../src/run/step.ts';
import { type RestRepository, startRestRepository } from './support/rest-repository.ts';

const RUN = '2026-11-21';
const quiet = { progress: () => undefined };

let folder: string;
let vault: RestRepository;
const access = (changes: Partial<ResticAccess> = {}): ResticAccess => ({
  binary: process.env['RESTIC_BINARY'] ?? 'restic',
  repository: vault.repository,
  credential: { user: vault.user, token: new Secret(vault.token) },
  password: new Secret(vault.password),
  zone: 'Europe/Berlin',
  programs: childPrograms(process.env),
  ...changes,
});
const restic = (changes: Partial<ResticAccess> = {}): Restic => cliRestic(access(changes));

/** The value, or the failure as an exception. */
async function value<T>(result: StepResult<T>): Promise<T> {
  const answer = await result;
  if (!answer.ok) throw new Error(`${answer.error.reason}: ${answer.error.detail}`);
  return answer.value;
}

async function failure(result: StepResult<unknown>): Promise<{ reason: string; detail: string }> {
  const answer = await result;
  if (answer.ok) throw new Error(`no failure: ${JSON.stringify(answer.value)}`);
  return answer.error;
}

const newFolder = (): Promise<string> => mkdtemp(join(folder, 'case-'));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-restic-'));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  vault = await startRestRepository();
  return () => vault[Symbol.asyncDispose]();
});

describe('a night with real restic', () => {
  it('backs up a program, bytes and a folder, finds them again, and restores what is asked for', async () => {
    const files = await newFolder();
    // Everything that a pattern, a shell or a list of lines could take for something else.
    const names = ['plain', 'a b ', '*', '[x]', '?', '\\', '$HOME', '#x', 'über', 'line\nbreak', '!not', '%s', "it's"];
    for (const name of names) await writeFile(join(files, name), `content of ${JSON.stringify(name)}`);
    await writeFile(join(files, 'x'), 'nobody asks for this');
    const seen: StepProgress[] = [];

    expect(await value(restic().version())).toMatch(/^\d+\.\d+\.\d+$/u);
    await value(restic().unlock());
    const dump = await value(
      restic().backupCommand({
        source: 'mongodb',
        runId: RUN,
        fileName: '/mongodb.archive',
        command: ['sh', '-c', 'printf %s "$DUMPED"'],
        environment: { DUMPED: 'documents' },
        ...quiet,
      }),
    );
    const bytes = new TextEncoder().encode('{"canary":1}');
    await value(restic().backupBytes({ source: 'configuration', runId: RUN, fileName: '/configuration.json', bytes }));
    const taken = await value(
      restic().backupFolder({ source: 'files', runId: RUN, paths: [files], progress: at => seen.push(at) }),
    );
    expect(dump).toMatchObject({ source: 'mongodb', totalBytes: 9, totalFiles: 1 });
    expect(taken.totalFiles).toBe(names.length + 1);
    expect(taken.addedBytes).toBeGreaterThan(0);

    const snapshots = await value(restic().snapshots({ runId: RUN }));
    expect(snapshots.map(({ paths, tags, host }) => [host, ...paths, ...tags])).toEqual([
      ['innkeeper', '/mongodb.archive', `run=${RUN}`, 'source=mongodb'],
      ['innkeeper', '/configuration.json', `run=${RUN}`, 'source=configuration'],
      ['innkeeper', files, `run=${RUN}`, 'source=files'],
    ]);
    expect(snapshots[2]).toMatchObject({ id: taken.snapshotId, totalFiles: taken.totalFiles });
    expect(await value(restic().snapshots({ runId: '2026-11-20' }))).toEqual([]);

    const nodes: ResticNode[] = [];
    await value(restic().list(taken.snapshotId, node => nodes.push(node)));
    const found = nodes.filter(({ type }) => type === 'file');
    expect(found.map(({ path }) => path).sort()).toEqual([...names, 'x'].map(name => join(files, name)).sort());

    const target = await newFolder();
    const asked = names.map(name => join(files, name));
    const restored = await value(restic().restore({ snapshotId: taken.snapshotId, target, include: asked }));
    const original = await Promise.all(names.map(name => readFile(join(files, name), 'utf8')));
    const copies = await Promise.all(names.map(name => readFile(join(target, files, name), 'utf8')));
    expect(copies).toEqual(original);
    expect((await readdir(join(target, files))).sort()).toEqual([...names].sort());
    expect(restored.bytes).toBe(Buffer.byteLength(original.join('')));

    let dumped: Buffer | undefined;
    await value(
      restic().dump(dump.snapshotId, '/mongodb.archive', async stream => {
        dumped = await buffer(stream);
      }),
    );
    expect(dumped?.toString()).toBe('documents');
    await value(restic().check('1/1'));
  });

  it('tells how far it is, in bytes', async () => {
    const files = await newFolder();
    await writeFile(join(files, 'large'), randomBytes(24_000_000));
    const seen: StepProgress[] = [];
    const environment = { RESTIC_PROGRESS_FPS: '50' };
    await value(
      restic({ environment }).backupFolder({
        source: 'files',
        runId: RUN,
        paths: [files],
        progress: at => seen.push(at),
      }),
    );
    expect(seen.length).toBeGreaterThan(1);
    expect(seen.at(-1)?.bytesTotal).toBe(24_000_000);
    expect(seen.at(-1)?.bytesDone).toBeGreaterThan(0);
  });

  it('finds the night before, so that only what is new is added', async () => {
    const files = await newFolder();
    await writeFile(join(files, 'large'), randomBytes(300_000));
    const order = { source: 'files', paths: [files], ...quiet } as const;
    const first = await value(restic().backupFolder({ ...order, runId: '2026-11-20' }));
    const second = await value(restic().backupFolder({ ...order, runId: RUN }));
    expect(first.addedBytes).toBeGreaterThan(300_000);
    expect(second.addedBytes).toBeLessThan(3_000);
    const policy = { keepDaily: 1, keepWeekly: 0, keepMonthly: 0 };
    const preview = await value(restic().forgetPreview(policy));
    expect(preview).toEqual({
      keep: [second.snapshotId],
      remove: [first.snapshotId],
      reasons: { [second.snapshotId]: ['daily snapshot'] },
    });
  });
});

describe('what goes wrong has a name', () => {
  it('a program that fails leaves no snapshot', async () => {
    const command = ['sh', '-c', 'echo half of it; exit 3'] as const;
    const order = { source: 'mongodb', runId: RUN, fileName: '/mongodb.archive', command, ...quiet } as const;
    const problem = await failure(restic().backupCommand(order));
    expect(problem).toEqual({
      reason: 'restic_failed',
      detail: 'restic backup ended with 1: command failed, 1 error.',
    });
    expect(await value(restic().snapshots())).toEqual([]);
  });

  it('a source that cannot be read makes the backup a failure, though restic saved the rest', async () => {
    const files = await newFolder();
    await writeFile(join(files, 'there'), 'x');
    const paths = [files, join(folder, 'not-there')];
    const problem = await failure(restic().backupFolder({ source: 'files', runId: RUN, paths, ...quiet }));
    expect(problem.reason).toBe('source_unreadable');
    expect(JSON.stringify(problem)).not.toContain(files);
    // What it saved stays in the repository, as a part of a run that is not complete.
    expect(completeRuns(await value(restic().snapshots())).incomplete.size).toBe(1);
  });

  it.each([
    ['wrong password', () => ({ password: new Secret('wrong') }), 'repository_wrong_password'],
    ['no repository', () => ({ repository: join(folder, 'none') }), 'repository_missing'],
    ['wrong token', () => ({ credential: { user: vault.user, token: new Secret('forged') } }), 'vault_refused'],
    ['no restic', () => ({ binary: join(folder, 'no-restic') }), 'program_missing'],
  ] as const)('%s', async (_name, changes, reason) => {
    expect(await failure(restic(changes()).open())).toMatchObject({ reason });
  });

  it.each([
    ['a vault that is full', 'POST', /^data/u, 507, 'repository_full'],
    ['a vault that takes no data', 'POST', /^data/u, 403, 'vault_refused'],
    ['a vault that takes no snapshot', 'POST', /^snapshots/u, 403, 'vault_refused'],
  ] as const)('%s', async (_name, method, path, status, reason) => {
    vault.fault = { method, path, status };
    const bytes = randomBytes(1000);
    const order = { source: 'configuration', runId: RUN, fileName: '/configuration.json', bytes } as const;
    expect(await failure(restic().backupBytes(order))).toEqual({
      reason,
      detail: `restic backup ended with 1: the vault answered ${status}.`,
    });
  });

  it('a repository that lost data is damaged, for check and for restore', async () => {
    const bytes = randomBytes(50_000);
    const order = { source: 'configuration', runId: RUN, fileName: '/configuration.json', bytes } as const;
    const { snapshotId } = await value(restic().backupBytes(order));
    for (const [name, content] of vault.files) {
      const isData = name.startsWith('data/') && content.length > 40_000;
      if (isData) vault.files.set(name, content.with(1000, (content[1000] ?? 0) ^ 1));
    }
    expect(await failure(restic().check('1/1'))).toMatchObject({ reason: 'repository_damaged' });
    const target = await newFolder();
    expect(await failure(restic().restore({ snapshotId, target }))).toMatchObject({ reason: 'repository_damaged' });
  });

  it('a locked repository is one that somebody else works on, until that is told to stop', async () => {
    const run = new AbortController();
    const holder = restic({ signal: run.signal }).backupCommand(endless(['sh', '-c', 'exec sleep 60']));
    await eventually(locks, count => count === 1);
    const programs = childPrograms(process.env);
    const impatient = restic({ programs: { ...programs, run: call => programs.run(withoutPatience(call)) } });
    expect(await failure(impatient.prune())).toMatchObject({ reason: 'repository_locked' });

    run.abort();
    expect(await failure(holder)).toMatchObject({ reason: 'restic_cancelled' });
    expect(locks()).toBe(0);
  });

  it('unlock takes away the lock of a process that is gone', async () => {
    const pidFile = join(await newFolder(), 'pid');
    const script = `echo $PPID > ${pidFile}; while echo x; do sleep 0.05; done`;
    const holder = restic().backupCommand(endless(['sh', '-c', script]));
    const pid = await eventually(
      async () => Number(await readFile(pidFile, 'utf8').catch(() => '0')),
      read => read > 0,
    );
    process.kill(pid, 'SIGKILL');
    expect(await failure(holder)).toEqual({ reason: 'restic_crashed', detail: 'restic backup was ended by SIGKILL.' });
    expect(locks()).toBe(1);
    await value(restic().unlock());
    expect(locks()).toBe(0);
  });

  const locks = (): number => [...vault.files.keys()].filter(name => name.startsWith('locks/')).length;
  const endless = (command: readonly [string, ...string[]]) =>
    ({ source: 'mongodb', runId: RUN, fileName: '/mongodb.archive', command, ...quiet }) as const;
});

describe('forget and prune where the vault refuses', () => {
  const take = async (runId: string): Promise<string> => {
    const bytes = randomBytes(400_000);
    const order = { source: 'configuration', runId, fileName: '/configuration.json', bytes } as const;
    return (await value(restic().backupBytes(order))).snapshotId;
  };

  it('forget says which are gone; nothing asked for is nothing done', async () => {
    const [first, second] = [await take('2026-11-19'), await take('2026-11-20')];
    await take(RUN);
    vault.fault = { method: 'DELETE', path: new RegExp(`^snapshots/${first}`, 'u'), status: 403 };
    expect(await value(restic().forget([first, second]))).toEqual({ removed: [second] });
    vault.fault = undefined;
    expect(await value(restic().forget([]))).toEqual({ removed: [] });
    expect((await value(restic().snapshots())).length).toBe(2);
  });

  it('prune counts packs that are too young, and takes them the next time', async () => {
    const first = await take('2026-11-20');
    await take(RUN);
    await value(restic().forget([first]));
    vault.fault = { method: 'DELETE', path: /^data/u, status: 403 };
    expect(await value(restic().prune())).toEqual({ freedBytes: 0, refused: 2 });
    vault.fault = undefined;
    const later = await value(restic().prune());
    expect(later.refused).toBe(0);
    expect(Math.abs(later.freedBytes - 400_000)).toBeLessThan(4_000);
    await value(restic().check());
  });
});

/** The wait for a lock is five minutes; here nobody gives it back. */
function withoutPatience(call: Parameters<ResticAccess['programs']['run']>[0]) {
  return { ...call, args: call.args.map(argument => (argument === '5m' ? '0s' : argument)) };
}
