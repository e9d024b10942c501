import { eventually } from '@innkeeper/local-stack/testing/eventually';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as chat from './support/chat-changes.ts';
import { interaction } from './support/records.ts';
import { ASSISTANT_ID, type Pipeline, startPipeline } from './support/start-pipeline.ts';

/** From a published change to Firestore and Qdrant, over Pub/Sub's emulator, the gateway and the functions' own process. */
let pipeline: Pipeline;
const reactionToNothing = chat.feedback('no-answer', 1, ['ana']);
beforeAll(async () => {
  pipeline = await startPipeline({ attemptsMax: 20 });
  await pipeline.publish([reactionToNothing]); // Uses up its attempts while the other tests run.
});
afterAll(() => pipeline.close());

const indexed = (id: string, text = '') =>
  eventually(
    () => pipeline.pointsOf(`chat-message:${id}`),
    points => points[0]?.text.includes(text) ?? false,
  );
const withdrawn = (id: string) =>
  eventually(
    () => pipeline.pointsOf(`chat-message:${id}`),
    points => points.length === 0,
  );
const logLine = (event: string, isMeant: (line: Pipeline['functions']['logged'][number]) => boolean) =>
  eventually(
    () => pipeline.functions.logged.find(line => line.event === event && isMeant(line)),
    line => line !== undefined,
  );

describe('a message', () => {
  test('is found under its room; an edit replaces it, a deletion takes it away', async () => {
    await pipeline.publish([chat.room('team', 1), chat.message('m1', 2, 'The cot goes to 4B, call +44 20 7946 0123.')]);
    const [point] = await indexed('m1', 'The cot goes to 4B');
    expect(point).toMatchObject({
      kind: 'chat-message',
      source: 'rocketchat',
      title: 'Ana Reis, 2026-11-21',
      roomId: 'team',
      authorId: 'ana1',
      author: 'Ana Reis',
      startsAt: '2026-11-21T09:41:00.000Z',
    });
    expect(JSON.stringify([point, pipeline.functions.logged])).not.toContain('7946');

    await pipeline.publish([chat.message('m1', 3, 'The cot goes to 5A.')]);
    await indexed('m1', 'The cot goes to 5A.');
    const removal = chat.messageRemoved('m1', 4);
    await pipeline.publish([removal]);
    await withdrawn('m1');
    expect(await pipeline.read('chatMessages/m1')).toEqual({ v: 1, version: removal.version, deleted: true });
  });

  test('said again in the same words at a later time has points that name its newest state', async () => {
    await pipeline.publish([chat.message('again', 1, 'Towels are in the attic.')]);
    const [first] = await indexed('again', 'Towels');
    await pipeline.publish([chat.message('again', 2, 'Towels are in the attic.')]);
    const [second] = await eventually(
      () => pipeline.pointsOf('chat-message:again'),
      ([point]) => (point?.srcVersion ?? 0) > (first?.srcVersion ?? 0),
    );
    expect({ ...second, srcVersion: first?.srcVersion }).toEqual(first);
  });

  test('that arrives after its own removal stays away', async () => {
    await pipeline.publish([chat.messageRemoved('m2', 5)]);
    await logLine('change.applied', line => line.change === 'message:m2');
    await pipeline.publish([chat.message('m2', 4, 'Too late.')], 'backfill');
    await logLine('change.applied', line => line.change === 'message:m2' && line.effect === 'older');
    expect(await pipeline.read('chatMessages/m2')).toMatchObject({ deleted: true });
    expect(await pipeline.pointsOf('chat-message:m2')).toEqual([]);
  });

  test('leaves the index when it turns out that its room is a guest’s, the assistant’s own, or gone', async () => {
    const ids = ['livechat', 'direct', 'closed', 'kept'];
    await pipeline.publish(ids.map(id => chat.message(id, 1, `Said in ${id}.`, { roomId: id })));
    for (const id of ids) await indexed(id);
    await pipeline.publish([
      chat.room('livechat', 2, { type: 'l' }),
      chat.room('direct', 2, { type: 'd', directUserIds: ['ana1', ASSISTANT_ID] }),
      chat.roomRemoved('closed', 2),
      chat.room('kept', 2, { type: 'd', directUserIds: ['ana1', 'ben1'] }),
    ]);
    for (const id of ['livechat', 'direct', 'closed']) await withdrawn(id);
    await pipeline.publish([chat.message('after', 3, 'Said afterwards.', { roomId: 'closed' })]);
    await eventually(
      () => pipeline.read('indexState/chat-message:after'),
      state => state !== undefined,
    );
    expect(await pipeline.pointsOf('chat-message:after')).toEqual([]);
    expect(await pipeline.pointsOf('chat-message:kept')).toHaveLength(1);
  });
});

test('who may read what follows rooms, members and users', async () => {
  await pipeline.publish([
    chat.room('lobby', 1, { type: 'c', name: 'lobby' }),
    chat.room('cellar', 1, { parentId: 'lobby' }),
    chat.user('ben1', 1, 'ben'),
    chat.member('s1', 1, 'ben1', 'lobby'),
    chat.member('s2', 1, 'ben1', 'team'),
  ]);
  const access = await eventually(
    () => pipeline.read('chatAccess/user:ben1'),
    found => found?.['user'] !== undefined && JSON.stringify(found['rooms']) === '{"s1":"lobby","s2":"team"}',
  );
  expect(access?.['user']).toMatchObject({ username: 'ben', active: true });
  const rooms = await eventually(
    () => pipeline.read('chatAccess/rooms'),
    found => ['lobby', 'cellar'].every(room => JSON.stringify(found?.['rooms'] ?? {}).includes(`"${room}":`)),
  );
  expect(rooms).toMatchObject({
    rooms: { lobby: { type: 'c', teamMain: false }, cellar: { type: 'p', parentId: 'lobby' } },
  });
  await pipeline.publish([chat.memberRemoved('s2', 2)]);
  await eventually(
    () => pipeline.read('chatAccess/user:ben1'),
    found => JSON.stringify(found?.['rooms']) === '{"s1":"lobby"}',
  );
});

