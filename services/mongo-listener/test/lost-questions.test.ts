import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startMongo } from '@innkeeper/local-stack/stand-ins/mongodb/start-mongo';
import { type ReachedMongo, reachMongo } from '@innkeeper/local-stack/testing/reach-mongo';
import { Secret } from '@innkeeper/shared/config/secret';
import { createLog } from '@innkeeper/shared/log/log';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { type Db, type Document, MongoClient, ObjectId } from 'mongodb';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { mongodbQuestionSource } from '../src/questions/mongodb-question-source.ts';
import { offerOverWebhook } from '../src/questions/offer-question.ts';
import { emptyRoundMemory, type QuestionWatch } from '../src/questions/question-watch.ts';
import { settleQuestions } from '../src/questions/settle-questions.ts';

const BOT = 'bOtUsErId00000001';
const FRIDA = { _id: 'X7ZSLm7umWPBNaDxT', username: 'frida', name: 'Frida Example' };
const NOW = new Date('2026-11-21T08:20:00.000Z');

let mongo: ReachedMongo;
let client: MongoClient;
let database: Db;
let assistant: Server;
/** What reached the assistant. */
let received: unknown[] = [];

beforeAll(async () => {
  mongo = await reachMongo();
  client = new MongoClient(mongo.uri);
  database = client.db();
  assistant = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  assistant.listen(0, '127.0.0.1');
  await once(assistant, 'listening');
});
afterEach(async () => {
  received = [];
  await database.dropDatabase();
});
afterAll(async () => {
  assistant.close();
  await client.close();
  await mongo.close();
});

function createWatch(chat = database): QuestionWatch {
  return {
    source: mongodbQuestionSource(chat),
    interactions: inMemoryDocumentStore(),
    operations: inMemoryDocumentStore(),
    offer: offerOverWebhook({
      fetch,
      url: `http://127.0.0.1:${(assistant.address() as AddressInfo).port}/questions`,
      token: new Secret('rcOutgoingToken0000000001'),
    }),
    assistant: { userId: BOT, username: 'concierge.bot', words: ['!ask'] },
    clock: { now: () => NOW, elapsedMs: () => 0, pause: () => Promise.resolve() },
    log: createLog('mongo-listener', () => undefined),
    alert: () => undefined,
    signal: new AbortController().signal,
  };
}

type Stored = Document & { readonly _id: string | ObjectId };
const messages = () => database.collection<Stored>('rocketchat_message');
const rooms = () => database.collection<Stored>('rocketchat_room');

const GENERAL = { _id: 'GENERAL', t: 'c', name: 'general', fname: 'General', msgs: 3 };
const DIRECT = { _id: `${FRIDA._id}${BOT}`, t: 'd', uids: [FRIDA._id, BOT], usernames: ['frida', 'concierge.bot'] };

let said = 0;
const saidAt = (time: string, msg: string, fields: Document = {}): Stored => {
  said += 1;
  const ts = new Date(`2026-11-21T${time}.000Z`);
  return { _id: `mEsSaGe${said}`, rid: 'GENERAL', msg, ts, u: FRIDA, urls: [], mentions: [], md: [], ...fields };
};

it('finds lost questions by their time and offers them with the name of their room', async () => {
  const direct = saidAt('08:13:00', 'and tomorrow?', { rid: DIRECT._id, bot: { i: 'iNtEgRaTiOn0001AB' } });
  const inThread = saidAt('08:12:00', '!ask who is here?', { editedAt: new Date(), tmid: 'tHrEaD00000000001' });
  await rooms().insertMany([GENERAL, DIRECT]);
  await messages().insertMany([
    direct,
    inThread,
    saidAt('08:14:00', 'the boiler is off until noon'),
    saidAt('08:19:45', '@concierge.bot too early'),
    saidAt('07:19:00', '@concierge.bot too late'),
    saidAt('08:15:00', '@concierge.bot no id of ours', { _id: new ObjectId() }),
    saidAt('08:15:00', '@concierge.bot time as text', { ts: '2026-11-21T08:15:00.000Z' }),
  ]);

  expect(await settleQuestions(createWatch(), emptyRoundMemory())).toEqual({ ok: true, value: undefined });
  const common = { token: 'rcOutgoingToken0000000001', bot: false, user_id: FRIDA._id, user_name: 'frida' };
  expect(received).toEqual([
    {
      ...common,
      channel_id: 'GENERAL',
      channel_name: 'general',
      message_id: inThread._id,
      timestamp: '2026-11-21T08:12:00.000Z',
      text: '!ask who is here?',
      isEdited: true,
      tmid: 'tHrEaD00000000001',
    },
    {
      ...common,
      bot: true,
      channel_id: DIRECT._id,
      message_id: direct._id,
      timestamp: '2026-11-21T08:13:00.000Z',
      text: 'and tomorrow?',
    },
  ]);
});

it('reads on over many batches', async () => {
  const question = saidAt('08:12:00', '@concierge.bot hello');
  await rooms().insertOne(GENERAL);
  await messages().insertMany([...Array.from({ length: 1_100 }, () => saidAt('08:12:00', 'hello')), question]);
  await settleQuestions(createWatch(), emptyRoundMemory());
  expect(received).toMatchObject([{ message_id: question._id }]);
});

it('says so when MongoDB fails, and goes on afterwards', async () => {
  const standIn = await startMongo(); // it fails when told
  const other = new MongoClient(standIn.uri);
  const [watch, memory] = [createWatch(other.db()), emptyRoundMemory()];
  const question = saidAt('08:12:00', '@concierge.bot hello');
  await other.db().collection<Stored>('rocketchat_room').insertOne(GENERAL);
  await other.db().collection<Stored>('rocketchat_message').insertOne(question);
  // 50 is MaxTimeMSExpired, which the driver does not try again by itself.
  standIn.setFaults({ failures: [{ command: 'find', times: 1, effect: 'error', code: 50 }] });
  expect(await settleQuestions(watch, memory)).toMatchObject({ ok: false, error: { kind: 'mongodb' } });
  expect(await settleQuestions(watch, memory)).toEqual({ ok: true, value: undefined });
  expect(received).toMatchObject([{ message_id: question._id }]);
  await other.close();
  await standIn.close();
});
