import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { freePort } from '@innkeeper/local-stack/emulators/free-port';
import { startRocketChat } from '@innkeeper/local-stack/stand-ins/rocketchat/start-rocketchat';
import { ok } from '@innkeeper/shared/result/result';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withThrowAwayPostgres } from '../src/proof-of-restore/keycloak/throw-away-postgres.ts';
import { type Company, startCompany } from './support/company.ts';
import { PHOTO, since } from './support/erasure-orders.ts';
import { UPLOADS } from './support/live-sources.ts';
import { COMPILED } from './support/run-command.ts';
import { readRunbook } from './support/runbook.ts';

const REPOSITORY_ROOT = path.resolve(import.meta.dirname, '../../..');
const runbook = readRunbook(path.join(import.meta.dirname, '../DISASTER.md'));
const BOT = { userId: 'botUserId00000001', username: 'innkeeper', authToken: 'bot-token' };

let company: Company;
let home: string;
let messageId: string;
beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'innkeeper-disaster-'));
  company = await startCompany();
  messageId = await withChat(company.sources.mongodbServer.uri, async chat => {
    const sent = await chat('POST', 'chat.sendMessage', { message: { rid: 'front-desk', msg: 'Room 7 has arrived.' } });
    return (sent['message'] as { _id: string })._id;
  });
  await company.backUp('2026-11-20', 'all');
});
afterAll(async () => {
  const pid = path.join(home, 'disaster/mongod.pid');
  if (existsSync(pid)) endMongod(Number(readFileSync(pid, 'utf8')));
  for (const terminal of terminals) terminal.stdin?.end();
  await company.close();
  rmSync(home, { recursive: true, force: true });
});

it('the runbook, typed as it stands, leads from an empty machine to a chat with its messages', async () => {
  const port = await freePort();
  const mongodb = `mongodb://127.0.0.1:${port}`;
  const { context } = company.sources.server();
  const rebuilt = await withThrowAwayPostgres(context, async ({ host, database, user }) => {
    prepareSafe({
      RESTORED_MONGODB_PORT: String(port),
      RESTORED_MONGODB: `${mongodb}/?directConnection=true`,
      RESTORED_POSTGRES: `postgresql://${user}@/${database}?host=${host}`,
    });
    const said = new Map<string, string>();
    for (const { heading, commands } of runbook.steps.filter(isNumbered)) said.set(heading, await type(commands));
    return ok(said);
  });
  if (!rebuilt.ok) throw new Error(rebuilt.error.detail);

  const said = [...rebuilt.value.entries()];
  const after = (step: string): string => said.find(([heading]) => heading.startsWith(step))?.[1] ?? 'no such step';
  expect(after('2.')).toContain('✓ 2026-11-20');
  expect(after('3.')).toContain('Nothing was changed.');
  expect(after('5.')).toContain('files: 1 place, 1 erased now');
  expect(after('6.')).toContain('24\ninnkeeper\n');

  const restored = path.join(home, 'disaster/restored');
  const files = readdirSync(path.join(restored, 'files', UPLOADS), { recursive: true, withFileTypes: true });
  expect(files.filter(entry => entry.isFile()).length).toBe(20); // one of twenty-one was erased since
  expect(existsSync(path.join(restored, 'files', PHOTO))).toBe(false);
  expect(readFileSync(path.join(home, 'disaster/configuration/stack.env'), 'utf8')).toBe('ROCKETCHAT_TAG=8.9.0\n');
  expect(JSON.parse(readFileSync(path.join(home, 'disaster/record.json'), 'utf8'))).toMatchObject({
    command: 'everything',
    runId: '2026-11-20',
    steps: [
      { name: 'configuration.json' },
      { name: 'keycloak.dump' },
      { name: 'mongodb.archive' },
      { name: 'files', figures: { files: 21 } },
      { name: 'keycloak', figures: { tables: 9 } },
      { name: 'mongodb' },
    ],
    erasures: { applied: true, orders: 1 },
  });

  const message = await withChat(`${mongodb}/rocketchat?replicaSet=rs0`, chat =>
    chat('GET', `chat.getMessage?msgId=${messageId}`),
  );
  expect(message).toMatchObject({ success: true, message: { msg: 'Room 7 has arrived.' } });
}, 60_000);

