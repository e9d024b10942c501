import { err, ok } from '@innkeeper/shared/result/result';
import { describe, expect, test } from 'vitest';
import { createByteAllowance } from './byte-allowance.ts';

const MEGABYTE = 1_000_000;
const now = new Date('2026-11-21T02:30:00Z');

/** A ledger that keeps one account a token, as the real one does, and how often it was asked. */
function allowanceOf(tokenMax: number, isWell = () => true) {
  const accounts = new Map<string, number>();
  const asked: string[] = [];
  const spend = createByteAllowance(
    {
      reserveBytes: async (_repository, { tokenId, bytes }, max) => {
        asked.push(tokenId);
        await Promise.resolve();
        if (!isWell()) return err('ledger_unavailable');
        const reserved = accounts.get(tokenId) ?? 0;
        const granted = Math.min(bytes, max - reserved);
        accounts.set(tokenId, reserved + granted);
        return ok(granted);
      },
    },
    tokenMax,
  );
  const store = async (bytes: number, jti = 'a-token') => {
    const spent = await spend('company', { jti }, bytes, now);
    return spent.ok ? 'stored' : spent.error;
  };
  return { store, asked };
}

describe('what a token may store', () => {
  test('ends at its bytes, for this token alone', async () => {
    const { store } = allowanceOf(250 * MEGABYTE);
    expect(await store(100 * MEGABYTE)).toBe('stored');
    expect(await store(100 * MEGABYTE)).toBe('stored');
    expect(await store(51 * MEGABYTE)).toBe('bytes_exhausted');
    expect(await store(50 * MEGABYTE)).toBe('stored');
    expect(await store(1)).toBe('bytes_exhausted');
    expect(await store(100 * MEGABYTE, 'another')).toBe('stored');
  });

  test('counts each object as a megabyte at least', async () => {
    const { store } = allowanceOf(3 * MEGABYTE);
    expect([await store(1), await store(1), await store(1), await store(1)]).toEqual([
      'stored',
      'stored',
      'stored',
      'bytes_exhausted',
    ]);
  });

  test('is never more, however many ask at once and in however many places', async () => {
    const places = allowanceOf(5_000 * MEGABYTE);
    const ends = await Promise.all(Array.from({ length: 100 }, () => places.store(100 * MEGABYTE)));
    expect(ends.filter(end => end === 'stored')).toHaveLength(50);
  });

  test('costs a question for each gigabyte', async () => {
    const { store, asked } = allowanceOf(10_000 * MEGABYTE);
    for (let pack = 0; pack < 150; pack += 1) expect(await store(20 * MEGABYTE)).toBe('stored');
    expect(asked).toHaveLength(3);
  });

  test('is nothing while nobody can count it', async () => {
    let isWell = false;
    const { store } = allowanceOf(MEGABYTE, () => isWell);
    expect(await store(1)).toBe('ledger_unavailable');
    isWell = true;
    expect(await store(1)).toBe('stored');
  });
});
