import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PubSub } from '@google-cloud/pubsub';
import { type ReachedMongo, reachMongo } from '@innkeeper/local-stack/testing/reach-mongo';
import { firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import { CHAT_TOPICS } from '@innkeeper/shared/contracts/chat-change';
import { LISTENER_HEARTBEAT_PATH } from '@innkeeper/shared/contracts/chat-documents';
import { firestoreEmulatorHost, pubsubEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { POSITION_PATH } from '../src/position/position-document.ts';
import { message } from './listener-harness.ts';

const project = `listener-${crypto.randomUUID().slice(0, 8)}`;
let mongo: ReachedMongo;
let writer: MongoClient;
let pubsub: PubSub;
let secrets: string;

beforeAll(async () => {
  vi.stubEnv('PUBSUB_EMULATOR_HOST', pubsubEmulatorHost());
  mongo = await reachMongo();
  writer = new MongoClient(mongo.uri);
  pubsub = new PubSub({ projectId: project });
  for (const topic of [CHAT_TOPICS.live, CHAT_TOPICS.backfill]) await pubsub.createTopic(topic);
  secrets = await mkdtemp(join(tmpdir(), 'listener-'));
  await writeFile(join(secrets, 'uri'), `${mongo.uri}\n`);
});
afterAll(async () => {
  await writer.close();
  await pubsub.close();
  await mongo.close();
  await rm(secrets, { recursive: true });
  vi.unstubAllEnvs();
});

const ENVIRONMENT = {
  GOOGLE_CLOUD_PROJECT: project,
  ROCKETCHAT_USER_ID: 'bot',
  ROCKETCHAT_BOT_USERNAME: 'innkeeper',
  QUESTIONS_URL: 'http://127.0.0.1:1/questions',
  ROCKETCHAT_WEBHOOK_TOKEN: 'token',
  INSTANCE_ID: 'listener',
  STATUS_PORT: '0',
};

function start(environment: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, [new URL('../src/main.ts', import.meta.url).pathname], {
    env: {
      ...environment,
      FIRESTORE_EMULATOR_HOST: firestoreEmulatorHost(),
      PUBSUB_EMULATOR_HOST: pubsubEmulatorHost(),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('no output');
  const waiting = new Set<(line: string) => void>();
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  let errors = '';
  stderr.on('data', chunk => {
    errors += String(chunk);
  });
  createInterface(stdout).on('line', line => {
    for (const look of waiting) look(line);
  });
  return {
    child,
    exited,
    errors: () => errors,
    /** Resolves with the line that says so, or fails with what the process said when it ended. */
    says: (text: string) =>
      Promise.race([
        new Promise<string>(resolve => {
          waiting.add(line => {
            if (line.includes(text)) resolve(line);
          });
        }),
        exited.then(code => Promise.reject(new Error(`ended with ${code}: ${errors}`))),
      ]),
  };
}

describe('the process', () => {
  it('copies, streams, saves, beats, and leaves a position that the next one goes on from', async () => {
    const [subscription] = await pubsub.topic(CHAT_TOPICS.live).createSubscription('reader');
    const received = new Promise<string>(resolve => {
      subscription.on('message', each => {
        each.ack();
        resolve(each.data.toString());
      });
    });
    const listener = start({ ...ENVIRONMENT, MONGODB_URI_FILE: join(secrets, 'uri') });
    await listener.says('"state":"streaming"');
    await writer.db().collection<{ _id: string }>('rocketchat_message').insertOne(message('m', 'said'));
    expect(JSON.parse(await received)).toMatchObject({ kind: 'message', messageId: 'm', text: 'said' });

    listener.child.kill('SIGTERM');
    expect(await listener.exited).toBe(0);
    const stores = ['ops', '(default)'].map(database =>
      firestoreSdk({ project, database, emulatorHost: firestoreEmulatorHost() }),
    );
    const [position, heartbeat] = await Promise.all([
      stores[0]?.getAll([POSITION_PATH]),
      stores[1]?.getAll([LISTENER_HEARTBEAT_PATH]),
    ]);
    expect(position?.ok && position.value[0]?.fields).toMatchObject({ epoch: 1, holder: '' });
    expect(heartbeat?.ok && heartbeat.value[0]?.fields).toHaveProperty('at');
    await Promise.all([subscription.close(), ...stores.map(store => store.close())]);

    const next = start({ ...ENVIRONMENT, MONGODB_URI_FILE: join(secrets, 'uri') });
    expect(await next.says('lease.taken')).toContain('"epoch":2');
    next.child.kill('SIGKILL');
    await next.exited;
  });

  it('names everything that its configuration lacks, and no secret, before it does anything', async () => {
    const listener = start({ GOOGLE_CLOUD_PROJECT: project, MONGODB_URI: 'mongo://user:hunter2@host' });
    expect(await listener.exited).toBe(1);
    expect(listener.errors()).toContain('ROCKETCHAT_USER_ID');
    expect(listener.errors()).not.toContain('hunter2');
    const unusable = start({ ...ENVIRONMENT, MONGODB_URI: 'mongo://user:hunter2@host' });
    expect(await unusable.exited).toBe(1);
    expect(unusable.errors()).toContain('MONGODB_URI');
    expect(unusable.errors()).not.toContain('hunter2');
  });
});
