import { randomBytes } from 'node:crypto';
import { PubSub } from '@google-cloud/pubsub';
import { type FirestoreSdkStore, firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import type { Parked } from '@innkeeper/shared/contracts/parked';
import type { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import type { DocumentFields, DocumentPath } from '@innkeeper/shared/ports/document-store';
import { firestoreEmulatorHost, pubsubEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CommandEnd, startCommand } from './support/run-command.ts';
import { type OperatedWorker, startOperatedWorker, TOKEN } from './support/start-operated-worker.ts';

/** The operator's commands as processes, before Firestore's and Pub/Sub's emulators and the operator's edge over HTTP. */
const project = `tests-${randomBytes(4).toString('hex')}`;
let store: FirestoreSdkStore;
let ops: FirestoreSdkStore;
let guesty: OperatedWorker;
let aircall: OperatedWorker;
let environment: Readonly<Record<string, string>>;
beforeAll(async () => {
  const emulatorHost = firestoreEmulatorHost();
  store = firestoreSdk({ project, database: '(default)', emulatorHost });
  ops = firestoreSdk({ project, database: 'ops', emulatorHost });
  guesty = await startOperatedWorker('guesty', store);
  aircall = await startOperatedWorker('aircall', store);
  environment = {
    GUESTY_WEBHOOK_ORIGIN: guesty.url,
    AIRCALL_WEBHOOK_ORIGIN: aircall.url,
    OPERATOR_TOKEN: TOKEN,
    GOOGLE_CLOUD_PROJECT: project,
    FIRESTORE_EMULATOR_HOST: emulatorHost,
    PUBSUB_EMULATOR_HOST: pubsubEmulatorHost(),
    METADATA_SERVER_DETECTION: 'none',
  };
});
afterAll(async () => {
  await Promise.all([guesty.close(), aircall.close(), store.close(), ops.close()]);
});
beforeEach(() => {
  guesty.isMapped = true;
});

const run = (command: Parameters<typeof startCommand>[0], words: string): Promise<CommandEnd> =>
  startCommand(command, words.split(' '), environment).ended;

async function fields(path: DocumentPath, database = store): Promise<DocumentFields | undefined> {
  const read = await database.getAll([path]);
  if (!read.ok) throw new Error(read.error.detail);
  return read.value[0]?.fields;
}

async function audited(command: string): Promise<DocumentFields[]> {
  const read = await ops.query({ collection: 'audit', where: [{ field: 'command', op: '==', value: command }] });
  if (!read.ok) throw new Error(read.error.detail);
  return read.value.map(entry => entry.fields);
}

describe('pnpm replay', () => {
  it('shows what is parked, changes nothing by looking, and settles it once the mapping understands it', async () => {
    guesty.isMapped = false;
    await guesty.deliver('msg_1', { event: 'reservation.updated.v2', status: 7 });
    const before = await fields('events/msg_1');
    expect(before).toMatchObject({ outcome: 'parked', reason: 'payload_unexpected' });

    const looked = await run('replay', '--parked payload_unexpected --source guesty');
    expect(looked).toMatchObject({ code: 0, err: '' });
    expect(looked.out).toMatch(/guesty +reservation\.updated\.v2 +payload_unexpected +1/u);
    expect(looked.out).toContain('dry run');
    expect(await fields('events/msg_1')).toEqual(before);

    const unfixed = await run('replay', '--parked --source guesty --yes');
    expect(unfixed.code).toBe(1);
    expect(unfixed.out).toMatch(/parked again +payload_unexpected +1/u);
    expect(await fields('parked/guesty-msg_1')).toBeDefined();

    guesty.isMapped = true;
    const fixed = await run('replay', '--parked --source guesty --yes --json --as ana');
    expect(fixed.code).toBe(0);
    const { replayId, things } = JSON.parse(fixed.out) as { replayId: string; things: unknown };
    expect(things).toMatchObject([{ id: 'guesty-msg_1', became: 'settled', outcome: 'same' }]);
    expect(await fields('parked/guesty-msg_1')).toBeUndefined();
    const receivedAt = '2026-11-20T09:00:00.000Z';
    expect(await fields('events/msg_1')).toMatchObject({
      eventId: 'msg_1',
      receivedAt,
      outcome: 'same',
      replay: replayId,
    });

    const entries = await audited('replay');
    expect(new Set(entries.map(({ outcome }) => outcome))).toEqual(new Set(['done', 'failed']));
    expect(entries).toContainEqual(
      expect.objectContaining({
        id: replayId,
        by: 'ana',
        facts: { settled: 1, parkedAgain: 0, underWay: 0, notSent: 0 },
      }),
    );
  });

  it('may be repeated, by range as by id; what is not there is named', async () => {
    await aircall.deliver('call_1', { event: 'call.ended' });
    const [byRange, byId] = await Promise.all([
      run('replay', '--source aircall --event call.* --from 2026-11-20 --to 2026-11-21 --yes'),
      run('replay', '--id call_1 --id nobody --yes --json'),
    ]);
    expect(byRange).toMatchObject({ code: 0 });
    expect(byRange.out).toMatch(/settled +same +1/u);
    expect(
      byRange.err
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as unknown),
    ).toContainEqual(expect.objectContaining({ event: 'replay.progressed', name: 'settled', done: 1, total: 1 }));
    expect(byId.code).toBe(1);
    expect(JSON.parse(byId.out)).toMatchObject({
      things: [
        { id: 'call_1', became: 'settled' },
        { id: 'nobody', became: 'not_replayed' },
      ],
    });
  });

  it('publishes a parked chat change again, under the name it was parked by', async () => {
    const pubsub = new PubSub({ projectId: project, apiEndpoint: pubsubEmulatorHost(), emulatorMode: true });
    const [topic] = await pubsub.createTopic('chat-backfill');
    const [subscription] = await topic.createSubscription('replays');
    const published = new Promise<{ data: Buffer; attributes: object }>(resolve => {
      subscription.on('message', (message: { data: Buffer; attributes: object; ack: () => void }) => {
        message.ack();
        // What vectorize does with a change that it has applied.
        void store.commit([{ op: 'delete', path: 'parked/vectorize:chat:77' }]).then(() => resolve(message));
      });
    });
    const change = { v: 1, kind: 'room-removed', roomId: 'r', version: 5, origin: 'stream' };
    const event = {
      v: 1,
      source: 'rocketchat',
      eventId: 'rocketchat-77',
      event: 'room-removed',
      receivedAt: '2026-11-20T09:00:00.000Z',
      outcome: 'parked',
      reason: 'attempts_exhausted',
      records: [],
      pipelineRevision: 1,
      payload: { inline: JSON.stringify(change) },
    } satisfies StoredEvent;
    const parked = {
      v: 1,
      by: 'vectorize',
      reason: 'attempts_exhausted',
      detail: 'one sentence',
      subject: 'events/rocketchat-77',
      attempts: 100,
      parkedAt: '2026-11-20T09:00:00.000Z',
    } satisfies Parked;
    await store.commit([
      { op: 'set', path: 'events/rocketchat-77', fields: event },
      { op: 'set', path: 'parked/vectorize:chat:77', fields: parked },
    ]);
    const replayed = await run('replay', '--parked --source rocketchat --yes');
    expect(replayed).toMatchObject({ code: 0 });
    const { data, attributes } = await published;
    expect(JSON.parse(data.toString())).toEqual(change);
    expect(attributes).toEqual({ kind: 'room-removed', v: '1', replayOf: '77' });
    await pubsub.close();
  });

  it('says what is missing or wrong: 2 for a command that cannot be, 1 with the next step otherwise', async () => {
    const stranger = { ...environment, OPERATOR_TOKEN: 'another' };
    await guesty.deliver('msg_9', { event: 'task.updated' });
    const [nothing, unconfigured, refused] = await Promise.all([
      run('replay', '--yes'),
      startCommand('replay', ['--parked'], {}).ended,
      startCommand('replay', ['--id', 'msg_9', '--yes'], stranger).ended,
    ]);
    expect(nothing).toMatchObject({ code: 2, out: '' });
    expect(nothing.err).toContain('Which?');
    expect(unconfigured.code).toBe(2);
    expect(unconfigured.err).toContain('GOOGLE_CLOUD_PROJECT');
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('OPERATOR_TOKENS');
    expect(refused.out + refused.err).not.toContain('another');
  });
});

const counts = (read: number, sent: number) => ({ pages: 1, read, sent, vanished: 0, unreadable: 0 });

describe('pnpm backfill', () => {
  it('begins walks, shows them until they end, and is in the audit', async () => {
    guesty.script = [
      { counts: counts(60, 20), updatedAt: '2026-11-21T09:00:30.000Z' },
      { counts: counts(120, 31), state: 'done', updatedAt: '2026-11-21T09:01:00.000Z' },
    ];
    const ended = await run('backfill', 'start --vendor guesty --resources listings');
    expect(ended.code).toBe(0);
    expect(ended.out).toMatch(/guesty +listings +done +120 +31/u);
    expect(
      ended.err
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as unknown),
    ).toEqual([
      expect.objectContaining({ event: 'backfill.progressed', name: 'guesty listings', done: 0, total: 120 }),
      expect.objectContaining({ done: 60, total: 120, perSecond: 2, secondsLeft: 30 }),
      expect.objectContaining({ done: 120, note: '31 sent, done' }),
    ]);
    expect(await audited('backfill-start')).toMatchObject([
      { outcome: 'done', order: { vendors: ['guesty'] }, facts: { jobs: ['guesty-listings-backfill'] } },
    ]);
  });

  it('ends with 1 and the next step where a walk failed', async () => {
    const problem = { reason: 'page_repeated', detail: 'the vendor named the same page as the next one' };
    aircall.script = [{ state: 'failed', problem }];
    const ended = await run('backfill', 'start --vendor aircall --resources calls');
    expect(ended.code).toBe(1);
    expect(ended.out).toContain('page_repeated');
    expect(ended.out).toContain('Start it again');
  });

  it('can be left and looked at again; what runs is ended by cancel', async () => {
    const watching = startCommand('backfill', ['start', '--vendor', 'guesty'], environment);
    watching.child.stderr.once('data', () => watching.child.kill('SIGINT'));
    const left = await watching.ended;
    expect(left.code).toBe(1);
    expect(left.err).toContain('pnpm backfill status --watch');
    const status = await run('backfill', 'status --json --vendor guesty');
    expect(status.code).toBe(0);
    expect(JSON.parse(status.out)).toMatchObject([{ source: 'guesty', state: 'running' }]);
    expect((await run('backfill', 'cancel --vendor guesty')).out).toMatch(/guesty +listings +cancelled/u);
  });
});

describe('pnpm reconcile', () => {
  it('compares now and prints what was found, and prints it again from Firestore', async () => {
    guesty.script = [
      {
        state: 'done',
        counts: counts(240, 2),
        examples: ['guesty:reservation:r1', 'guesty:reservation:r2'],
        endedAt: '2026-11-21T09:05:00.000Z',
      },
    ];
    const compared = await run('reconcile', '--vendor guesty');
    expect(compared.code).toBe(0);
    expect(compared.out).toContain('240 read, 2 missing or older here, sent to be healed');
    expect(compared.out).toContain('guesty:reservation:r2');
    const report = await run('reconcile', 'report --last 1 --vendor guesty --json');
    expect(JSON.parse(report.out)).toMatchObject([{ purpose: 'comparison', counts: { read: 240, sent: 2 } }]);
  });
});
