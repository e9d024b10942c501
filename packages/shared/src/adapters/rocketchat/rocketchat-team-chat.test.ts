import { describe, expect, it } from 'vitest';
import { Secret } from '../../config/secret.ts';
import { err, ok } from '../../result/result.ts';
import type { Fetch } from '../http/limit-reply.ts';
import type { LimitHeard, RocketChatPace } from './rocketchat-pace.ts';
import { rocketChatTeamChat } from './rocketchat-team-chat.ts';

const chat = (fetch: Fetch) =>
  rocketChatTeamChat({ fetch, url: 'https://chat.example', userId: 'bot', authToken: new Secret('pat-secret') });

/** Answers by endpoint, and remembers the calls. */
function server(
  replies: Record<string, { status?: number; body: unknown }>,
  headers: Readonly<Record<string, string>> = {},
) {
  const calls: { endpoint: string; init: RequestInit }[] = [];
  const fetch: Fetch = (url, init) => {
    const endpoint = new URL(url).pathname.replace('/api/v1/', '');
    calls.push({ endpoint, init });
    const { status = 200, body } = replies[endpoint] ?? { status: 404, body: {} };
    const reply = { status, headers };
    return Promise.resolve(typeof body === 'string' ? new Response(body, reply) : Response.json(body, reply));
  };
  return { calls, fetch };
}

const message = { _id: 'm1', rid: 'r1', msg: 'hello', u: { _id: 'bot' } };
const outgoing = { messageId: 'm1', roomId: 'r1', threadId: 't1', text: 'hello' };
const refusal = (error?: string) => ({ status: 400, body: { success: false, error } });

