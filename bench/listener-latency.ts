import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@innkeeper/local-stack/emulators/free-port';
import { MongoClient } from 'mongodb';
import { readStream } from './read-stream.ts';

/** Milliseconds from the beginning of each write to the moment its change was read, on the stand-in of MongoDB. */
const WRITES = 500;
const WRITE_EVERY_MS = 10;
/** Written before, so that the reader is there and warm. */
const WARM_UP = 500;

export async function measureLatency(reader: 'bare' | 'listener'): Promise<number[]> {
  const home = mkdtempSync(join(tmpdir(), 'bench-mongodb-'));
  const port = await freePort();
  const server = spawn(process.execPath, [STAND_IN], {
    env: { ...process.env, PORT: '0', MONGODB_PORT: String(port), STATE_DIRECTORY: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(server.stdout, 'data');
  const uri = `mongodb://127.0.0.1:${port}/rocketchat?replicaSet=rs0`;
  const client = await new MongoClient(uri).connect();
  try {
    return await writeWhileRead(client, reader, uri);
  } finally {
    await client.close();
    const exited = once(server, 'exit');
    server.kill();
    await exited;
    rmSync(home, { recursive: true });
  }
}

async function writeWhileRead(client: MongoClient, reader: 'bare' | 'listener', uri: string): Promise<number[]> {
  const messages = client.db().collection<{ _id: string; [field: string]: unknown }>('rocketchat_message');
  const session = client.startSession();
  const write = (_id: string): Promise<unknown> => {
    const now = new Date();
    const u = { _id: 'u1', username: 'ana', name: 'Ana' };
    return messages.insertOne({ _id, rid: 'r1', msg: `said ${_id}`, ts: now, _updatedAt: now, u }, { session });
  };
  await write('before');
  const since = session.operationTime;
  if (since === undefined) throw new Error('the stand-in tells no operation time');
  const begun = Promise.withResolvers<void>();
  const reading = readStream(reader, { server: 'mongodb', uri, changes: WARM_UP + WRITES, since }, begun.resolve);
  for (let index = 0; index < WARM_UP; index += 1) await write(`warm-up${index}`);
  await begun.promise;

  const writtenMs = new Map<string, number>();
  for (let index = 0; index < WRITES; index += 1) {
    await pause(WRITE_EVERY_MS);
    const id = `m${index}`;
    writtenMs.set(id, performance.timeOrigin + performance.now());
    await write(id);
  }
  const { seen } = await reading;
  await session.endSession();
  return [...writtenMs].map(([id, ms]) => (seen[id] ?? Number.POSITIVE_INFINITY) - ms);
}

const STAND_IN = join(import.meta.dirname, '../packages/local-stack/src/stand-ins/mongodb/main.ts');
