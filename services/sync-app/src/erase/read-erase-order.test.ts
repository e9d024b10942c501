import { describe, expect, test } from 'vitest';
import { readEraseOrder } from './read-erase-order.ts';

describe('what an operator may ask of pnpm erase', () => {
  test.each([
    ['--guest g1', { whom: { by: 'guest', id: 'g1' }, yes: false, json: false, waitSeconds: 120 }],
    [
      '--reservation r1 --yes --wait 0 --json',
      { whom: { by: 'reservation', id: 'r1' }, yes: true, json: true, waitSeconds: 0 },
    ],
    ['--phone +442079460103', { whom: { by: 'phone', words: '+442079460103' }, yes: false }],
    ['--guest g1 --as ana --wait 5', { whom: { by: 'guest', id: 'g1' }, as: 'ana', waitSeconds: 5 }],
  ])('%s', (words, order) => {
    expect(readEraseOrder(words.split(' '))).toMatchObject({ ok: true, value: { kind: 'order', order } });
  });

  test.each([
    ['--yes', 'Whom?'],
    ['--guest a --phone b', 'Whom?'],
    ['--guest=', 'takes a text'],
    ['--name Grace --yes', 'nobody is erased by a search'],
    ['--guest g1 --wait soon', '--wait takes a whole number'],
    ['--guest g1 --force', 'force'],
  ])('%s is refused in a sentence', (words, sentence) => {
    const read = readEraseOrder(words.split(' '));
    expect(read.ok ? '' : read.error.sentence).toContain(sentence);
  });

  test('without words, or with --help, it says what it can do', () => {
    for (const words of [[], ['--help'], ['--guest', 'g1', '-h']]) {
      expect(readEraseOrder(words)).toMatchObject({ ok: true, value: { kind: 'help' } });
    }
  });
});
