import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { PubSub } from '@google-cloud/pubsub';
import { freePort } from '@innkeeper/local-stack/emulators/free-port';
import { type MongoStandIn, startMongo } from '@innkeeper/local-stack/stand-ins/mongodb/start-mongo';
import { eventually } from '@innkeeper/local-stack/testing/eventually';
import { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import { firestoreEmulatorHost, pubsubEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { dockerfileWords, lastStage } from './support/read-dockerfile.ts';

/**
 * The image's content, made by the script that the Dockerfile runs and started by the Dockerfile's own command, with
 * nothing around it but what the stack gives: files for secrets, no path, no home, no right to write.
 */
const SCRIPT = resolve(import.meta.dirname, '../scripts/build-image-content.ts');
const PROJECT = 'listener-image';
const TOPICS = { CHAT_TOPIC_LIVE: 'image-live', CHAT_TOPIC_BACKFILL: 'image-backfill' };

const pubsub = new PubSub({ projectId: PROJECT, apiEndpoint: pubsubEmulatorHost(), emulatorMode: true });

let home: string;
let mongo: MongoStandIn;
let container: ChildProcess;
let port: number;
const output: string[] = [];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'listener-image-'));
  const [, standIn] = await Promise.all([
    promisify(execFile)(process.execPath, [SCRIPT, join(home, 'app')]),
    startMongo(),
    pubsub.createTopic(TOPICS.CHAT_TOPIC_BACKFILL),
    pubsub.createTopic(TOPICS.CHAT_TOPIC_LIVE).then(([topic]) => topic.createSubscription('image-test')),
  ]);
  mongo = standIn;
  writeFileSync(join(home, 'uri'), mongo.uri);
  writeFileSync(join(home, 'token'), 'a-webhook-token\n');
  port = await freePort();
  container = spawn(process.execPath, command().slice(1), { cwd: join(home, 'app'), env: environment() });
  container.stdout?.on('data', chunk => output.push(String(chunk)));
  container.stderr?.on('data', chunk => output.push(String(chunk)));
}, 120_000);

afterAll(async () => {
  container.kill('SIGKILL');
  await pubsub.close();
  await mongo.close();
  rmSync(home, { recursive: true });
});

const command = (): string[] => dockerfileWords(lastStage().get('CMD'));
const environment = (): Record<string, string> => ({
  NODE_ENV: 'production',
  METADATA_SERVER_DETECTION: 'none',
  FIRESTORE_EMULATOR_HOST: firestoreEmulatorHost(),
  PUBSUB_EMULATOR_HOST: pubsubEmulatorHost(),
  GOOGLE_CLOUD_PROJECT: PROJECT,
  MONGODB_URI_FILE: join(home, 'uri'),
  ROCKETCHAT_WEBHOOK_TOKEN_FILE: join(home, 'token'),
  ROCKETCHAT_USER_ID: 'bot',
  ROCKETCHAT_BOT_USERNAME: 'innkeeper',
  QUESTIONS_URL: 'http://127.0.0.1:9/questions',
  STATUS_PORT: String(port),
  ...TOPICS,
});

/** Docker's health check: the Dockerfile's, in the same environment. */
async function isHealthy(): Promise<boolean> {
  const [, ...args] = dockerfileWords(lastStage().get('HEALTHCHECK'));
  const check = spawn(process.execPath, args, { env: environment(), stdio: 'ignore' });
  const [code] = (await once(check, 'exit')) as [number | null];
  return code === 0;
}

const Status = z.object({ state: z.string() });
const state = async (): Promise<string> =>
  Status.parse(await (await fetch(`http://127.0.0.1:${port}/status`)).json()).state;

test('becomes healthy, copies what is there, and hands on what is written', async () => {
  await eventually(isHealthy, healthy => healthy);
  await eventually(state, is => is === 'streaming');

  const client = await new MongoClient(mongo.uri).connect();
  await client
    .db()
    .collection<{ _id: string }>('rocketchat_message')
    .insertOne({
      _id: 'm1',
      rid: 'r1',
      msg: 'The cot is in the cellar.',
      ts: new Date(),
      u: { _id: 'u1', username: 'ana' },
      _updatedAt: new Date(),
    } as { _id: string });
  await client.close();
  const [message] = (await once(pubsub.subscription('image-test'), 'message')) as [{ data: Buffer; ack(): void }];
  message.ack();
  expect(ChatChange.parse(JSON.parse(message.data.toString()))).toMatchObject({
    kind: 'message',
    origin: 'stream',
    messageId: 'm1',
    text: 'The cot is in the cellar.',
  });
});

test('says neither what people write nor what is secret', () => {
  const said = output.join('');
  expect(said).toContain('"state":"streaming"');
  for (const word of ['cellar', 'a-webhook-token', mongo.uri]) expect(said).not.toContain(word);
});

test('names what went into it, in the versions of the lockfile', () => {
  const packages = z
    .record(z.string(), z.string())
    .parse(JSON.parse(readFileSync(join(home, 'app/packages.json'), 'utf8')));
  const lockfile = readFileSync(resolve(import.meta.dirname, '../../../pnpm-lock.yaml'), 'utf8');
  expect(Object.keys(packages)).toEqual(expect.arrayContaining(['@google-cloud/pubsub', 'mongodb', 'zod']));
  for (const [name, version] of Object.entries(packages)) expect(lockfile).toContain(`${name}@${version}`);
  for (const name of ['vitest', 'esbuild', 'typescript', 'groq-sdk']) expect(packages).not.toHaveProperty(name);
});

test('ends in order when it is told to', async () => {
  container.kill('SIGTERM');
  expect(await once(container, 'exit')).toEqual([0, null]);
  expect(await isHealthy()).toBe(false);
});
