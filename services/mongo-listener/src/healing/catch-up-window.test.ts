import { expect, it } from 'vitest';
import { HEALING_REASONS, type HealingReason } from '../stream/stream-failure.ts';
import { catchUpSince } from './catch-up-window.ts';

const SINCE = new Date('2026-11-21T12:00:00.000Z');

it('reads messages again from ten minutes before the gap where dates can be believed', () => {
  const windowed: HealingReason[] = ['history_lost', 'capped_position_lost'];

  for (const reason of HEALING_REASONS) {
    const from = catchUpSince(reason, SINCE);
    expect(from?.toISOString()).toBe(windowed.includes(reason) ? '2026-11-21T11:50:00.000Z' : undefined);
  }
});

it('reads all messages again where nobody knows when the gap began', () => {
  expect(catchUpSince('history_lost', undefined)).toBeUndefined();
});
