import { describe, expect, test } from 'vitest';
import { readReconcileOrder } from './read-reconcile-order.ts';

const both = ['guesty', 'aircall'];

describe('pnpm reconcile', () => {
  test.each([
    [[], { kind: 'compare', vendors: both, watch: true, json: false }],
    [['--vendor', 'aircall', '--no-watch'], { kind: 'compare', vendors: ['aircall'], watch: false, json: false }],
    [['run', '--json', '--as', 'ana'], { kind: 'compare', vendors: both, watch: true, json: true, as: 'ana' }],
    [['report'], { kind: 'report', vendors: both, last: 20, json: false }],
    [['report', '--last', '3', '--json'], { kind: 'report', vendors: both, last: 3, json: true }],
  ])('%j', (words, order) => {
    expect(readReconcileOrder(words)).toEqual({ ok: true, value: { kind: 'order', order } });
  });

  test.each([
    [['reports'], /no command reports/u],
    [['report', '--last', '0'], /--last/u],
    [['report', '--last', '1e3'], /--last/u],
    [['--force'], /--force/u],
  ])('%j is refused in a sentence', (words, sentence) => {
    const read = readReconcileOrder(words);
    expect(read.ok ? '' : read.error.sentence).toMatch(sentence);
  });

  test('shows its help', () => {
    expect(readReconcileOrder(['report', '--help'])).toMatchObject({ ok: true, value: { kind: 'help' } });
  });
});
