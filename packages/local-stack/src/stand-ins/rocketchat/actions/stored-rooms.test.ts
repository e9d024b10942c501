import { readFileSync } from 'node:fs';
import { BSON, type Db, type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BOT, FRIDA, type RunningChat, runChat } from '../testing/running-chat.ts';

const MARCO = { userId: 'personUserId00002', username: 'marco', authToken: 'marco-token' };
const SPAN = { oldest: '2026-11-21T00:00:00.000Z', latest: '2026-11-22T00:00:00.000Z' };

let chat: RunningChat;
let client: MongoClient;
let database: Db;

beforeAll(async () => {
  chat = await runChat();
  client = await MongoClient.connect(chat.mongo.uri);
  database = client.db();
  const { userId, ...marco } = MARCO;
  await chat.control('PUT', `users/${userId}`, { ...marco, name: 'Marco' });
});
afterAll(async () => {
  await client.close();
  await chat.close();
});

const collection = (name: string) => database.collection<{ _id: string } & Document>(name);
const roomStored = (id: string) => collection('rocketchat_room').findOne({ _id: id });
const subscription = (rid: string, { userId }: { userId: string }) =>
  collection('rocketchat_subscription').findOne({ rid, 'u._id': userId });
async function notices(roomId: string): Promise<unknown[][]> {
  const found = collection('rocketchat_message').find({ rid: roomId, t: { $exists: true } });
  return (await found.sort({ ts: 1 }).toArray()).map((notice): unknown[] => [notice['t'], notice['msg']]);
}
function act(action: string, body: object) {
  chat.passTime(1);
  return chat.act(FRIDA.userId, action, body);
}
const isReadable = async (roomId: string) =>
  (await chat.api('rooms.info', { query: { roomId }, as: MARCO })).status === 200;

let names = 0;
async function newRoom(isPrivate: boolean, userIds: readonly string[] = []): Promise<string> {
  names += 1;
  const { room } = await act('create-room', { name: `room-${names}`, private: isPrivate, userIds });
  return (room as { _id: string })._id;
}

/** Field names and the kinds of their values. */
const shapeOf = (document: object) =>
  Object.fromEntries(
    Object.entries(document).map(([key, value]) => [key, value instanceof Date ? 'date' : typeof value]),
  );
const recorded = (name: string) =>
  BSON.EJSON.parse(readFileSync(new URL(`__fixtures__/${name}.ejson.json`, import.meta.url), 'utf8')) as Document;

