import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MessageDocument, RoomDocument } from '../store/documents.ts';
import { OutgoingIntegration, outgoingBody, outgoingOutcome, retryDelayMs } from './outgoing-body.ts';

const SITE = 'https://chat.example.com';
const general: RoomDocument = { _id: 'GENERAL', t: 'c', name: 'general' };
const integration = (changes: Partial<OutgoingIntegration> = {}): OutgoingIntegration => ({
  ...OutgoingIntegration.parse({ url: 'https://w.example/questions', token: 'rcOutgoingToken0000000001' }),
  ...changes,
});
const frida = { _id: 'X7ZSLm7umWPBNaDxT', username: 'frida' };
const bot = { _id: 'bOtUsErId00000001', username: 'concierge.bot' };
const message = (changes: Partial<MessageDocument>): MessageDocument => ({
  _id: 'fAZw2ATh5Fkx4cjKA',
  rid: 'GENERAL',
  msg: 'who is checking in today and at what time',
  ts: new Date('2026-11-21T08:12:45.388Z'),
  u: frida,
  _updatedAt: new Date('2026-11-21T08:12:45.388Z'),
  urls: [],
  mentions: [],
  channels: [],
  ...changes,
});
const recorded = (name: string) => readFileSync(new URL(`__fixtures__/outgoing-${name}.json`, import.meta.url), 'utf8');
const answer = 'Two arrivals today: 15:00 and 21:30.';
const desk: RoomDocument = { _id: '67160cdd55aaa39875b4596a', t: 'p', name: 'front-desk' };

describe('the body Rocket.Chat sends', () => {
  it.each<[string, MessageDocument, RoomDocument, Partial<OutgoingIntegration>]>([
    ['public', message({}), general, {}],
    [
      'private-thread',
      message({ _id: 'hEtC2MtekvwSic4Mv', msg: 'and tomorrow?', tmid: '2o2FhmGxhZJQ6pbyH' }),
      desk,
      {},
    ],
    [
      'edited',
      message({ msg: 'who is checking in tomorrow and at what time', editedAt: new Date('2026-11-21T08:13:00.000Z') }),
      general,
      {},
    ],
    [
      'trigger-word',
      message({ msg: '!ask who is checking in today and at what time' }),
      general,
      { triggerWords: ['!ask'] },
    ],
    [
      'own-response-bot-true',
      message({ _id: 'bOtMsG0000000001A', u: bot, msg: answer, alias: 'Concierge', bot: { i: 'x' } }),
      general,
      {},
    ],
    ['own-rest-post-bot-false', message({ _id: 'bOtMsG0000000001B', u: bot, msg: answer }), general, {}],
  ])('is the recorded one, in its order: %s', (name, stored, room, changes) => {
    const body = outgoingBody(integration(changes), stored, room, SITE);
    expect(`${JSON.stringify(body, undefined, 2)}\n`).toBe(recorded(name));
  });
});

describe('which messages concern an integration', () => {
  const direct: RoomDocument = { _id: 'd', t: 'd', uids: [frida._id, bot._id], usernames: ['frida', 'concierge.bot'] };
  const livechat: RoomDocument = { _id: 'l', t: 'l' };

  it.each<[string, string[], RoomDocument, boolean]>([
    ['no setting means public channels', [], general, true],
    ['no setting leaves private groups out', [], desk, false],
    ['a channel by name', ['#general'], general, true],
    ['a group by name', ['#front-desk'], desk, true],
    ['public does not mean direct', ['all_public_channels'], direct, false],
    ['all direct messages', ['all_direct_messages'], direct, true],
    ['private includes livechat', ['all_private_groups'], livechat, true],
    ['a person skips what the person wrote', ['@frida'], direct, false],
    ['the other person does not', ['@concierge.bot'], direct, true],
    ['an id does not skip', [`@${frida._id}`], direct, true],
  ])('%s', (_, channels, room, concerned) => {
    expect(outgoingBody(integration({ channels }), message({}), room, SITE) !== undefined).toBe(concerned);
  });

  it('fires neither when switched off, nor for edits or words it does not want', () => {
    const edited = message({ editedAt: new Date('2026-11-21T08:13:00.000Z') });
    expect(outgoingBody(integration({ enabled: false }), message({}), general, SITE)).toBeUndefined();
    expect(outgoingBody(integration({ runOnEdits: false }), edited, general, SITE)).toBeUndefined();
    expect(outgoingBody(integration({ triggerWords: ['!ask'] }), message({}), general, SITE)).toBeUndefined();
  });
});

describe('what Rocket.Chat does with the response', () => {
  it.each<[number, string, boolean, string]>([
    [200, '{"text":"hi"}', true, 'post_response'],
    [200, '{}', true, 'post_response'],
    [202, 'ok', false, 'nothing'],
    [200, '', false, 'retry'],
    [204, '', false, 'retry'],
    [500, '', false, 'retry'],
    [500, 'oops', false, 'nothing'],
    [503, '{"error":"busy"}', true, 'retry'],
    [404, 'no', false, 'retry'],
    [410, '{}', true, 'disable'],
  ])('%i with body "%s" (JSON: %s): %s', (status, body, isJson, outcome) => {
    expect(outgoingOutcome(status, body, isJson)).toBe(outcome);
  });

  it('waits a tenth of a second, then ten times longer each time', () => {
    expect([0, 1, 2, 3].map(retryDelayMs)).toEqual([100, 1000, 10_000, 100_000]);
  });
});