it('its way through a damaged repository finds what is hit, saves the rest, and tells truly what a next run mends', async () => {
  writeFileSync(path.join(company.sources.filer, UPLOADS, 'film.mp4'), randomBytes(200_000));
  await company.backUp('2026-11-21', 'files');
  const copy = path.join(home, 'disaster/damaged');
  await copyBucket(copy);
  const mended = path.join(home, 'disaster/mended');
  rmSync(largestPack(copy));
  cpSync(copy, mended, { recursive: true });

  const said: string[] = [];
  for (const { commands } of runbook.steps.filter(step => step.heading === 'Damaged repository'))
    said.push(await type(commands));
  const [found = '', hit = '', lost = '', saved = ''] = said;
  expect(found).toMatch(/^pack [0-9a-f]{64}: does not exist$/mu);
  expect(hit.match(/(?:run|source)=\S+/gu)).toEqual(['run=2026-11-21', 'source=files']);
  expect(lost).toMatch(/film\.mp4": removed missing content/u);
  expect(saved).toContain('no errors were found');
  expect(saved).toContain('✓ 2026-11-20');

  const onMended = { RESTIC_REPOSITORY: mended };
  const repaired = await company.run('operate', ['restic', '--maintain', '--', 'repair', 'index'], onMended);
  expect(repaired.code).toBe(0);
  expect((await company.run('operate', ['restic', '--', 'check'], onMended)).code).toBe(1);
  expect(await company.backUpInto(mended, '2026-11-22')).toMatchObject({ ok: true });
  expect((await company.run('operate', ['restic', '--', 'check', '--read-data'], onMended)).code).toBe(0);
}, 60_000);

const isNumbered = ({ heading }: { readonly heading: string }): boolean => /^\d/u.test(heading);

/** The repository's part of the bucket as files, as any program for S3 copies it. */
async function copyBucket(folder: string): Promise<void> {
  const { vault } = company;
  const now = Date.now();
  const order = { subject: 'copy', scope: 'read', repository: 'company' } as const;
  const token = await vault.tokens.mint({ ...order, from: new Date(now - 60_000), until: new Date(now + 600_000) });
  const authorization = `Basic ${Buffer.from(`copy:${token}`).toString('base64')}`;
  const get = (name: string): Promise<Response> =>
    fetch(`${vault.url}/company/${name}`, { headers: { authorization } });
  const save = async (name: string, as: string): Promise<void> => {
    mkdirSync(path.dirname(path.join(folder, as)), { recursive: true });
    writeFileSync(path.join(folder, as), await (await get(name)).bytes());
  };
  await save('config', 'config');
  for (const kind of ['keys', 'snapshots', 'index', 'data'])
    for (const name of (await (await get(`${kind}/`)).json()) as string[])
      await save(`${kind}/${name}`, kind === 'data' ? `data/${name.slice(0, 2)}/${name}` : `${kind}/${name}`);
}

function largestPack(repository: string): string {
  const packs = readdirSync(path.join(repository, 'data'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  const [largest] = packs.toSorted((one, other) => statSync(other).size - statSync(one).size);
  if (largest === undefined) throw new Error('no pack was copied');
  return largest;
}

/** What a person has put by: the settings that the runbook names, no more and no less, and the erasures. */
function prepareSafe(targets: Readonly<Record<string, string>>): void {
  const known: Readonly<Record<string, string>> = { ...company.environment, ...targets, RESTORE_POSTGRES_PASSWORD: '' };
  const folder = path.join(home, 'disaster');
  mkdirSync(folder, { mode: 0o700 });
  const settings = runbook.settings.map(name => {
    const value = known[name];
    if (value === undefined) throw new Error(`the runbook names a setting nobody knows: ${name}`);
    return `${name}='${value}'\n`;
  });
  writeFileSync(path.join(folder, 'disaster.env'), settings.join(''), { mode: 0o600 });
  writeFileSync(
    path.join(folder, 'erasures.json'),
    JSON.stringify([{ ...since, effects: since.effects.filter(({ store }) => store === 'files') }]),
  );
}

const TYPED = 'all of it was done';
const terminals: ChildProcess[] = [];

/**
 * In a shell with nothing of this test but programs, which stays as a person's terminal does: what a block leaves running
 * goes on. Fails as the shell does.
 */
async function type(commands: string): Promise<string> {
  const script = `{\n${commands}\n} </dev/null\necho '${TYPED}'; exec >&- 2>&-; read -r`;
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: REPOSITORY_ROOT,
    env: {
      PATH: `${pnpmInPath()}${path.delimiter}${company.environment['PATH'] ?? ''}`,
      HOME: home,
      NODE_COMPILE_CACHE: COMPILED,
      RESTIC_BINARY: company.environment['RESTIC_BINARY'],
    },
  });
  terminals.push(shell);
  const [said, complaints] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
  if (!said.endsWith(`${TYPED}\n`)) throw new Error(`${commands}\n${said}${complaints}`);
  return said.slice(0, -TYPED.length - 1);
}

/** `pnpm NAME …` as the script of that name, without pnpm's own second at each start. */
function pnpmInPath(): string {
  const folder = path.join(home, 'bin');
  mkdirSync(folder, { recursive: true });
  const { scripts } = JSON.parse(readFileSync(path.join(REPOSITORY_ROOT, 'package.json'), 'utf8')) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const cases = Object.entries(scripts).map(([name, script]) => `${name}) shift; exec ${script} "$@" ;;\n`);
  writeFileSync(path.join(folder, 'pnpm'), `#!/bin/sh\ncase "$1" in\n${cases.join('')}esac\nexit 1\n`, { mode: 0o755 });
  return folder;
}

type ChatApi = (method: string, call: string, body?: object) => Promise<Record<string, unknown>>;

/** Rocket.Chat's stand-in on that MongoDB, for as long as `work` takes. */
async function withChat<T>(mongodbUri: string, work: (chat: ChatApi) => Promise<T>): Promise<T> {
  const chat = await startRocketChat({ port: 0, mongodbUri, bot: BOT });
  try {
    return await work(async (method, call, body) => {
      const reply = await fetch(`${chat.url}/api/v1/${call}`, {
        method,
        headers: { 'x-user-id': BOT.userId, 'x-auth-token': BOT.authToken },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return (await reply.json()) as Record<string, unknown>;
    });
  } finally {
    await chat.close();
  }
}

/** The runbook starts it in the background and leaves its pid, which by now may be somebody else's. */
function endMongod(pid: number): void {
  const command = existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
  if (command.includes(home)) process.kill(pid);
}
