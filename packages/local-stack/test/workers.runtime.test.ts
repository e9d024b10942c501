import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalServer, readBody, sendJson, serveLocal } from '../src/http/serve-local.ts';
import { eventually } from '../src/testing/eventually.ts';
import { type RunningWorkers, startWorkers } from '../src/workers-host/start-workers.ts';
import { findWorkerd } from '../src/workers-host/workerd-process.ts';
import { FIXTURE_DIRECTORY, fixtureClient } from './fixtures/queue-worker/client.ts';
import { temporaryDirectory } from './fixtures/temporary-directory.ts';

const quiet = { info() {}, warn() {}, error() {} };
const state = temporaryDirectory();
let workersAi: LocalServer;
let aiAnswer: { readonly status: number; readonly body: unknown };
const aiRequests: { readonly url: string; readonly authorization: string; readonly body: unknown }[] = [];
const workerLog: string[] = [];
let workers: RunningWorkers;
let fixture: ReturnType<typeof fixtureClient>;

beforeAll(async () => {
  workersAi = await serveLocal({
    name: 'workers-ai',
    port: 0,
    handle: async (request, response) => {
      const { url = '', headers } = request;
      const body = JSON.parse((await readBody(request)).toString()) as unknown;
      aiRequests.push({ url, authorization: headers.authorization ?? '', body });
      sendJson(response, aiAnswer.status, aiAnswer.body);
    },
  });
  workers = await startWorkers({
    stateDirectory: state.path,
    workers: [{ directory: FIXTURE_DIRECTORY, variables: {} }],
    workersAi: { baseUrl: `${workersAi.url}/accounts/1/ai`, apiToken: 'token' },
    log: quiet,
    onWorkerLog: message => void workerLog.push(message),
  });
  fixture = fixtureClient(workers.urlOf('fixture'));
});
afterAll(async () => {
  await workers.close();
  await workersAi.close();
  state.remove();
});

const seenWith = (mark: string) =>
  fixture.seen().then(all => all.filter(({ body }) => JSON.stringify(body).includes(mark)));

describe('a Worker and its queue', () => {
  test('a message reaches the consumer with its body, its queue and its first attempt', async () => {
    const answer = await fixture.send({ mark: 'plain', text: 'Zoë' });
    expect(answer.sent?.metadata?.metrics.backlogCount).toBeGreaterThan(0);
    const [seen] = await eventually(
      () => seenWith('plain'),
      list => list.length > 0,
    );
    expect(seen).toMatchObject({ queue: 'jobs', attempts: 1, body: { mark: 'plain', text: 'Zoë' } });
  });

  test('text, bytes and structured values arrive as what they were', async () => {
    await fixture.send('a text', { contentType: 'text' });
    await fixture.sendBytes(7);
    await fixture.sendV8();
    const all = await eventually(
      () => fixture.seen(),
      list => ['a text', '"bytes":7', '"since"'].every(mark => JSON.stringify(list).includes(mark)),
    );
    expect(all.map(({ body }) => body)).toEqual(
      expect.arrayContaining([
        'a text',
        { bytes: 7 },
        { map: [['since', 'Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)']] },
      ]),
    );
  });

  test('the real binding refuses what Cloudflare refuses, with a reason', async () => {
    expect((await fixture.sendBytes(128_001)).refused).toContain('exceeds limit of 128000 bytes');
    expect((await fixture.sendBatch(Array<number>(101).fill(1))).refused).toContain('100 messages');
    expect((await fixture.sendBatch([])).refused).toContain('at least one message');
    expect((await fixture.send({ mark: 'far' }, { delaySeconds: 86_401 })).refused).toBeDefined();
    expect((await fixture.sendBytes(128_000)).refused).toBeUndefined();
  });

  test('a full batch arrives as one', async () => {
    await fixture.sendBatch(Array.from({ length: 10 }, (_, index) => ({ mark: 'ten', index })));
    const seen = await eventually(
      () => seenWith('"ten"'),
      list => list.length === 10,
    );
    expect(seen.map(({ batchSize }) => batchSize)).toEqual(Array<number>(10).fill(10));
  });

  test('an exception retries the rest of the batch, not what was acknowledged before it', async () => {
    await fixture.sendBatch([
      { mark: 'mixed', kind: 'ack' },
      { mark: 'mixed', kind: 'plain' },
      { mark: 'mixed', kind: 'throw' },
    ]);
    const seen = await eventually(
      () => seenWith('mixed'),
      list => list.length >= 5,
    );
    const attemptsOf = (kind: string): number[] =>
      seen
        .filter(({ body }) => (body as { kind: string }).kind === kind)
        .map(({ attempts }) => attempts)
        .sort((a, b) => a - b);
    expect(attemptsOf('ack')).toEqual([1]);
    expect(attemptsOf('plain')).toEqual([1, 2]);
    expect(attemptsOf('throw')).toEqual([1, 2]);
  });

  test('a message that keeps failing ends in the dead-letter queue', async () => {
    const before = workers.queues.backlogs()['jobs-dead']?.due ?? 0;
    await fixture.send({ mark: 'poison', kind: 'throw' });
    await eventually(
      () => workers.queues.backlogs()['jobs-dead']?.due ?? 0,
      due => due > before,
    );
    const attempts = (await seenWith('poison')).map(message => message.attempts).sort((a, b) => a - b);
    expect(attempts).toEqual([1, 2]);
  });

  test('a message retried with a delay waits', async () => {
    await fixture.send({ mark: 'patient', kind: 'retry', delaySeconds: 3600 });
    await eventually(
      () => workers.queues.backlogs()['jobs']?.delayed ?? 0,
      delayed => delayed === 1,
    );
    expect((await seenWith('patient')).map(({ attempts }) => attempts)).toEqual([1]);
  });
});

