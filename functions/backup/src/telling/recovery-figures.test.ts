import { expect, it } from 'vitest';
import { exampleRun } from '../testing/example-run.ts';
import { recoveryFigures } from './recovery-figures.ts';
import { summarise } from './summarise.ts';

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
