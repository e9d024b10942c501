import { expect, test } from 'vitest';
import { readRocketChatOrder } from './read-rocketchat-order.ts';

test.each([[[]], [['help']], [['set-up', '--help']]])('%j shows its help', words => {
  expect(readRocketChatOrder(words)).toMatchObject({ ok: true, value: { kind: 'help' } });
});

test.each([
  [['verify'], { action: 'verify', json: false }],
  [['set-up', '--json', '--as', 'ana'], { action: 'set-up', json: true, as: 'ana' }],
])('%j', (words, order) => {
  expect(readRocketChatOrder(words)).toEqual({ ok: true, value: { kind: 'order', order } });
});

test.each([
  [['remove'], 'There is no command remove.'],
  [['verify', '--yes'], '--yes'],
])('%j is refused in words', (words, sentence) => {
  const read = readRocketChatOrder(words);
  expect(read.ok ? '' : read.error.sentence).toContain(sentence);
});
