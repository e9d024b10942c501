import { readFileSync } from 'node:fs';
import { BSON, type ChangeStreamUpdateDocument, type Db, type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BOT, type RunningChat, runChat } from '../testing/running-chat.ts';

const FRIDA = { _id: 'X7ZSLm7umWPBNaDxT', username: 'frida', name: 'Frida Example' };
const ROOM = '67160cdd55aaa39875b4596a';

interface Subscription {
  readonly u: { readonly _id: string };
  readonly unread: number;
  readonly alert: boolean;
}

let chat: RunningChat;
let client: MongoClient;
let database: Db;

beforeAll(async () => {
  chat = await runChat();
  client = await MongoClient.connect(chat.mongo.uri);
  database = client.db();
  await chat.control('PUT', `users/${FRIDA._id}`, { username: FRIDA.username, name: FRIDA.name });
  const people = [FRIDA._id, BOT.userId];
  await chat.control('PUT', `rooms/${ROOM}`, { t: 'p', name: 'front-desk', memberIds: people });
});
afterAll(async () => {
  await client.close();
  await chat.close();
});
beforeEach(async () => {
  for (const name of ['Message_KeepHistory', 'Message_ShowDeletedStatus']) {
    await chat.control('PUT', `settings/${name}`, { value: false });
  }
});

const recorded = (name: string): unknown =>
  BSON.EJSON.parse(readFileSync(new URL(`__fixtures__/${name}.ejson.json`, import.meta.url), 'utf8'));
const messages = () => database.collection<{ _id: string } & Document>('rocketchat_message');
const stored = (id: string) => messages().findOne({ _id: id });
const historyOf = (id: string) => messages().findOne({ parent: id });
const roomStored = () => database.collection<{ _id: string } & Document>('rocketchat_room').findOne({ _id: ROOM });

async function say(messageId: string, text: string, more: object = {}): Promise<void> {
  const said = { userId: FRIDA._id, roomId: ROOM, messageId, text, ...more };
  const { status } = await chat.control('POST', 'messages', said);
  expect(status).toBe(200);
}
function act(action: string, body: object) {
  chat.passTime(1);
  return chat.act(FRIDA._id, action, body);
}

describe('a message in MongoDB', () => {
  it('is the document that Rocket.Chat stores', async () => {
    chat.setTime('2026-11-21T08:12:45.447Z');
    const ts = '2026-11-21T08:12:45.388Z';
    await say('fAZw2ATh5Fkx4cjKA', 'room 3 arrives at 21:30, key in the box', { ts });
    expect(await stored('fAZw2ATh5Fkx4cjKA')).toEqual(recorded('message.plain'));
  });

  it('names people, channels and links that its text names', async () => {
    await chat.control('PUT', 'rooms/GENERAL', { t: 'c', name: 'general', memberIds: [] });
    await say('named', '@frida and @nobody, see https://example.com/a?b=1 in #general, not a@frida');
    expect(await stored('named')).toMatchObject({
      mentions: [{ ...FRIDA, type: 'user' }],
      channels: [{ _id: 'GENERAL', name: 'general' }],
      urls: [{ url: 'https://example.com/a?b=1' }],
    });
  });

  it('moves the counters of its room and what members have not read', async () => {
    const before = await roomStored();
    chat.passTime(1000);
    await say('counted', '@innkeeper who arrives?');
    const after = await roomStored();
    expect(after?.['msgs']).toBe(Number(before?.['msgs']) + 1);
    expect(after?.['lm']).toEqual((await stored('counted'))?.['ts']);
    expect(after?.['lastMessage']).toMatchObject({ _id: 'counted' });
    const subscriptions = database.collection<Subscription>('rocketchat_subscription').find({ rid: ROOM });
    const members = await subscriptions.sort({ unread: 1 }).toArray();
    const unread = members.map(member => [member.u._id, member.unread, member.alert]);
    expect(unread).toEqual([
      [FRIDA._id, 0, false],
      [BOT.userId, 1, true],
    ]);
  });

  it('is counted by its thread, until it is deleted', async () => {
    await say('thread', 'opens a thread');
    await say('reply', 'a reply', { threadId: 'thread' });
    expect(await stored('thread')).toMatchObject({ tcount: 1, replies: [FRIDA._id] });
    await act('delete', { messageId: 'reply' });
    expect(await stored('thread')).toMatchObject({ tcount: 0 });
  });

  it('edited, changes only what an edit changes', async () => {
    await say('edited', 'at 15:00');
    const stream = messages().watch<Document, ChangeStreamUpdateDocument>([{ $match: { operationType: 'update' } }]);
    const next = stream.next();
    await act('edit', { messageId: 'edited', text: 'at 16:00' });
    const { updateDescription } = await next;
    await stream.close();
    const fields = Object.keys(updateDescription.updatedFields ?? {}).sort();
    expect(fields).toEqual(['_updatedAt', 'editedAt', 'editedBy', 'md', 'msg']);
    expect(await stored('edited')).toMatchObject({ msg: 'at 16:00', editedBy: { _id: FRIDA._id, username: 'frida' } });
    expect(await historyOf('edited')).toBeNull();
  });

  it('keeps its old text as a hidden copy where the history is kept', async () => {
    await chat.control('PUT', 'settings/Message_KeepHistory', { value: true });
    await say('kept', 'at 15:00');
    await act('edit', { messageId: 'kept', text: 'at 16:00' });
    expect(await historyOf('kept')).toMatchObject({ msg: 'at 15:00', _hidden: true, rid: ROOM });
  });

  it('carries reactions by emoji until the last one is taken back', async () => {
    await say('reacted', 'breakfast at eight');
    await act('react', { messageId: 'reacted', emoji: 'thumbsup', on: true });
    expect(await stored('reacted')).toMatchObject({ reactions: { ':thumbsup:': { usernames: ['frida'] } } });
    await act('react', { messageId: 'reacted', emoji: ':thumbsup:' });
    expect(await stored('reacted')).not.toHaveProperty('reactions');
  });

  it('is pinned with a notice', async () => {
    await say('pinned', 'the plumber comes at nine');
    await act('pin', { messageId: 'pinned', on: true });
    expect(await stored('pinned')).toMatchObject({ pinned: true, pinnedBy: { username: 'frida' } });
    expect(await messages().findOne({ rid: ROOM, t: 'message_pinned' })).toMatchObject({ groupable: false });
  });
});

