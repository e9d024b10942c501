import { expect, it } from 'vitest';
import type { ResticSnapshot } from '../../src/restic/restic.ts';
import { explainRuns } from './run-retention.ts';

const snapshot = (run: string, source: string, time: string, path = `/${source}`): ResticSnapshot => ({
  id: `${run} ${source}`,
  time,
  host: 'innkeeper',
  paths: [path],
  tags: [`run=${run}`, `source=${source}`],
  totalBytes: 1,
  totalFiles: 1,
});

const now = new Date('2026-11-20T18:00:00Z');
const night = [
  snapshot('2026-11-20', 'mongodb', '2026-11-20T02:30:00Z'),
  snapshot('2026-11-20', 'keycloak', '2026-11-20T02:31:00Z'),
];

it('tells the one fate of a run once', () => {
  const [run] = explainRuns(night, now);
  expect(run).toMatchObject({ kept: true, goesOn: expect.stringMatching(/^202\d-/u) as unknown });
  expect(run?.why).toEqual([expect.stringMatching(/^kept as the last of 2026-11-20, week 47 of 2026/u)]);
});

it('tells snapshots apart that go their own way', () => {
  const byHand = [
    snapshot('2026-11-20-manual-1', 'mongodb', '2026-11-20T12:00:00Z'),
    snapshot('2026-11-20-manual-1', 'keycloak', '2026-11-20T12:01:00Z'),
  ];
  // Since then the list of paths has changed: a series of its own, which holds only this one.
  const files = snapshot('2026-11-20', 'files', '2026-11-20T02:32:00Z', '/old');
  const runs = explainRuns([...night, files, ...byHand], now);
  expect(runs.map(({ run, kept, why }) => [run.runId, kept, why])).toEqual([
    ['2026-11-20-manual-1', true, [expect.stringMatching(/^kept as the last of/u)]],
    ['2026-11-20', true, [expect.stringMatching(/^mongodb, keycloak: /u), expect.stringMatching(/^files: kept /u)]],
  ]);
});
