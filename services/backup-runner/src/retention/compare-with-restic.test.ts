import type { RetentionDecision } from '@innkeeper/shared/domain/retention';
import { expect, test } from 'vitest';
import { differenceFromRestic } from './compare-with-restic.ts';

const snapshot = (id: string, time = `2026-11-${id}T02:30:00Z`) => ({ id, time, host: 'innkeeper', paths: ['/a'] });
const decisions: readonly RetentionDecision[] = [
  { kind: 'keep', snapshot: snapshot('21'), reasons: ['daily snapshot', 'weekly snapshot'] },
  { kind: 'remove', snapshot: snapshot('20') },
];
const agreeing = { keep: ['21'], remove: ['20'], reasons: { 21: ['weekly snapshot', 'daily snapshot'] } };

test('agrees when restic keeps and removes the same for the same reasons', () => {
  expect(differenceFromRestic(decisions, agreeing)).toBeUndefined();
});

test.each([
  ['removes what is kept', { keep: [], remove: ['20', '21'], reasons: {} }, 'restic says 2026-11-21T02:30:00Z removed'],
  ['keeps what is removed', { keep: ['20', '21'], remove: [], reasons: agreeing.reasons }, 'restic says 2026-11-20'],
  ['has another reason', { ...agreeing, reasons: { 21: ['daily snapshot'] } }, 'kept as daily snapshot'],
  ['decides on fewer', { keep: ['21'], remove: [], reasons: agreeing.reasons }, 'Innkeeper says 2026-11-20'],
  [
    'sees another snapshot',
    { ...agreeing, remove: ['20', 'abcdef0123'] },
    'snapshot abcdef01, which was not in the list',
  ],
])('differs when restic %s', (_, preview, sentence) => {
  expect(differenceFromRestic(decisions, preview)).toContain(sentence);
});

test('snapshots of one instant may stand for each other', () => {
  const instant = '2026-11-21T02:30:00.5Z';
  const twins: readonly RetentionDecision[] = [
    { kind: 'keep', snapshot: snapshot('a', instant), reasons: ['daily snapshot'] },
    { kind: 'remove', snapshot: snapshot('b', instant) },
  ];
  expect(
    differenceFromRestic(twins, { keep: ['b'], remove: ['a'], reasons: { b: ['daily snapshot'] } }),
  ).toBeUndefined();
});
