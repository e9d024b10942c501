import { describe, expect, test } from 'vitest';
import { readWebhooksOrder } from './read-webhooks-order.ts';

const both = ['guesty', 'aircall'];

describe('pnpm webhooks', () => {
  test.each([[[]], [['help']], [['rotate', '--help']]])('%j shows its help', words => {
    expect(readWebhooksOrder(words)).toMatchObject({ ok: true, value: { kind: 'help' } });
  });

  test.each([
    [['list'], { action: 'list', vendors: both, json: false, yes: false }],
    [['verify', '--vendor', 'all', '--json'], { action: 'verify', vendors: both, json: true, yes: false }],
    [
      ['rotate', '--vendor', 'guesty', '--yes', '--as', 'ana'],
      { action: 'rotate', vendors: ['guesty'], json: false, yes: true, as: 'ana' },
    ],
  ])('%j', (words, order) => {
    expect(readWebhooksOrder(words)).toEqual({ ok: true, value: { kind: 'order', order } });
  });

  test.each([
    [['remove'], 'There is no command remove.'],
    [['toString'], 'There is no command toString.'],
    [['list', '--vendor', 'other'], 'There is no vendor other: guesty or aircall.'],
    [['list', '--force'], '--force'],
    [['list', 'guesty'], 'guesty'],
  ])('%j is refused in words', (words, sentence) => {
    const read = readWebhooksOrder(words);
    expect(read.ok ? '' : read.error.sentence).toContain(sentence);
  });
});
