import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type ChangeStreamDocument, type Collection, type Document, MongoClient } from 'mongodb';
import { afterEach, beforeEach, expect, it } from 'vitest';

interface Message extends Document {
  _id: string;
}

interface Running {
  readonly child: ChildProcess;
  readonly control: string;
  readonly uri: string;
}

const MAIN = new URL('../src/stand-ins/mongodb/main.ts', import.meta.url).pathname;

let stateDirectory: string;
let children: ChildProcess[];
let client: MongoClient | undefined;
beforeEach(() => {
  stateDirectory = mkdtempSync(path.join(tmpdir(), 'mongodb-'));
  children = [];
});
afterEach(async () => {
  await client?.close();
  client = undefined;
  for (const child of children) child.kill('SIGKILL');
  rmSync(stateDirectory, { recursive: true, force: true });
});

/** The real process, on the port of the wire protocol that it had before if one is given. */
async function start(mongodbPort = 0): Promise<Running> {
  const child = spawn(process.execPath, [MAIN], {
    env: { PORT: '0', MONGODB_PORT: String(mongodbPort), STATE_DIRECTORY: stateDirectory, NODE_NO_WARNINGS: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url: control } = JSON.parse(line) as { url: string };
  const health = (await (await fetch(`${control}/_control/health`)).json()) as { standIn: boolean; uri: string };
  expect(health.standIn).toBe(true);
  return { child, control, uri: health.uri };
}

async function end({ child }: Running, signal: NodeJS.Signals): Promise<unknown[]> {
  const gone = once(child, 'exit');
  child.kill(signal);
  return gone;
}

const control = (running: Running, word: string, body: unknown = {}): Promise<Response> =>
  fetch(`${running.control}/_control/${word}`, { method: 'POST', body: JSON.stringify(body) });

const portOf = (running: Running): number => Number(new URL(running.uri).port);

async function connect(uri: string): Promise<Collection<Message>> {
  client = await new MongoClient(uri).connect();
  return client.db().collection<Message>('messages');
}

it('keeps every acknowledged write over kill -9, and streams go on from where they were', async () => {
  const first = await start();
  const messages = await connect(first.uri);
  const stream = messages.watch([], { maxAwaitTimeMS: 20 });
  const seen: string[] = [];
  const take = async (): Promise<void> => {
    const change: ChangeStreamDocument<Message> = await stream.next();
    if (change.operationType === 'insert') seen.push(change.documentKey._id);
  };
  await stream.tryNext();
  const acknowledged: string[] = [];
  const write = async (id: string): Promise<void> => {
    await messages.insertOne({ _id: id });
    acknowledged.push(id);
  };

  let running = first;
  for (let round = 0; round < 3; round++) {
    for (let index = 0; index < 20; index++) await write(`${round}-${index}`);
    await take();
    const caughtByTheKill = write(`${round}-killed`).catch(() => undefined); // the driver may or may not get through
    await end(running, 'SIGKILL');
    running = await start(portOf(first));
    await caughtByTheKill;
  }

  const stored = await messages
    .find({}, { sort: { _id: 1 } })
    .map(({ _id }) => _id)
    .toArray();
  expect(acknowledged.filter(id => !stored.includes(id))).toEqual([]);
  while (seen.length < stored.length) await take();
  expect(seen.toSorted()).toEqual(stored.toSorted());
  await stream.close();
});

it('has its failures switched over HTTP', async () => {
  const running = await start();
  const messages = await connect(running.uri);
  await messages.insertOne({ _id: 'a' });
  expect((await control(running, 'faults', { failures: [{ command: 'find', code: 50, times: 1 }] })).status).toBe(200);
  await expect(messages.findOne()).rejects.toMatchObject({ code: 50 });
  expect((await control(running, 'faults', { nonsense: 1 })).status).toBe(400);
  for (const word of ['cut', 'elect', 'forget-history']) expect((await control(running, word)).status).toBe(200);
  expect(await messages.findOne()).toEqual({ _id: 'a' });
  expect((await control(running, 'unheard-of')).status).toBe(404);
});

it('ends at once when it is asked to', async () => {
  const running = await start();
  const messages = await connect(running.uri);
  const stream = messages.watch();
  await stream.tryNext();
  void stream.next().catch(() => undefined); // waits on the server while it ends
  expect(await end(running, 'SIGTERM')).toEqual([0, null]);
});
