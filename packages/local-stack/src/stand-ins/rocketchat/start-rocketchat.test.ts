import { rocketChatTeamChat } from '@innkeeper/shared/adapters/rocketchat/rocketchat-team-chat';
import { Secret } from '@innkeeper/shared/config/secret';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageDocument } from './store/documents.ts';
import { BOT, type Caller, FRIDA, type RunningChat, runChat } from './testing/running-chat.ts';

let chat: RunningChat;

beforeAll(async () => {
  chat = await runChat();
  const both = [FRIDA.userId, BOT.userId];
  await chat.control('PUT', 'rooms/GENERAL', { t: 'c', name: 'general', memberIds: both });
  await chat.control('PUT', 'rooms/private-1', { t: 'p', name: 'front-desk', memberIds: both });
  await chat.control('PUT', 'rooms/private-2', { t: 'p', name: 'owners', memberIds: [FRIDA.userId] });
  const usernames = ['frida', BOT.username];
  await chat.control('PUT', 'rooms/direct-1', { t: 'd', memberIds: both, usernames });
});
afterAll(() => chat.close());

const adapter = (authToken = BOT.authToken) =>
  rocketChatTeamChat({ fetch, url: chat.url(), userId: BOT.userId, authToken: new Secret(authToken) });

describe('the REST API', () => {
  it('keeps rooms and messages over a restart', async () => {
    await adapter().sendMessage({ messageId: 'kept', roomId: 'private-1', text: 'kept' });
    await chat.restart();
    const stored = await adapter().getMessage('kept');
    expect(stored.ok && stored.value.text).toBe('kept');
  });

  it('lists a history newest first and a thread from its beginning', async () => {
    for (const [id, tmid] of [['t-root'], ['t-1', 't-root'], ['t-2', 't-root']] as const) {
      chat.passTime(1000);
      await chat.control('POST', 'messages', {
        userId: FRIDA.userId,
        roomId: 'private-1',
        text: id,
        messageId: id,
        threadId: tmid,
      });
    }
    const idsOf = (json: Record<string, unknown>) =>
      (json['messages'] as { _id: string }[]).map(message => message._id);
    const history = await chat.api('groups.history', { query: { roomId: 'private-1', count: '3' } });
    expect(idsOf(history.json)).toEqual(['t-2', 't-1', 't-root']);
    const thread = await chat.api('chat.getThreadMessages', { query: { tmid: 't-root' } });
    expect(idsOf(thread.json)).toEqual(['t-1', 't-2']);
  });

  it('hides a private room from those who are not in it', async () => {
    await chat.control('POST', 'messages', {
      userId: FRIDA.userId,
      roomId: 'private-2',
      text: 'secret',
      messageId: 'secret',
    });
    expect(await adapter().getMessage('secret')).toMatchObject({ ok: false, error: { kind: 'not_found' } });
    const sent = await adapter().sendMessage({ messageId: 'intruder', roomId: 'private-2', text: 'hi' });
    expect(sent).toMatchObject({ ok: false, error: { kind: 'denied' } });
    expect(await adapter().roomType('private-2')).toMatchObject({ ok: false, error: { kind: 'not_found' } });
  });

  it('lets nobody write in an archived room, as a refusal without a code', async () => {
    const { room } = await chat.act(FRIDA.userId, 'create-room', { name: 'old', private: true, userIds: [BOT.userId] });
    const roomId = (room as { _id: string })._id;
    await chat.act(FRIDA.userId, 'archive', { roomId, on: true });
    const { status, json } = await chat.api('chat.sendMessage', { body: { message: { rid: roomId, msg: 'late' } } });
    expect([status, json]).toEqual([400, { success: false, error: 'room_is_archived' }]);
    const sent = await adapter().sendMessage({ messageId: 'late', roomId, text: 'late' });
    expect(sent).toMatchObject({ ok: false, error: { kind: 'denied' } });
  });

  it('refuses wrong credentials, unknown endpoints and unknown fields as the real one does', async () => {
    expect(await adapter('wrong').roomType('GENERAL')).toMatchObject({ ok: false, error: { kind: 'denied' } });
    expect((await chat.api('chat.unheardOf')).status).toBe(404);
    const odd = await chat.api('chat.sendMessage', { body: { message: { rid: 'GENERAL', msg: 'x', colour: 'red' } } });
    expect(odd).toMatchObject({ status: 400, json: { success: false, errorType: 'invalid-params' } });
  });

  it('names the seconds to wait to people, and lets the bot pass', async () => {
    await chat.control('POST', 'rate-limit', { enabled: true });
    const statuses = [];
    for (let call = 0; call < 11; call++)
      statuses.push((await chat.api('users.info', { query: { username: 'frida' } })).status);
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 200), 429]);
    expect((await adapter().roomType('GENERAL')).ok).toBe(true);

    await chat.control('POST', 'rate-limit', { enabled: true, exemptBots: false });
    const replies = [];
    for (let call = 0; call < 11; call++) replies.push(await adapter().roomType('GENERAL'));
    expect(replies.at(-1)).toMatchObject({ ok: false, error: { kind: 'unavailable', retryAfterMs: 60_000 } });
    await chat.control('POST', 'rate-limit', { enabled: false });
  });

  it('tells in every reply whether its caller is counted, also in those that refuse', async () => {
    const askAs = async ({ userId, authToken }: Caller) => {
      const reply = await fetch(`${chat.url()}/api/v1/chat.getThreadMessages?tmid=none`, {
        headers: { 'x-user-id': userId, 'x-auth-token': authToken },
      });
      return ['limit', 'remaining'].map(name => reply.headers.get(`x-ratelimit-${name}`));
    };
    chat.passTime(60_000);
    expect(await askAs(FRIDA)).toEqual([null, null]);
    await chat.control('POST', 'rate-limit', { enabled: true });
    expect(await askAs(BOT)).toEqual([null, null]);
    const counted = [];
    for (let call = 0; call < 11; call++) counted.push(await askAs(FRIDA));
    expect([counted[0], counted[9], counted[10]]).toEqual([
      ['10', '9'],
      ['10', '0'],
      ['10', '0'],
    ]);
    await chat.control('POST', 'rate-limit', { enabled: false });
  });

  it('creates a room when somebody writes in one it does not know', async () => {
    const roomId = `${BOT.userId}${FRIDA.userId}`;
    expect(await adapter().roomType(roomId)).toMatchObject({ ok: false, error: { kind: 'not_found' } });
    await adapter().sendMessage({ messageId: 'first-there', roomId, text: 'hi' });
    expect(await adapter().roomType(roomId)).toEqual({ ok: true, value: 'direct' });
  });

  it('toggles reactions and deletes own messages only', async () => {
    await chat.control('POST', 'messages', {
      userId: FRIDA.userId,
      roomId: 'GENERAL',
      text: 'x',
      messageId: 'reacted',
    });
    const reactions = async () =>
      ((await chat.api('chat.getMessage', { query: { msgId: 'reacted' } })).json['message'] as MessageDocument)
        .reactions;
    for (const shouldReact of [undefined, true]) {
      await chat.api('chat.react', { body: { messageId: 'reacted', emoji: 'thumbsup', shouldReact } });
      expect(await reactions()).toEqual({ ':thumbsup:': { usernames: ['frida'] } });
    }
    // The second sets it again: a message without reactions is one on which `false` counts as a change.
    for (const left of [undefined, { ':thumbsup:': { usernames: ['frida'] } }]) {
      await chat.api('chat.react', { body: { messageId: 'reacted', emoji: 'thumbsup', shouldReact: false } });
      expect(await reactions()).toEqual(left);
    }
    const asBot = { userId: BOT.userId, authToken: BOT.authToken };
    const body = { roomId: 'GENERAL', msgId: 'reacted' };
    expect((await chat.api('chat.delete', { body, as: asBot })).json['errorType']).toBe('error-action-not-allowed');
    expect((await chat.api('chat.delete', { body })).status).toBe(200);
    expect(await chat.api('chat.getMessage', { query: { msgId: 'reacted' } })).toEqual({
      status: 400,
      json: { success: false },
    });
  });
});
