import { describe, expect, it } from 'vitest';
import type { Alert } from './alert.ts';
import { describeAlert } from './describe-alert.ts';

const sentence = (alert: Alert): string => describeAlert(alert).sentence;

describe('an alert', () => {
  it('says in one sentence what a healing made good, and that nothing needs to be done', () => {
    const report = {
      reason: 'history_lost',
      since: '2026-11-21T09:41:00.000Z',
      offered: { message: 1_240, room: 1, subscription: 58, user: 0 },
      removed: { message: 3 },
      found: 1,
      tookMs: 41_300,
    } as const;

    expect(sentence({ kind: 'healed', report })).toBe(
      'Because the oplog no longer reaches back to where the listener stopped, the listener read 1,240 messages, ' +
        '1 room and 58 memberships again since 2026-11-21T09:41:00.000Z, added 1 message that had never arrived, ' +
        'took back 3 messages as deleted, all in 41 s, and nothing needs to be done.',
    );
  });

  it('says so where nothing had been missed', () => {
    const report = { reason: 'invalidated', offered: {}, removed: {}, found: 0, tookMs: 310 } as const;

    expect(sentence({ kind: 'healed', report })).toBe(
      'Because MongoDB ended the change stream, the listener read nothing again, took back nothing as deleted, ' +
        'all in 310 ms, and nothing needs to be done.',
    );
  });

  it('gives durations as people say them', () => {
    expect(sentence({ kind: 'falling_behind', lagMs: 95_000 })).toBe('The listener is 95 s behind MongoDB.');
    expect(sentence({ kind: 'falling_behind', lagMs: 5_400_000 })).toBe('The listener is 90 min behind MongoDB.');
    expect(sentence({ kind: 'clock_jumped', byMs: -7_200_000 })).toBe('This server’s clock jumped back by 2 h.');
  });

  it('names what was set aside, why, and what to do about it', () => {
    expect(
      describeAlert({ kind: 'document_parked', subject: 'mongodb:rocketchat_message/x', reason: 'wrong_type' }),
    ).toEqual({
      kind: 'document_parked',
      level: 'warning',
      sentence: 'mongodb:rocketchat_message/x was set aside: wrong_type.',
      action: expect.stringContaining('parked/') as string,
    });
  });
});
