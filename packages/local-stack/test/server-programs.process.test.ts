import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Document, Double, Long, MongoClient } from 'mongodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { installServerPrograms } from '../src/server-programs/install-server-programs.ts';
import { type MongoStandIn, startMongo } from '../src/stand-ins/mongodb/start-mongo.ts';
import { eventually } from '../src/testing/eventually.ts';

/** The programs as they are called: each in a process of its own. */
let programs: string;
let folder: string;
let mongo: MongoStandIn;
let client: MongoClient;

interface End {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

function run(program: string, args: readonly string[], environment: Record<string, string> = {}): Promise<End> {
  const options = { env: { ...process.env, ...environment }, encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 } as const;
  return new Promise(done => {
    const child = execFile(join(programs, program), args, options, (_, stdout, stderr) =>
      done({ code: child.exitCode ?? -1, stdout, stderr: stderr.toString() }),
    );
  });
}

const dump = (uri: string, ...args: string[]): Promise<End> => {
  const config = join(folder, 'mongodump.yaml');
  writeFileSync(config, `uri: ${JSON.stringify(uri)}\n`);
  return run('mongodump', [`--config=${config}`, '--oplog', '--archive', ...args]);
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'innkeeper-programs-'));
  programs = await installServerPrograms();
  mongo = await startMongo({ database: '' });
  client = await MongoClient.connect(mongo.uri);
});
beforeEach(() => mongo.setFaults({}));
afterAll(async () => {
  await client.close();
  await mongo.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a dump taken while people write is restored as the server was at its end', async () => {
  const chat = client.db('rocketchat');
  const odd: Document[] = [
    // Fields that JavaScript would put in another order, and numbers that it would make alike.
    { _id: 'order', b: 1, a: new Double(1), n: Long.fromNumber(1), inner: new Map(Object.entries({ z: 1, 0: 2 })) },
    { _id: { nested: 'id' }, when: new Date(0), pattern: /a+/iu, nothing: null },
  ];
  await chat.command({ insert: 'odd', documents: odd });
  const messages = chat.collection<{ _id: string; n: number; tags: string[] }>('messages');
  await messages.insertMany(Array.from({ length: 700 }, (_, n) => ({ _id: `m${n}`, n, tags: ['a', 'b'] })));
  await messages.createIndex({ n: 1 });
  mongo.setFaults({ delayMs: { find: 80, insert: 10, update: 10, delete: 10 } });
  const dumping = dump(mongo.uri);
  const over = new AbortController();
  void dumping.finally(() => over.abort());
  for (let n = 0; !over.signal.aborted; n++) {
    await messages.updateOne(
      { _id: `m${n % 100}` },
      { $inc: { n: 1_000 }, $push: { tags: 'c' }, $unset: { gone: '' } },
    );
    await messages.insertOne({ _id: `new${n}`, n, tags: [] });
    await messages.deleteOne({ _id: `new${n - 5}` });
  }
  const dumped = await dumping;
  expect(dumped).toMatchObject({ code: 0 });
  expect(dumped.stderr).toContain('done dumping rocketchat.odd (2 documents)');

  const archive = join(folder, 'chat.archive');
  writeFileSync(archive, dumped.stdout);
  const target = await startMongo({ database: '' });
  const restored = await run('mongorestore', [`--uri=${target.uri}`, `--archive=${archive}`, '--oplogReplay']);
  expect(restored).toMatchObject({ code: 0 });
  expect(restored.stderr).toContain(' 0 document(s) failed to restore');
  const there = await MongoClient.connect(target.uri);
  const entries = Number(/applied (\d+) oplog entr/u.exec(restored.stderr)?.[1]);
  expect(entries).toBeGreaterThan(0);
  const raw = (of: MongoClient, name: string): Promise<unknown[]> =>
    of
      .db('rocketchat')
      .collection(name)
      .find({}, { raw: true, sort: { _id: 1 } })
      .toArray();
  expect(await raw(there, 'odd')).toEqual(await raw(client, 'odd'));
  // The server went on after the dump: replaying its first writes must give a state it once had.
  const counts = await there
    .db('rocketchat')
    .collection<{ _id: string; n: number; tags: string[] }>('messages')
    .find()
    .toArray();
  const edited = counts.filter(({ _id }) => !_id.startsWith('new'));
  expect(edited.map(({ tags }) => tags.length)).toEqual(edited.map(({ n }) => 2 + Math.floor(n / 1_000)));
  expect((await there.db('rocketchat').collection('messages').indexes()).map(({ name }) => name)).toEqual([
    '_id_',
    'n_1',
  ]);
  await there.close();
  await target.close();
});

test('a dry run checks the archive and writes nothing; a damaged one is refused', async () => {
  const { stdout } = await dump(mongo.uri);
  const archive = join(folder, 'dry.archive');
  writeFileSync(archive, stdout);
  const target = await startMongo({ database: '' });
  expect(await run('mongorestore', [`--uri=${target.uri}`, `--archive=${archive}`, '--dryRun'])).toMatchObject({
    code: 0,
  });
  const at = stdout.indexOf('tags') + 30;
  stdout.writeUInt8(stdout.readUInt8(at) ^ 1, at);
  writeFileSync(archive, stdout);
  const damaged = await run('mongorestore', [`--uri=${target.uri}`, `--archive=${archive}`, '--dryRun']);
  expect(damaged).toMatchObject({ code: 1 });
  expect(damaged.stderr).toContain('the checksum of rocketchat.messages is wrong');
  const there = await MongoClient.connect(target.uri);
  expect((await there.db('rocketchat').listCollections().toArray()).length).toBe(0);
  await there.close();
  await target.close();
});

