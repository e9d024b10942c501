import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleSnapshot } from '../testing/example-run.ts';
import { findAnomalies } from './anomalies.ts';

const withFiles = (bytes: number, files = 100): Pick<BackupRun, 'outcomes'> => ({
  outcomes: [{ outcome: { step: 'backing_up', snapshots: [exampleSnapshot('files', bytes, files)] }, durationMs: 1 }],
});

describe('an anomaly', () => {
  const usual = [100, 110, 90].map(bytes => withFiles(bytes));

  it('is more than half above or below the median', () => {
    expect(findAnomalies(withFiles(150), usual)).toEqual([]);
    expect(findAnomalies(withFiles(50), usual)).toEqual([]);
    expect(findAnomalies(withFiles(151), usual)).toEqual([
      { source: 'files', measure: 'bytes', value: 151, median: 100 },
    ]);
    expect(findAnomalies(withFiles(49, 10), usual)).toEqual([
      { source: 'files', measure: 'bytes', value: 49, median: 100 },
      { source: 'files', measure: 'files', value: 10, median: 100 },
    ]);
  });

  it('needs three runs to be known', () => {
    expect(findAnomalies(withFiles(9_999), usual.slice(1))).toEqual([]);
  });

  it('looks at the last seven runs only', () => {
    const history = [
      ...Array.from({ length: 7 }, () => withFiles(1_000)),
      ...Array.from({ length: 7 }, () => withFiles(1)),
    ];
    expect(findAnomalies(withFiles(1_000), history)).toEqual([]);
    expect(findAnomalies(withFiles(1), history)).toHaveLength(1);
  });

  it('is something where there was nothing', () => {
    const empty = [0, 0, 0].map(bytes => withFiles(bytes, 0));
    expect(findAnomalies(withFiles(0, 0), empty)).toEqual([]);
    expect(findAnomalies(withFiles(1, 0), empty)).toMatchObject([{ measure: 'bytes', value: 1, median: 0 }]);
  });

  it('never is a run like all others, and does not depend on the order of history', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e12), { minLength: 3, maxLength: 7 }), fc.nat(1e12), (sizes, size) => {
        const history = sizes.map(bytes => withFiles(bytes));
        const same = sizes.map(() => withFiles(size));
        expect(findAnomalies(withFiles(size), same)).toEqual([]);
        expect(findAnomalies(withFiles(size), history)).toEqual(findAnomalies(withFiles(size), history.toReversed()));
      }),
    );
  });
});
