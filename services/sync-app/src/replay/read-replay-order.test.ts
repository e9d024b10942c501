import { describe, expect, test } from 'vitest';
import { readReplayOrder } from './read-replay-order.ts';

const order = (...words: string[]) => {
  const read = readReplayOrder(words);
  if (!read.ok || read.value.kind !== 'order') throw new Error(JSON.stringify(read));
  return read.value.order;
};

describe('pnpm replay', () => {
  test.each([[[]], [['--help']], [['--parked', '-h']], [['help']]])('%j shows its help', words => {
    expect(readReplayOrder(words)).toMatchObject({ ok: true, value: { kind: 'help' } });
  });

  test('is a dry run unless --yes is said', () => {
    expect(order('--source', 'guesty')).toEqual({
      choice: { source: 'guesty', limit: 10_000 },
      yes: false,
      waitMs: 60_000,
      json: false,
    });
    expect(order('--source', 'guesty', '--yes').yes).toBe(true);
  });

  test.each([
    [['--parked'], {}],
    [['--parked', '--source', 'aircall'], {}],
    [['--parked', 'payload_unexpected'], { reason: 'payload_unexpected' }],
    [['--parked=payload_unexpected'], { reason: 'payload_unexpected' }],
  ])('%j chooses what is parked, with or without a reason', (words, parked) => {
    expect(order(...words).choice.parked).toEqual(parked);
  });

  test('reads everything that chooses', () => {
    const words = '--event call.* --from 2026-11-20 --to 2026-11-21T09:30:00+01:00 --limit 5 --wait 7 --as ana --json';
    expect(order(...words.split(' '))).toEqual({
      choice: {
        event: 'call.*',
        from: '2026-11-20T00:00:00.000Z',
        to: '2026-11-21T08:30:00.000Z',
        limit: 5,
      },
      yes: false,
      waitMs: 7_000,
      json: true,
      as: 'ana',
    });
    expect(order('--id', 'msg_1,msg_2', '--id', 'msg_3').choice.ids).toEqual(['msg_1', 'msg_2', 'msg_3']);
  });

  test.each([
    ['nothing chosen', ['--yes'], /Which/u],
    ['a source nobody knows', ['--source', 'stripe'], /no source stripe/u],
    ['a time without zone', ['--from', '2026-11-20T09:00'], /--from takes/u],
    ['a range the wrong way round', ['--from', '2026-11-21', '--to', '2026-11-20'], /before/u],
    ['a limit of nothing', ['--parked', '--limit', '0'], /--limit/u],
    ['an option that is none', ['--parked', '--force'], /--force/u],
    ['a word too much', ['--parked', 'a', 'b'], /b/u],
    ['an option without its value', ['--source'], /--source/u],
  ])('names %s in a sentence', (_what, words, sentence) => {
    const read = readReplayOrder(words);
    expect(read.ok ? '' : read.error.sentence).toMatch(sentence);
  });
});
