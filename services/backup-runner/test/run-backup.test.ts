import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@innkeeper/local-stack/testing/eventually';
import type { BeginReply } from '@innkeeper/shared/contracts/backup/exchange';
import { RETENTION } from '@innkeeper/shared/contracts/backup/exchange';
import type { BackupReport } from '@innkeeper/shared/contracts/backup/report';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BackupServer, buildServerImage, createServerFolder, type ServerImage } from './support/backup-server.ts';
import { startKeycloakDatabase } from './support/keycloak-database.ts';
import { type RestRepository, startRestRepository } from './support/rest-repository.ts';
import { type FunctionScript, type ScriptedFunction, startFunction } from './support/scripted-function.ts';

const RUN = RunId.parse('2026-11-21');
const TOKEN = 'one-time-token-0123456789-0123456789-012345';
const SWARM_SECRET = 'swarm-secret-of-the-company';
const MONGODB_URI = 'mongodb://backup:mongo-password-of-chat@127.0.0.1:27017/?replicaSet=rs0';

let folder: string;
let image: ServerImage;
let vault: RestRepository;
let server: BackupServer;
let keycloak: Awaited<ReturnType<typeof startKeycloakDatabase>>;
let scripted: ScriptedFunction;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'innkeeper-image-'));
  image = await buildServerImage(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  [vault, keycloak] = await Promise.all([startRestRepository(), startKeycloakDatabase()]);
  server = createServerFolder(image);
});
afterEach(async () => {
  await Promise.all([scripted[Symbol.asyncDispose](), vault[Symbol.asyncDispose](), keycloak[Symbol.asyncDispose]()]);
  server[Symbol.dispose]();
});

/** The night's order; each test changes what it is about. */
function orderOf(url: string, changes: Partial<BeginReply> = {}): BeginReply {
  const { repository, user, token } = vault;
  return {
    v: 1,
    protocol: 1,
    runId: RUN,
    reportUrl: `${url}/report`,
    deadline: new Date(Date.now() + 120_000).toISOString(),
    zone: 'Europe/Berlin',
    types: ['daily'],
    vault: { repository, user, token, expiresAt: new Date(Date.now() + 120_000).toISOString() },
    resticPassword: vault.password,
    mongodb: { uri: MONGODB_URI },
    postgres: { uri: keycloak.uri },
    filer: {
      addresses: ['filer.example:8888'],
      paths: [{ path: '/uploads', sentinel: 'sentinel', minimumFiles: 3, minimumBytes: 5000 }],
    },
    configuration: { 'traefik.env': SWARM_SECRET },
    acceptSmaller: false,
    work: { sampleShare: 1, drill: false, prune: false },
    ...changes,
  };
}

async function begin(changes: Partial<BeginReply> = {}, script: Partial<FunctionScript> = {}): Promise<void> {
  scripted = await startFunction({
    token: TOKEN,
    order: url => orderOf(url, changes),
    retention: () => ({ v: 1, vault: orderOf('').vault, policy: RETENTION, minimumAgeSeconds: 7 * 86_400 }),
    ...script,
  });
}

const boot = (environment: Readonly<Record<string, string>> = {}) =>
  server.boot(JSON.stringify({ v: 1, runId: RUN, exchangeUrl: `${scripted.url}/exchange`, token: TOKEN }), {
    SERVER_POWER_URL: `${scripted.url}/power`,
    ...environment,
  });

const bodies = (): BackupReport['body'][] => scripted.reports.map(({ body }) => body);
const steps = (): string[] => bodies().flatMap(body => (body.kind === 'step_finished' ? [body.outcome.step] : []));
const locks = (): string[] => [...vault.files.keys()].filter(name => name.startsWith('locks/'));
const ALL_STEPS = ['dumping', 'backing_up', 'retaining', 'checking', 'restoring'];
/** A dump that goes on until nobody reads it, and tells that it has begun. */
const endlessDump = (): void =>
  server.setProgram('mongodump', `touch ${server.directory}/dumping; while echo x; do sleep 0.05; done`);
const isDumping = (): boolean => existsSync(join(server.directory, 'dumping'));

describe('a night', () => {
  it('ends with five steps, the last words and the server off', async () => {
    await begin();
    const { code, output } = await boot().ended;
    expect(output).toContain('"event":"run.finished"');
    expect(code).toBe(0);
    expect(scripted.powerOffs).toBe(1);
    expect(scripted.complaints).toEqual([]);
    expect(steps()).toEqual(ALL_STEPS);
    const last = bodies().at(-1);
    expect(last).toMatchObject({ kind: 'finished' });
    // Well below the ten seconds that are allowed, beside the work of restic and the dumps.
    expect(last?.kind === 'finished' ? last.overheadMs : Number.NaN).toBeLessThan(10_000);
    expect([...vault.files.keys()].filter(name => name.startsWith('snapshots/'))).toHaveLength(4);
    expect(locks()).toEqual([]);
    expect(server.leftovers()).toEqual([]);

    const secrets = [
      vault.password,
      vault.token,
      TOKEN,
      SWARM_SECRET,
      'mongo-password-of-chat',
      'pg-password-of-keycloak',
    ];
    const seen = `${server.commandLines()}\n${output}\n${JSON.stringify(scripted.reports)}`;
    expect(secrets.filter(secret => seen.includes(secret))).toEqual([]);
    for (const program of ['restic', 'mongodump', 'pg_dump']) expect(seen).toContain(`/programs/${program} `);
    expect(seen).toMatch(/backup-runner\.mjs measure \S+ \d+ -- pg_dump /u);
  });

  it('goes well though the first reply to everything is lost', async () => {
    await begin({}, { reply: ({ count }) => (count === 1 ? 'lose' : undefined) });
    const { code } = await boot().ended;
    expect(code).toBe(0);
    expect(scripted.complaints).toEqual([]);
    expect(steps()).toEqual(ALL_STEPS);
    expect(scripted.calls).toBeGreaterThan(scripted.reports.length + 2);
  });
});