test('a first fill of rooms and members, all at once, ends with every one of them', async () => {
  const numbers = Array.from({ length: 60 }, (_, index) => index);
  const rooms = numbers.map(index => chat.room(`r${index}`, 1, { type: 'c' }));
  const members = numbers.map(index => chat.member(`f${index}`, 1, 'cleo1', `r${index}`));
  await pipeline.publish([...rooms, ...members], 'backfill');
  await eventually(
    () => pipeline.read('chatAccess/user:cleo1'),
    access => numbers.every(index => JSON.stringify(access?.['rooms'] ?? {}).includes(`"r${index}"`)),
  );
  await eventually(
    () => pipeline.read('chatAccess/rooms'),
    found => numbers.every(index => JSON.stringify(found?.['rooms'] ?? {}).includes(`"r${index}"`)),
  );
});

test('what people think of an answer is kept with it, even if they were quicker than its bookkeeping', async () => {
  await pipeline.publish([chat.feedback('answer1', 1, ['ana'])]);
  await logLine('change.deferred', line => line.change === 'feedback:answer1');
  const [path, answered] = interaction('q1', 'room1');
  await pipeline.write([path, { ...answered, answerMessageIds: ['answer1'] }]);
  await eventually(
    () => pipeline.read(path),
    found => JSON.stringify(found?.['feedback'] ?? {}).includes('"up":["ana"]'),
  );
});

describe('a change that cannot be applied', () => {
  test('is parked at once when nobody can read it, and kept for replay', async () => {
    const unreadable = '{"kind":"message","text":"Ana says hello"}';
    await pipeline.publish([unreadable]);
    const line = await logLine('change.parked', ({ reason }) => reason === 'undecodable_change');
    const parked = await pipeline.read(`parked/vectorize:chat:${line?.messageId}`);
    expect(parked).toMatchObject({ by: 'vectorize', subject: `events/rocketchat-${line?.messageId}` });
    expect(JSON.stringify([parked, pipeline.functions.logged])).not.toContain('hello');
    const event = await pipeline.read(`events/rocketchat-${line?.messageId}`);
    expect(event).toMatchObject({ source: 'rocketchat', outcome: 'parked', payload: { inline: unreadable } });
    expect(event?.['expireAt']).toBeDefined();
  });

  test('is taken away from there once a replay of it was applied', async () => {
    const line = await logLine('change.parked', ({ reason }) => reason === 'undecodable_change');
    const replayOf = String(line?.messageId);
    await pipeline.publish([chat.message('mended', 1, 'Readable by now.')], 'backfill', { replayOf });
    await indexed('mended', 'Readable by now.');
    const parked = await eventually(
      () => pipeline.read(`parked/vectorize:chat:${replayOf}`),
      found => found === undefined,
    );
    expect([parked, await pipeline.read(`events/rocketchat-${replayOf}`)]).toEqual([undefined, undefined]);
  });

  test('is parked from the dead letters once its attempts are used up', async () => {
    const line = await logLine('change.parked', ({ reason }) => reason === 'attempts_exhausted');
    expect(await pipeline.read(`parked/vectorize:chat:${line?.messageId}`)).toMatchObject({
      reason: 'attempts_exhausted',
      attempts: 20,
    });
    const event = await pipeline.read(`events/rocketchat-${line?.messageId}`);
    expect(event).toMatchObject({ event: 'feedback', payload: { inline: JSON.stringify(reactionToNothing) } });
  });
});

test('a push by anybody but the subscription never reaches the function', async () => {
  const push = (headers: Record<string, string>) =>
    fetch(pipeline.functions.urls.chat, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ message: { messageId: 'forged', publishTime: '2026-11-21T09:00:00Z' } }),
    });
  expect((await push({})).status).toBe(403);
  expect((await push({ authorization: 'Bearer e30.e30.e30' })).status).toBe(401);
  expect(await pipeline.read('parked/vectorize:chat:forged')).toBeUndefined();
});

describe('a deletion', () => {
  test('that finds Qdrant away takes effect when it is back', async () => {
    await pipeline.publish([chat.message('m3', 1, 'The boiler is off.')]);
    await indexed('m3', 'The boiler is off.');
    await pipeline.stopQdrant();
    await pipeline.publish([chat.messageRemoved('m3', 2)]);
    await logLine('change.deferred', line => line.reason === 'unavailable');
    expect(await pipeline.read('chatMessages/m3')).toMatchObject({ deleted: true });
    await pipeline.restartQdrant();
    await withdrawn('m3');
  });

  test('that finds Firestore away takes effect when it is back', async () => {
    await pipeline.publish([chat.message('m4', 1, 'The lift is stuck.')]);
    await indexed('m4', 'The lift is stuck.');
    const refusedBefore = pipeline.firestoreLink.refused();
    pipeline.firestoreLink.cut();
    await pipeline.publish([chat.messageRemoved('m4', 2)]);
    await eventually(
      () => pipeline.firestoreLink.refused(),
      count => count > refusedBefore,
    );
    expect(await pipeline.pointsOf('chat-message:m4')).toHaveLength(1);
    pipeline.firestoreLink.mend();
    await withdrawn('m4');
  });
});
