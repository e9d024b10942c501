import { describe, expect, test } from 'vitest';
import { readBackfillOrder } from './read-backfill-order.ts';

describe('pnpm backfill', () => {
  test.each([[[]], [['help']], [['start', '--help']]])('%j shows its help', words => {
    expect(readBackfillOrder(words)).toMatchObject({ ok: true, value: { kind: 'help' } });
  });

  test.each([
    [['start'], { kind: 'start', vendors: ['guesty', 'aircall'], dryRun: false, watch: true, json: false }],
    [
      [
        'start',
        '--vendor',
        'guesty',
        '--resources',
        'listings,guests',
        '--from',
        '2026-01-01',
        '--no-watch',
        '--dry-run',
      ],
      {
        kind: 'start',
        vendors: ['guesty'],
        resources: ['listings', 'guests'],
        from: '2026-01-01T00:00:00.000Z',
        dryRun: true,
        watch: false,
        json: false,
      },
    ],
    [['status', '--watch'], { kind: 'status', vendors: ['guesty', 'aircall'], watch: true, json: false }],
    [
      ['cancel', '--job', 'j1', '--as', 'ana'],
      { kind: 'cancel', vendors: ['guesty', 'aircall'], job: 'j1', as: 'ana' },
    ],
  ])('%j', (words, order) => {
    expect(readBackfillOrder(words)).toEqual({ ok: true, value: { kind: 'order', order } });
  });

  test.each([
    [['begin'], /no command begin/u],
    [['start', '--vendor', 'stripe'], /no vendor stripe/u],
    [['start', '--resources', 'calls'], /needs --vendor/u],
    [['start', '--from', 'yesterday'], /--from takes/u],
    [['start', '--from', '2026-02-01', '--to', '2026-01-01'], /before/u],
    [['status', '--dry-run'], /--dry-run/u],
  ])('%j is refused in a sentence', (words, sentence) => {
    const read = readBackfillOrder(words);
    expect(read.ok ? '' : read.error.sentence).toMatch(sentence);
  });
});
