import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import * as z from 'zod';
import { askedQuestion, toQuestionBody } from './asked-question.ts';

const assistant = { userId: 'bOtUsErId00000001', username: 'concierge.bot', words: [] };
const message = {
  _id: 'fAZw2ATh5Fkx4cjKA',
  rid: 'GENERAL',
  msg: 'who is checking in today and at what time',
  ts: new Date('2026-11-21T08:12:45.388Z'),
  u: { _id: 'X7ZSLm7umWPBNaDxT', username: 'frida', name: 'Frida Example' },
  mentions: [{ _id: 'bOtUsErId00000001', username: 'concierge.bot' }],
};

/** What Rocket.Chat sent for such a message, without what the assistant does not read. */
function sentByRocketChat(name: string): unknown {
  const body: unknown = JSON.parse(
    readFileSync(new URL(`__fixtures__/outgoing.sendMessage.${name}.json`, import.meta.url), 'utf8'),
  );
  const { token: _token, siteUrl: _siteUrl, ...rest } = z.record(z.string(), z.unknown()).parse(body);
  return rest;
}

it.each([
  ['public', {}, { type: 'c', name: 'general' }],
  [
    'edited',
    { msg: 'who is checking in tomorrow and at what time', editedAt: new Date() },
    { type: 'c', name: 'general' },
  ],
  [
    'private-thread',
    { _id: 'hEtC2MtekvwSic4Mv', rid: '67160cdd55aaa39875b4596a', msg: 'and tomorrow?', tmid: '2o2FhmGxhZJQ6pbyH' },
    { type: 'p', name: 'front-desk' },
  ],
])('offers what Rocket.Chat would have sent: %s', (name, fields, room) => {
  const question = askedQuestion({ ...message, ...fields }, assistant);
  expect(question && toQuestionBody(question, room)).toEqual(sentByRocketChat(name));
});

it('names no room for a direct one, whatever name it has', () => {
  const question = askedQuestion({ ...message, rid: 'X7ZSLm7umWPBNaDxTbOtUsErId00000001' }, assistant);
  expect(question && toQuestionBody(question, { type: 'd', name: 'frida' })).not.toHaveProperty('channel_name');
});

it('says when an integration posted the message', () => {
  const question = askedQuestion({ ...message, bot: { i: 'iNtEgRaTiOn0001AB' } }, assistant);
  expect(question?.bot).toBe(true);
});

it('gives the words as they were written, without the names of files', () => {
  const question = askedQuestion({ ...message, msg: '', files: [{ name: 'boiler.jpg' }] }, assistant);
  expect(question?.text).toBe('');
});