describe('a deleted message', () => {
  it.each([
    { keepsHistory: false, showsDeleted: false, left: null, copy: null },
    { keepsHistory: false, showsDeleted: true, left: { t: 'rm', msg: '' }, copy: null },
    { keepsHistory: true, showsDeleted: false, left: { _hidden: true, msg: 'secret' }, copy: null },
    { keepsHistory: true, showsDeleted: true, left: { t: 'rm', msg: '' }, copy: { _hidden: true, msg: 'secret' } },
  ])('with history $keepsHistory and status $showsDeleted', async ({ keepsHistory, showsDeleted, left, copy }) => {
    await chat.control('PUT', 'settings/Message_KeepHistory', { value: keepsHistory });
    await chat.control('PUT', 'settings/Message_ShowDeletedStatus', { value: showsDeleted });
    const id = `deleted-${keepsHistory}-${showsDeleted}`;
    await say(id, 'secret');
    const before = await roomStored();
    await act('delete', { messageId: id });
    expect({ left: await stored(id), copy: await historyOf(id) }).toMatchObject({ left, copy });
    expect(await roomStored()).toMatchObject({ msgs: Number(before?.['msgs']) - 1 });
    expect((await roomStored())?.['lastMessage']).not.toMatchObject({ msg: 'secret' });
  });

  it('with replies stays as an empty one, and its text in a hidden copy', async () => {
    await say('answered', 'secret');
    await say('answer', 'well', { threadId: 'answered' });
    await act('delete', { messageId: 'answered' });
    expect(await stored('answered')).toMatchObject({ t: 'rm', msg: '', urls: [], mentions: [], reactions: {} });
    expect(await stored('answered')).not.toHaveProperty('md');
    expect(await historyOf('answered')).toMatchObject({ msg: 'secret', _hidden: true });
  });
});

describe('with MongoDB failing', () => {
  it('a message whose acknowledgement was lost is stored once', async () => {
    chat.mongo.setFaults({ failures: [{ command: 'insert', times: 1, effect: 'lose_reply' }] });
    await say('once', 'stored once');
    chat.mongo.setFaults({});
    expect(await messages().countDocuments({ msg: 'stored once' })).toBe(1);
  });

  it('a call is refused as the real server refuses what goes wrong inside', async () => {
    chat.mongo.setFaults({ failures: [{ command: 'insert', code: 13, message: 'not authorized' }] });
    const message = { rid: ROOM, msg: 'never stored', _id: 'refused' };
    const refused = await chat.api('chat.sendMessage', { body: { message }, as: BOT });
    chat.mongo.setFaults({});
    expect(refused).toEqual({ status: 400, json: { success: false, error: 'not authorized' } });
    expect(await stored('refused')).toBeNull();
  });

  it('documents that others broke are passed over', async () => {
    await messages().insertOne({ _id: 'broken', rid: ROOM, msg: 12, ts: 'yesterday' });
    const history = await chat.api('groups.history', { query: { roomId: ROOM, count: '0' }, as: BOT });
    expect(history.status).toBe(200);
    expect(JSON.stringify(history.json)).not.toContain('broken');
  });
});