describe('a room in MongoDB', () => {
  it('has the fields of Rocket.Chat’s', async () => {
    const id = await newRoom(true, [MARCO.userId]);
    await act('say', { roomId: id, text: 'hello' });
    expect(shapeOf((await roomStored(id)) ?? {})).toMatchObject(shapeOf(recorded('room.private')));
    expect(await roomStored(id)).toMatchObject({ t: 'p', usersCount: 2, msgs: 1 });
  });

  it('for two people has the id made of both, and one for each name', async () => {
    const first = await act('open-direct', { userIds: [MARCO.userId] });
    const again = await chat.act(MARCO.userId, 'open-direct', { userIds: [FRIDA.userId] });
    expect(again['room']).toMatchObject({ _id: `${FRIDA.userId}${MARCO.userId}` });
    const { _id } = first['room'] as { _id: string };
    expect(shapeOf((await roomStored(_id)) ?? {})).toEqual(shapeOf(recorded('room.direct')));
    expect(await subscription(_id, FRIDA)).toMatchObject({ t: 'd', name: 'marco', fname: 'Marco' });
    expect(await subscription(_id, MARCO)).toMatchObject({ name: 'frida', fname: 'Frida' });
  });

  it('tells who came and went, and who may come back', async () => {
    const id = await newRoom(false);
    await chat.act(MARCO.userId, 'join', { roomId: id });
    const joined = await collection('rocketchat_message').findOne({ rid: id, t: 'uj' });
    expect(shapeOf(joined ?? {})).toEqual(shapeOf(recorded('message.user-joined')));
    chat.passTime(1);
    await chat.act(MARCO.userId, 'leave', { roomId: id });
    expect(await subscription(id, MARCO)).toBeNull();
    await act('add', { roomId: id, userId: MARCO.userId });
    await act('set-role', { roomId: id, userId: MARCO.userId, role: 'moderator', on: true });
    expect(await subscription(id, MARCO)).toMatchObject({ roles: ['moderator'] });
    await act('kick', { roomId: id, userId: MARCO.userId });
    expect(await subscription(id, MARCO)).toBeNull();
    await act('add', { roomId: id, userId: MARCO.userId });
    await act('ban', { roomId: id, userId: MARCO.userId });
    expect(await subscription(id, MARCO)).toMatchObject({ status: 'BANNED' });
    await expect(chat.act(MARCO.userId, 'join', { roomId: id })).rejects.toThrow('error-not-allowed');
    expect(await roomStored(id)).toMatchObject({ usersCount: 1 });
    expect(await notices(id)).toEqual([
      ['uj', 'marco'],
      ['ul', 'marco'],
      ['au', 'marco'],
      ['subscription-role-added', 'marco'],
      ['ru', 'marco'],
      ['au', 'marco'],
      ['user-banned', 'marco'],
    ]);
  });

  it('changes its name, its type and its state in all its subscriptions', async () => {
    const id = await newRoom(false, [MARCO.userId]);
    await act('rename', { roomId: id, name: 'reception' });
    await act('set-private', { roomId: id, private: true });
    expect(await subscription(id, MARCO)).toMatchObject({ name: 'reception', fname: 'reception', t: 'p' });
    await act('archive', { roomId: id, on: true });
    expect(await roomStored(id)).toMatchObject({ name: 'reception', t: 'p', archived: true });
    expect(await subscription(id, MARCO)).toMatchObject({ archived: true, open: false });
    await expect(act('say', { roomId: id, text: 'too late' })).rejects.toThrow('room_is_archived');
    expect(await notices(id)).toEqual([
      ['r', 'reception'],
      ['room_changed_privacy', 'Private'],
      ['room-archived', ''],
    ]);
  });

  it('goes with everything in it, its discussions too', async () => {
    const id = await newRoom(true);
    const { room } = await act('discuss', { roomId: id, name: 'about-towels' });
    const discussion = room as { _id: string; prid: string };
    expect(discussion.prid).toBe(id);
    await act('say', { roomId: discussion._id, text: 'towels' });
    await act('erase-room', { roomId: id });
    for (const rid of [id, discussion._id]) {
      expect(await roomStored(rid)).toBeNull();
      expect(await collection('rocketchat_message').countDocuments({ rid })).toBe(0);
      expect(await collection('rocketchat_subscription').countDocuments({ rid })).toBe(0);
    }
  });

  it('loses the messages of a time when it is pruned', async () => {
    const id = await newRoom(true);
    await act('say', { roomId: id, text: 'today' });
    await act('prune', { roomId: id, oldest: '2020-01-01T00:00:00.000Z', latest: '2020-12-31T00:00:00.000Z' });
    expect(await roomStored(id)).toMatchObject({ msgs: 1, lastMessage: { msg: 'today' } });
    await act('prune', { roomId: id, ...SPAN });
    expect(await roomStored(id)).toMatchObject({ msgs: 0 });
    expect(await roomStored(id)).not.toHaveProperty('lastMessage');
  });
});

describe('who may read a room', () => {
  it('a discussion: who may read its parent', async () => {
    const parent = await newRoom(true, [MARCO.userId]);
    const { room } = await act('discuss', { roomId: parent, name: 'about-keys' });
    const { _id } = room as { _id: string };
    expect(await isReadable(_id)).toBe(true);
    await act('kick', { roomId: parent, userId: MARCO.userId });
    expect(await isReadable(_id)).toBe(false);
  });

  it('a public channel of a private team: its members', async () => {
    const made = await act('create-team', { name: 'owners', private: true, userIds: [] });
    const { teamId } = made['room'] as { teamId: string };
    await chat.control('PUT', 'rooms/team-channel', { t: 'c', name: 'numbers', memberIds: [], teamId });
    expect(await isReadable('team-channel')).toBe(false);
    await act('set-private', { roomId: (made['room'] as { _id: string })._id, private: false });
    expect(await isReadable('team-channel')).toBe(true);
  });

  it('nobody who is deactivated', async () => {
    const id = await newRoom(false);
    expect(await isReadable(id)).toBe(true);
    await act('set-active', { userId: MARCO.userId, on: false });
    expect((await chat.api('rooms.info', { query: { roomId: id }, as: MARCO })).status).toBe(401);
    await expect(chat.act(MARCO.userId, 'join', { roomId: id })).rejects.toThrow('error-invalid-user');
  });
});

it('a page of another site cannot act for anybody', async () => {
  const headers = { origin: 'https://elsewhere.example' };
  const reply = await fetch(`${chat.url()}/_control/as/${FRIDA.userId}/say`, { method: 'POST', headers, body: '{}' });
  expect(reply.status).toBe(403);
  const own = { origin: new URL(chat.url()).origin };
  expect((await fetch(`${chat.url()}/page/as/${BOT.userId}`, { headers: own })).status).toBe(200);
});
