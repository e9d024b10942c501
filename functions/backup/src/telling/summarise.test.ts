import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { addDays, LocalDate } from '@innkeeper/shared/domain/local-time';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleRun } from '../testing/example-run.ts';
import { summarise } from './summarise.ts';

const times = { now: new Date('2026-12-24T09:00:00.000Z'), nextDueAt: new Date('2026-12-25T02:30:00.000Z') };
const failure = { reason: 'no_capacity', detail: 'x', at: '2026-11-22T05:30:00.000Z', during: 'planned' } as const;

const failed = (changes: Parameters<typeof exampleRun>[0] = {}): BackupRun =>
  exampleRun({ state: 'failed', failure, server: undefined, outcomes: [], cost: undefined, ...changes });

/** A day's run of one kind or another. */
const nights = fc
  .uniqueArray(fc.record({ day: fc.nat(60), kind: fc.constantFrom('good', 'weekly', 'failed'), attempt: fc.nat(1) }), {
    minLength: 1,
    maxLength: 12,
    selector: ({ day, attempt }) => `${day} ${attempt}`,
  })
  .map(drawn =>
    drawn.map(({ day: offset, kind, attempt }) => {
      const day = addDays(LocalDate.parse('2026-10-01'), offset);
      const runId = RunId.parse(attempt === 0 ? day : `${day}-manual-1`);
      const endedAt = `${day}T0${3 + attempt}:05:00.000Z`;
      if (kind === 'failed') return failed({ day, runId, endedAt });
      const run = exampleRun({ day, runId, endedAt });
      return kind === 'weekly' ? run : { ...run, outcomes: run.outcomes.slice(0, 3) };
    }),
  );

describe('the summary', () => {
  it('says what was good, what was last, and what is proven', () => {
    const good = exampleRun();
    const later = failed({
      day: LocalDate.parse('2026-11-23'),
      runId: RunId.parse('2026-11-23'),
      endedAt: '2026-11-23T05:31:00.000Z',
    });
    expect(summarise(undefined, [later, good], times)).toEqual({
      v: 1,
      updatedAt: '2026-12-24T09:00:00.000Z',
      nextDueAt: '2026-12-25T02:30:00.000Z',
      lastGood: {
        runId: '2026-11-22',
        finishedAt: '2026-11-22T03:05:00.000Z',
        totalBytes: 12_300_020_000,
        totalFiles: 41_203,
        addedBytes: 205_000_333,
        durationMs: 34 * 60_000,
      },
      lastRun: { runId: '2026-11-23', state: 'failed', endedAt: '2026-11-23T05:31:00.000Z', reason: 'no_capacity' },
      kept: 21,
      lastSampleAt: '2026-11-22T03:05:00.000Z',
      lastDrillAt: '2026-11-22T03:05:00.000Z',
      recoveryMs: 660_000,
    });
  });

  it('does not depend on the order in which runs are told, on repetitions, or on who tells several at once', () => {
    fc.assert(
      fc.property(nights, fc.array(fc.nat(1_000), { minLength: 24, maxLength: 24 }), (runs, places) => {
        const atOnce = summarise(undefined, runs, times);
        const shuffled = [...runs, ...runs]
          .map((run, index) => ({ run, place: places[index] ?? 0 }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ run }) => run);
        const oneByOne = shuffled.reduce<ReturnType<typeof summarise> | undefined>(
          (summary, run) => summarise(summary, [run, ...runs.filter(({ day }) => day <= run.day)], times),
          undefined,
        );
        expect(oneByOne).toEqual(atOnce);
      }),
    );
  });

  it('never takes back what it knew', () => {
    fc.assert(
      fc.property(nights, nights, (known, more) => {
        const before = summarise(undefined, known, times);
        const after = summarise(before, more, times);
        expect((after.lastGood?.finishedAt ?? '') >= (before.lastGood?.finishedAt ?? '')).toBe(true);
        expect((after.lastDrillAt ?? '') >= (before.lastDrillAt ?? '')).toBe(true);
        expect((after.lastSampleAt ?? '') >= (before.lastSampleAt ?? '')).toBe(true);
        expect((after.lastRun?.endedAt ?? '') >= (before.lastRun?.endedAt ?? '')).toBe(true);
      }),
    );
  });
});
