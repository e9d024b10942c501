import { describe, expect, test } from 'vitest';
import { OutgoingWebhook, utteranceOf } from './payload.ts';
import { whoIsAnswered } from './who-is-answered.ts';

const addressing = { botUserId: 'bot1', botUsername: 'innkeeper', words: ['!query'] };
const message = (text: string, more: object = {}) =>
  utteranceOf(
    OutgoingWebhook.parse({
      bot: false,
      channel_id: 'GENERAL',
      channel_name: 'general',
      message_id: 'm1',
      timestamp: '2026-11-21T08:12:45.388Z',
      user_id: 'u1',
      user_name: 'frida',
      text,
      ...more,
    }),
  );
const by = (text: string, more: object = {}) => {
  const addressed = whoIsAnswered(message(text, more), addressing);
  return addressed.to === 'assistant' ? addressed.by : addressed.reason;
};

describe('whoIsAnswered', () => {
  test.each([
    ['@innkeeper who arrives?', 'mention'],
    ['hey @Innkeeper, who arrives?', 'mention'],
    ['who arrives @innkeeper?', 'mention'],
    ['thanks @innkeeper.', 'mention'],
    ['!query who arrives?', 'word'],
    ['!QUERY: who arrives?', 'word'],
    ['!query', 'word'],
    ['who arrives?', 'not_addressed'],
    ['!queryable', 'not_addressed'],
    ['please !query', 'not_addressed'],
    ['@innkeepers who arrives?', 'not_addressed'],
    ['@innkeeper.two who arrives?', 'not_addressed'],
    ['mail me@innkeeper now', 'not_addressed'],
    ['', 'no_text'],
  ])('%j in a room: %s', (text, expected) => {
    expect(by(text)).toBe(expected);
  });

  test('a direct message needs no mention', () => {
    expect(by('who arrives?', { channel_name: undefined })).toBe('direct');
    expect(by('   ', { channel_name: undefined })).toBe('no_text');
  });

  test('in a thread, or edited, a message may be a follow-up', () => {
    expect(by('and tomorrow?', { tmid: 'root' })).toBe('follow_up');
    expect(by('who leaves?', { isEdited: true })).toBe('follow_up');
  });

  test('the bot is never answered, by id, by name or as a webhook', () => {
    expect(by('@innkeeper today', { user_id: 'bot1' })).toBe('own_message');
    expect(by('@innkeeper today', { user_name: 'Innkeeper' })).toBe('own_message');
    expect(by('@innkeeper today', { bot: true })).toBe('bot');
    expect(by('@innkeeper today', { bot: { i: 'integration' } })).toBe('bot');
  });

  test('the question comes without mention and word', () => {
    expect(whoIsAnswered(message('@innkeeper !query  who arrives?'), addressing)).toMatchObject({
      question: 'who arrives?',
    });
  });

  test('the link in front of a question that quotes a message is no part of it', () => {
    const quote = '[ ](https://chat.example.com/channel/general?msg=fAZw2ATh5Fkx4cjKA) \n';
    for (const text of ['@innkeeper who arrives?', '!query who arrives?']) {
      expect(whoIsAnswered(message(`${quote}${quote}${text}`), addressing)).toMatchObject({ question: 'who arrives?' });
    }
    expect(by(quote, { channel_name: undefined })).toBe('no_text');
  });

  test('a username with dots and dashes is taken literally', () => {
    const dotted = { ...addressing, botUsername: 'concierge.bot-1' };
    expect(whoIsAnswered(message('@concierge.bot-1 today'), dotted)).toMatchObject({ by: 'mention' });
    expect(whoIsAnswered(message('@conciergexbot-1 today'), dotted)).toMatchObject({ reason: 'not_addressed' });
  });
});

describe('OutgoingWebhook', () => {
  test.each([
    ['an id with a slash', { message_id: 'a/b' }, 'message_id'],
    ['an id Firestore reserves', { message_id: '__id__' }, 'message_id'],
    ['no message', { message_id: undefined }, 'message_id'],
    ['a time that is none', { timestamp: 'yesterday' }, 'timestamp'],
  ])('does not take %s', (_name, more, field) => {
    expect(() => message('x', more)).toThrow(field);
  });
});
