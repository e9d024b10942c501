import { TimeZone } from '@innkeeper/shared/domain/local-time';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exampleRun } from '../testing/example-run.ts';
import { describeBytes, describeDuration, describeInstant } from './describe-figures.ts';
import { recoveryFigures } from './recovery-figures.ts';
import { summarise } from './summarise.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [12_345_000_000, '12.3 GB'],
  [99_940_000, '99.9 MB'],
  [99_960_000, '100 MB'],
  [999_600, '1 MB'],
])('%d bytes are %s', (bytes, words) => {
  expect(describeBytes(bytes)).toBe(words);
});

it('never says a thousand of a unit', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), bytes => {
      expect(describeBytes(bytes)).toMatch(/^(?:\d{1,2}\.\d|\d{1,3}) [kMGTP]?B$/u);
    }),
  );
});

it.each([
  [240, '240 ms'],
  [41_300, '41 s'],
  [24 * 60_000, '24 min'],
  [3.5 * 3_600_000, '3.5 h'],
  [9 * 86_400_000, '9 days'],
])('%d ms are %s', (ms, words) => {
  expect(describeDuration(ms)).toBe(words);
});

it('gives instants by the clock of the company', () => {
  expect(describeInstant('2026-07-01T02:30:00.000Z', TimeZone.parse('Europe/Lisbon'))).toBe('2026-07-01 03:30');
});

it('counts what would be lost from the moment the data were read', () => {
  const now = new Date('2026-11-22T08:31:00.000Z');
  const summary = summarise(undefined, [exampleRun()], { now, nextDueAt: now });
  expect(recoveryFigures(summary, now)).toEqual({
    recoveryPointMs: 6 * 3_600_000,
    recoveryTimeMs: 660_000,
    words: 'at most the last 6 h would be lost; everything was back in 11 min at the drill 5.4 h ago',
  });
  expect(recoveryFigures({}, now).words).toBe(
    'there is no good backup yet; how long a restore takes has not been measured yet',
  );
});