describe('a Worker and Workers AI', () => {
  test("speaks through workerd's own binding with the REST API", async () => {
    aiAnswer = { status: 200, body: { success: true, result: { shape: [1, 2], data: [[0.5, 0.25]] } } };
    expect(await fixture.post('/ai')).toEqual({ sent: { shape: [1, 2], data: [[0.5, 0.25]] } });
    expect(aiRequests).toEqual([
      { url: '/accounts/1/ai/run/@cf/baai/bge-m3', authorization: 'Bearer token', body: { text: ['a', 'b'] } },
    ]);
  });

  test('gets its errors with their code', async () => {
    aiAnswer = { status: 400, body: { success: false, errors: [{ code: 5007, message: 'No such model' }] } };
    expect((await fixture.post('/ai')).refused).toContain('5007: No such model');
  });
});

test('what a Worker writes to its console reaches whoever runs it', async () => {
  await fixture.get('/log');
  const messages = await eventually(
    () => workerLog.map(stripVTControlCharacters).filter(message => message.startsWith('said')),
    found => found.length > 0,
  );
  expect(messages).toEqual(["said { by: 'the Worker' }"]);
});

test('bodies stream both ways as they come, and a client that leaves harms nobody', async () => {
  const open = (): ClientRequest =>
    request(`${workers.urlOf('fixture')}/echo`, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } });

  const left = open();
  left.on('error', () => undefined); // Its own end is what is tested.
  left.write('half of');
  await once(left, 'response');
  left.destroy();

  const slow = open();
  slow.write('one');
  const [response] = (await once(slow, 'response')) as [IncomingMessage];
  const [first] = (await once(response, 'data')) as [Buffer];
  expect(first.toString()).toBe('one');
  slow.end('two');
  expect(Buffer.concat((await response.toArray()) as Buffer[]).toString()).toBe('two');
});

test('a Worker that does not load is told to its caller, and nothing of it keeps running', async () => {
  const broken = temporaryDirectory();
  const settings = { name: 'broken', main: 'index.ts', compatibility_date: '2026-10-20' };
  writeFileSync(path.join(broken.path, 'wrangler.jsonc'), JSON.stringify(settings));
  writeFileSync(path.join(broken.path, 'index.ts'), `throw new Error('at load'); export default {};`);
  const stateDirectory = path.join(broken.path, 'state');
  const starting = startWorkers({
    stateDirectory,
    workers: [{ directory: broken.path, variables: {} }],
    log: quiet,
    onWorkerLog: () => undefined,
  });
  await expect(starting).rejects.toThrow('runtime failed to start');
  expect(findWorkerd(stateDirectory)).toBeUndefined();
  broken.remove();
});
