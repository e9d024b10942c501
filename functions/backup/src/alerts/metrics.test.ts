import { describe, expect, it } from 'vitest';
import { RUN_ENDED, runLine } from '../telling/run-line.ts';
import { exampleRun } from '../testing/example-run.ts';
import { METRICS, type Metric } from './metrics.ts';

const failure = {
  reason: 'vault_unavailable',
  detail: 'x',
  at: '2026-11-22T02:50:00.000Z',
  during: 'dumping',
} as const;

describe('what metrics are read from', () => {
  it.each(Object.entries<Metric>(METRICS).filter(([, { event }]) => event === RUN_ENDED))(
    '%s is in the line of a run',
    (_, { field, labels }) => {
      const good = runLine(exampleRun());
      const failed = runLine(exampleRun({ failure }));
      for (const name of [...labels, ...(field === undefined ? [] : [field])]) {
        expect({ ...failed, ...good, reason: failed.reason }).toHaveProperty(name, expect.anything());
      }
      expect(field === undefined || typeof good[field] === 'number').toBe(true);
    },
  );

  it('says how a weekly run went', () => {
    expect(runLine(exampleRun())).toEqual({
      runId: '2026-11-22',
      type: 'weekly',
      trigger: 'schedule',
      outcome: 'done',
      durationMs: 35 * 60_000,
      snapshots: 4,
      totalBytes: 12_300_020_000,
      totalFiles: 41_203,
      addedBytes: 205_000_333,
      kept: 21,
      removed: 1,
      deferred: 0,
      restoredFiles: 143,
      comparedFiles: 140,
      restoredBytes: 90_000_000,
      recoveryMs: 660_000,
      overheadMs: 4_200,
      anomalies: 0,
      startedHours: 1,
      cost: 0.0082,
      currency: 'EUR',
    });
  });

  it('has no figures a failed run did not come to', () => {
    const line = runLine(exampleRun({ failure, outcomes: [], overheadMs: undefined, cost: undefined }));
    expect(line).toMatchObject({ outcome: 'failed', reason: 'vault_unavailable', during: 'dumping', snapshots: 0 });
    expect([line.kept, line.recoveryMs, line.overheadMs, line.cost]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