describe('a night that is broken off', () => {
  it('by SIGTERM: says so, gives its lock back, turns the server off, within ten seconds', async () => {
    endlessDump();
    await begin();
    const runner = boot();
    await eventually(isDumping, begun => begun);
    runner.process.kill('SIGTERM');
    const { code } = await runner.ended;
    expect(code).toBe(1);
    expect(bodies().at(-1)).toEqual({
      kind: 'failed',
      step: 'dumping',
      reason: 'stopped',
      detail: 'The server was told to shut down.',
    });
    expect(scripted.powerOffs).toBe(1);
    expect(locks()).toEqual([]);
    expect(server.leftovers()).toEqual([]);
  });

  it('by the function: says nothing more', async () => {
    endlessDump();
    await begin({}, { stop: ({ body }) => body.kind === 'progress' });
    const { code } = await boot().ended;
    expect(code).toBe(1);
    expect(bodies().map(({ kind }) => kind)).toEqual(['progress']);
    expect(scripted.powerOffs).toBe(1);
    expect(locks()).toEqual([]);
  });

  it('by its own deadline, by the clock of whoever set it and not by its own', async () => {
    endlessDump();
    // The function's clock shows another year; one second is left.
    const theirs = new Date('2031-05-05T00:00:00Z');
    await begin({ deadline: new Date(theirs.getTime() + 1_000).toISOString() }, { now: () => theirs });
    const { code } = await boot().ended;
    expect(code).toBe(1);
    expect(bodies().at(-1)).toMatchObject({ kind: 'failed', reason: 'deadline_reached' });
    expect(scripted.powerOffs).toBe(1);
    expect(locks()).toEqual([]);
  });
});

describe('a night that cannot be', () => {
  it('is told by its name before anything is read: preflight.test.ts has the others', async () => {
    await begin({ resticPassword: 'wrong' });
    const { code } = await boot().ended;
    expect(code).toBe(1);
    expect(bodies()).toEqual([
      {
        kind: 'failed',
        step: 'booting',
        reason: 'repository_wrong_password',
        detail: 'restic unlock ended with 12.',
      },
    ]);
    expect(scripted.powerOffs).toBe(1);
    expect(server.leftovers()).toEqual([]);
  });

  it('is told in the middle of a step, and again until it is heard', async () => {
    server.setProgram('mongodump', 'echo half; exit 3');
    await begin({}, { reply: ({ kind, count }) => (kind === 'failed' && count < 3 ? 'lose' : undefined) });
    const { code } = await boot().ended;
    expect(code).toBe(1);
    expect(bodies().at(-1)).toMatchObject({ kind: 'failed', step: 'dumping', reason: 'dump_failed' });
    expect(scripted.powerOffs).toBe(1);
    expect(server.leftovers()).toEqual([]);
  });

  it('a bug is reported by name and place, and the server goes off all the same', async () => {
    await begin();
    server.writeFile('occupied', '');
    const { code, output } = await boot({ WORK_DIRECTORY: join(server.directory, 'occupied') }).ended;
    expect(code).toBe(1);
    expect(bodies().at(-1)).toMatchObject({ kind: 'failed', step: 'booting', reason: 'runner_bug' });
    expect(scripted.powerOffs).toBe(1);
    expect(output).not.toContain(vault.token);
  });

  it('what nobody can be told is told to the console, and the server goes off', async () => {
    await begin({}, { reply: () => 'refuse' });
    const [refused, malformed, misconfigured] = await Promise.all([
      boot().ended,
      server.boot('{"token":', { SERVER_POWER_URL: `${scripted.url}/power` }, 'malformed.json').ended,
      boot({ WORK_DIRECTORY: 'not/absolute' }).ended,
    ]);
    expect(refused.output).toContain('"reason":"exchange_refused","detail":"The function refused: wrong_state."');
    expect(malformed.output).toContain('"event":"instructions.refused","problem":"is no JSON"');
    expect(misconfigured.output).toContain('WORK_DIRECTORY: must be an absolute path');
    expect([refused, malformed, misconfigured].map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(scripted.powerOffs).toBe(3);
    expect(scripted.calls).toBe(1);
    expect(scripted.reports).toEqual([]);
  });
});