test('a dump fails when its server dies midway or refuses the login, and does not tell the password', async () => {
  mongo.setFaults({ failures: [{ command: 'getMore', effect: 'error', code: 11_600 }] });
  const died = await dump(mongo.uri);
  expect(died).toMatchObject({ code: 1 });
  expect(died.stderr).toContain('Failed: ');
  mongo.setFaults({});
  const withUser = mongo.uri.replace('mongodb://', 'mongodb://backup:wrong@');
  const refused = await dump(withUser);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toContain('Authentication failed');
  expect(refused.stderr).not.toContain('wrong');
});

test('a database in the address is --db, with which no dump has an oplog and no restore replays one', async () => {
  const uri = mongo.uri.replace('/?', '/rocketchat?');
  const archive = join(folder, 'none.archive');
  const ends = [await dump(uri), await run('mongorestore', [`--uri=${uri}`, `--archive=${archive}`, '--oplogReplay'])];
  expect(ends.map(({ code, stderr }) => [code, stderr])).toEqual([
    [1, expect.stringContaining('--oplog mode only supported on full dumps')],
    [1, expect.stringContaining('cannot use --oplogReplay with includes specified')],
  ]);
});

test('an option that is not imitated is refused, not ignored', async () => {
  expect(await dump(mongo.uri, '--gzip')).toMatchObject({ code: 1, stderr: 'mongodump: unknown option gzip\n' });
  expect(await run('weed', ['server'])).toMatchObject({ code: 1 });
  expect(
    await run('weed', ['mount', '-filer=localhost', '-filer.path=/', `-dir=${folder}`, '-readOnly']),
  ).toMatchObject({
    code: 1,
    stderr: 'weed: filer localhost is not an address like host:8888\n',
  });
});

test('a mount shows the filer’s path with its times until it is taken away', async () => {
  const filer = join(folder, 'filer');
  const directory = join(folder, 'mounted');
  mkdirSync(join(filer, 'buckets/uploads/2026'), { recursive: true });
  mkdirSync(directory);
  const file = join(filer, 'buckets/uploads/2026/photo.jpg');
  writeFileSync(file, 'a photo');
  utimesSync(file, 1_760_000_000.123, 1_760_000_000.456);

  expect((await run('mountpoint', ['-q', directory])).code).toBe(32);
  expect(await run('umount', [directory])).toMatchObject({ code: 32, stderr: `umount: ${directory}: not mounted.\n` });
  const args = ['mount', '-filer=127.0.0.1:8888', '-filer.path=/buckets/uploads', `-dir=${directory}`, '-readOnly'];
  const weed = spawn(join(programs, 'weed'), args, {
    env: { ...process.env, FILER_DIRECTORY: filer },
    stdio: 'ignore',
  });
  const ended = once(weed, 'exit');
  await eventually(
    () => run('mountpoint', ['-q', directory]),
    ({ code }) => code === 0,
  );
  const shown = join(directory, '2026/photo.jpg');
  expect(readFileSync(shown, 'utf8')).toBe('a photo');
  expect(statSync(shown, { bigint: true }).mtimeNs).toBe(statSync(file, { bigint: true }).mtimeNs);
  expect((await run('umount', [directory])).code).toBe(0);
  expect(await ended).toEqual([0, null]);
  expect(() => statSync(shown)).toThrow('ENOENT');
  expect((await run('mountpoint', ['-q', directory])).code).toBe(32);
});

test('what a killed program leaves behind ends by itself', async () => {
  const [filer, directory] = [join(folder, 'small-filer'), join(folder, 'abandoned')];
  for (const made of [filer, directory]) mkdirSync(made);
  writeFileSync(join(filer, 'a'), 'a');
  const weed = `weed mount -filer=127.0.0.1:8888 -filer.path=/ -dir=${directory} -readOnly & wait`;
  const starter = spawn('sh', ['-c', weed], {
    env: { ...process.env, PATH: `${programs}:${process.env['PATH']}`, FILER_DIRECTORY: filer },
    stdio: 'ignore',
  });
  const isMounted = async (): Promise<boolean> => (await run('mountpoint', ['-q', directory])).code === 0;
  await eventually(isMounted, mounted => mounted);
  starter.kill('SIGKILL');
  await eventually(isMounted, mounted => !mounted);
  expect(existsSync(join(directory, 'a'))).toBe(false);
});

test('poweroff tells whoever plays the machine', async () => {
  const calls: unknown[] = [];
  const machine = createServer((request, response) => {
    calls.push([request.method, request.url]);
    response.writeHead(204).end();
  });
  machine.listen(0, '127.0.0.1');
  await once(machine, 'listening');
  const url = `http://127.0.0.1:${(machine.address() as AddressInfo).port}/power/42`;
  expect((await run('poweroff', [], { SERVER_POWER_URL: url })).code).toBe(0);
  expect(calls).toEqual([['POST', '/power/42']]);
  expect((await run('poweroff', [])).code).toBe(1);
  machine.close();
});
