import { describe, expect, it } from 'vitest';
import type { ResticSnapshot } from '../../src/restic/restic.ts';
import { chooseRun, groupRuns } from './saved-run.ts';

const snapshot = (id: string, time: string, ...tags: string[]): ResticSnapshot => ({
  id,
  time,
  host: 'innkeeper',
  paths: ['/'],
  tags,
  totalBytes: 1,
  totalFiles: 1,
});
const whole = (run: string, hour: string): ResticSnapshot[] =>
  ['mongodb', 'keycloak', 'files', 'configuration'].map((source, minute) =>
    snapshot(`${run}/${source}`, `${run}T${hour}:0${minute}:00Z`, `run=${run}`, `source=${source}`),
  );

describe('runs in a repository', () => {
  it('are the snapshots of one tag, newest first, and say what they lack', () => {
    const runs = groupRuns([...whole('2026-11-19', '02'), ...whole('2026-11-20', '02').slice(0, 3)]);
    expect(runs.map(({ runId, takenAt, missing }) => [runId, takenAt.toISOString(), missing])).toEqual([
      ['2026-11-20', '2026-11-20T02:00:00.000Z', ['configuration']],
      ['2026-11-19', '2026-11-19T02:00:00.000Z', []],
    ]);
  });

  it('do not count what somebody else put there', () => {
    expect(groupRuns([snapshot('a', '2026-11-19T02:00:00Z', 'run=../x', 'source=files'), snapshot('b', 'x')])).toEqual(
      [],
    );
  });

  it('hold the later snapshot of a source that was taken twice', () => {
    const again = snapshot('later', '2026-11-19T05:00:00+01:00', 'run=2026-11-19', 'source=files');
    const [run] = groupRuns([again, ...whole('2026-11-19', '02')]);
    expect(run?.snapshots.files?.id).toBe('later');
  });

  it('are chosen by name, or as the newest that is complete', () => {
    const runs = groupRuns([...whole('2026-11-19', '02'), ...whole('2026-11-20', '02').slice(1)]);
    expect(chooseRun(runs, 'latest')).toMatchObject({ ok: true, value: { runId: '2026-11-19' } });
    expect(chooseRun(runs, '2026-11-20')).toMatchObject({ ok: true, value: { runId: '2026-11-20' } });
    expect(chooseRun(runs, '2026-11-18')).toMatchObject({
      error: expect.stringContaining('The newest are 2026-11-20, 2026-11-19.') as unknown,
    });
    expect(chooseRun(runs.slice(0, 1), 'latest').ok).toBe(false);
  });
});