describe('sending', () => {
  it('sends its own id into the thread, with the bot’s credentials', async () => {
    const { fetch, calls } = server({ 'chat.sendMessage': { body: { success: true, message } } });
    expect(await chat(fetch).sendMessage(outgoing)).toEqual({ ok: true });
    expect(calls).toHaveLength(1);
    expect(calls[0]?.init.headers).toMatchObject({ 'x-user-id': 'bot', 'x-auth-token': 'pat-secret' });
    expect(JSON.parse(calls[0]?.init.body as string)).toEqual({
      message: { _id: 'm1', rid: 'r1', msg: 'hello', tmid: 't1' },
    });
  });

  it.each<[string, { status?: number; body: unknown }]>([
    ['success without a message', { body: { success: true } }],
    ['a refusal without a code', refusal('Cannot read properties of undefined')],
  ])('takes %s for a repeat once the message is there', async (_, sent) => {
    const { fetch, calls } = server({
      'chat.sendMessage': sent,
      'chat.getMessage': { body: { success: true, message } },
    });
    expect(await chat(fetch).sendMessage(outgoing)).toEqual({ ok: true });
    expect(calls.map(call => call.endpoint)).toEqual(['chat.sendMessage', 'chat.getMessage']);
  });

  it('counts as unavailable where the refusal has no code and the message is not there', async () => {
    const { fetch } = server({
      'chat.sendMessage': refusal('not primary'),
      'chat.getMessage': refusal(''),
    });
    expect(await chat(fetch).sendMessage(outgoing)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  });

  it.each([
    ['without its author', { _id: 'm1', rid: 'r1', msg: 'hello', ts: '2026-11-21T08:12:45.388Z' }],
    ['with its id only', { _id: 'm1' }],
  ])('does not post an answer again and again when the message comes back %s', async (_, echoed) => {
    const { fetch, calls } = server({ 'chat.sendMessage': { body: { success: true, message: echoed } } });
    expect(await chat(fetch).sendMessage(outgoing)).toEqual({ ok: true });
    expect(calls.map(call => call.endpoint)).toEqual(['chat.sendMessage']);
  });

  it('does not post an answer again and again where the bot may not read it back', async () => {
    const { fetch } = server({
      'chat.sendMessage': { body: { success: true } },
      'chat.getMessage': { status: 404, body: '<html>' },
    });
    expect(await chat(fetch).sendMessage(outgoing)).toEqual({ ok: true });
  });

  it('is not fooled by a message of somebody else under the same id', async () => {
    const foreign = { ...message, u: { _id: 'somebody' } };
    const { fetch } = server({
      'chat.sendMessage': { body: { success: true } },
      'chat.getMessage': { body: { success: true, message: foreign } },
    });
    expect(await chat(fetch).sendMessage(outgoing)).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  it('stays unavailable when it cannot confirm', async () => {
    const { fetch } = server({
      'chat.sendMessage': { body: { success: true } },
      'chat.getMessage': { status: 502, body: '' },
    });
    expect(await chat(fetch).sendMessage(outgoing)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  });
});

describe('refusals', () => {
  const busy =
    'Error, too many requests. Please slow down. You must wait 57 seconds before trying this endpoint again.';

  it.each<[string, { status?: number; body: unknown }, object]>([
    ['a lost login', { status: 401, body: { status: 'error', message: 'You must be logged in' } }, { kind: 'denied' }],
    ['a missing permission', { status: 403, body: { success: false, error: 'unauthorized' } }, { kind: 'denied' }],
    ['a room it is not in', refusal('error-not-allowed'), { kind: 'denied' }],
    ['a message of others', refusal('Message editing not allowed [error-action-not-allowed]'), { kind: 'denied' }],
    ['an archived room', refusal('room_is_archived'), { kind: 'denied' }],
    ['somebody who blocked the bot', refusal('room_is_blocked'), { kind: 'denied' }],
    ['a bot that was muted', refusal('You_have_been_muted'), { kind: 'denied' }],
    ['a room to read only', refusal("You can't send messages because the room is readonly."), { kind: 'denied' }],
    ['a room that is not there', refusal('error-invalid-room'), { kind: 'not_found' }],
    ['a message that is not there', refusal('No message found with the id of "m1".'), { kind: 'not_found' }],
    ['a text too long', refusal('error-message-size-exceeded'), { kind: 'refused' }],
    ['too many calls', refusal(`${busy} [error-too-many-requests]`), { kind: 'unavailable', retryAfterMs: 57_000 }],
    ['too many calls by status', { status: 429, body: { success: false } }, { kind: 'unavailable' }],
    ['its database away', refusal('connection 3 to 127.0.0.1:27017 closed'), { kind: 'unavailable' }],
    ['a body that does not fit', refusal("Match error: Missing key 'msg'"), { kind: 'refused' }],
    ['an outage', { status: 503, body: '<html>' }, { kind: 'unavailable' }],
    ['a page instead of an answer', { body: '<html>' }, { kind: 'unavailable' }],
    ['an address without Rocket.Chat', { status: 404, body: '<html>' }, { kind: 'denied' }],
  ])('%s', async (_, reply, error) => {
    const { fetch } = server({ 'chat.update': reply });
    const updated = await chat(fetch).updateMessage({ roomId: 'r1', messageId: 'm1', text: 'private words' });
    if (updated.ok) throw new Error('expected a failure');
    expect(updated.error).toMatchObject(error);
    expect(updated.error.detail).not.toMatch(/private|secret|m1/u);
  });

  it('is unavailable when the connection fails', async () => {
    const down: Fetch = () => Promise.reject(new TypeError('fetch failed'));
    expect(await chat(down).roomType('r1')).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  });
});

describe('rooms', () => {
  it.each([
    ['c', 'public'],
    ['p', 'private'],
    ['d', 'direct'],
    ['l', 'livechat'],
    ['v', 'other'],
  ])('%s is %s', async (t, type) => {
    const { fetch } = server({ 'rooms.info': { body: { success: true, room: { _id: 'r1', t } } } });
    expect(await chat(fetch).roomType('r1')).toEqual({ ok: true, value: type });
  });
});

describe('reactions', () => {
  it('are set and taken away by name, never toggled', async () => {
    const reactions = { ':eyes:': { usernames: ['innkeeper'] } };
    const { fetch, calls } = server({
      'chat.react': { body: { success: true } },
      'chat.getMessage': { body: { success: true, message: { ...message, reactions } } },
    });
    for (const shown of [true, false]) {
      expect(await chat(fetch).react({ messageId: 'm1', emoji: ':eyes:', shown })).toEqual({ ok: true });
    }
    const reacted = calls.filter(({ endpoint }) => endpoint === 'chat.react');
    expect(reacted.map(({ init }) => JSON.parse(init.body as string) as unknown)).toEqual([
      { messageId: 'm1', emoji: ':eyes:', shouldReact: true },
      { messageId: 'm1', emoji: ':eyes:', shouldReact: false },
    ]);
  });

  it.each([
    ['no reactions', {}],
    ['others’ reactions only', { reactions: { ':+1:': { usernames: ['frida'] } } }],
    ['the empty list that a deletion leaves', { reactions: [] }],
  ])('are not taken away from a message with %s, where that may set one', async (_, more) => {
    const { fetch, calls } = server({
      'chat.getMessage': { body: { success: true, message: { ...message, ...more } } },
    });
    expect(await chat(fetch).react({ messageId: 'm1', emoji: ':eyes:', shown: false })).toEqual({ ok: true });
    expect(calls.map(({ endpoint }) => endpoint)).toEqual(['chat.getMessage']);
  });

  it('stay to be taken away where Rocket.Chat cannot say whether they are there', async () => {
    const { fetch } = server({ 'chat.getMessage': { status: 502, body: '' } });
    const taken = await chat(fetch).react({ messageId: 'm1', emoji: ':eyes:', shown: false });
    expect(taken).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  });
});

describe('the pace', () => {
  const room = { 'rooms.info': { body: { success: true, room: { t: 'c' } } } };
  const counted = { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': '1700000000000' };
  const paced = (fetch: Fetch, turn: RocketChatPace['turn'] = () => Promise.resolve(ok(undefined))) => {
    const heard: [string, LimitHeard][] = [];
    const pace: RocketChatPace = { turn, heard: (endpoint, limit) => void heard.push([endpoint, limit]) };
    const adapter = rocketChatTeamChat({
      fetch,
      url: 'https://chat.example',
      userId: 'bot',
      authToken: new Secret('pat-secret'),
      pace,
    });
    return { heard, adapter };
  };
  const busy = 'Error, too many requests. You must wait 9 seconds before trying this. [error-too-many-requests]';

  it.each<[string, Fetch, LimitHeard | undefined]>([
    ['a bot that is not counted', server(room).fetch, { kind: 'exempt' }],
    ['a bot that is', server(room, counted).fetch, { kind: 'limited' }],
    ['a refused call', server({ 'rooms.info': { ...refusal(), status: 200 } }, counted).fetch, { kind: 'limited' }],
    [
      'a call too many',
      server({ 'rooms.info': { status: 429, body: { success: false, error: busy } } }, counted).fetch,
      { kind: 'refused', retryAfterMs: 9_000 },
    ],
    [
      'a call too many, without a time',
      server({ 'rooms.info': { status: 429, body: '' } }).fetch,
      { kind: 'refused', retryAfterMs: 60_000 },
    ],
    ['a lost login', server({ 'rooms.info': { status: 401, body: {} } }).fetch, undefined],
    ['a proxy’s page', server({ 'rooms.info': { status: 502, body: '<html>' } }).fetch, undefined],
  ])('hears of %s', async (_, fetch, limit) => {
    const { heard, adapter } = paced(fetch);
    await adapter.roomType('r1');
    expect(heard).toEqual(limit === undefined ? [] : [['rooms.info', limit]]);
  });

  it('is asked before every call, and what it refuses is not sent', async () => {
    const asked: string[] = [];
    const { fetch, calls } = server({ 'chat.sendMessage': { body: { success: true } } });
    const later = { kind: 'unavailable', detail: 'its turn', retryAfterMs: 5_000, unsent: true } as const;
    const { adapter } = paced(fetch, endpoint => {
      asked.push(endpoint);
      return Promise.resolve(endpoint === 'chat.getMessage' ? err(later) : ok(undefined));
    });
    expect(await adapter.sendMessage(outgoing)).toEqual({ ok: false, error: later });
    expect(asked).toEqual(['chat.sendMessage', 'chat.getMessage']);
    expect(calls.map(({ endpoint }) => endpoint)).toEqual(['chat.sendMessage']);
  });
});
