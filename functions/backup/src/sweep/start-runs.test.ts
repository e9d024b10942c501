import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { describe, expect, test } from 'vitest';
import { exchange } from '../exchange/exchange.ts';
import { launch } from '../launch/launch.ts';
import { report } from '../report/report.ts';
import { readRuns } from '../run/run-store.ts';
import { type BackupRig, backupRig } from '../testing/backup-rig.ts';
import { sweepFor, workWell } from '../testing/play-nights.ts';
import { goodReports } from '../testing/scripted-runner.ts';
import { sweep } from './sweep.ts';

const RUN = '2026-11-21';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

async function booted(options: Parameters<typeof backupRig>[0] = {}): Promise<BackupRig> {
  const rig = backupRig(options);
  await launch(rig, { kind: 'schedule' });
  return rig;
}

describe('a night that nobody started', () => {
  test('is started ten minutes later, and told', async () => {
    const rig = backupRig({ now: '2026-11-20T12:00:00.000Z' });
    await sweep(rig);
    rig.setNow('2026-11-21T02:39:59.000Z');
    await sweep(rig);
    expect(rig.servers.history).toEqual([]);
    rig.setNow('2026-11-21T02:40:00.000Z');
    await sweep(rig);
    expect(await rig.runOf(RUN)).toMatchObject({ state: 'booting', trigger: { kind: 'missed' } });
    expect(rig.telling.alerts.map(({ alert }) => alert)).toEqual([
      { kind: 'backup_missed', day: RUN, dueAt: '2026-11-21T02:30:00.000Z', cause: { kind: 'not_started' } },
    ]);
  });

  test('before the first sweep of all nobody can have missed it', async () => {
    const rig = backupRig({ now: '2026-11-21T12:00:00.000Z' });
    await sweepFor(rig, HOUR_MS);
    expect(rig.servers.history).toEqual([]);
    expect(rig.alertKinds()).toEqual([]);
  });

  test('shortly before the next one it is only told', async () => {
    const rig = backupRig({ now: '2026-11-20T12:00:00.000Z' });
    await sweep(rig);
    rig.setNow('2026-11-21T23:00:00.000Z');
    await sweep(rig);
    expect(rig.alertKinds()).toContain('backup_missed');
    expect(rig.servers.history).toEqual([]);
  });

  test('behind a run by hand it waits, which is told, and begins when that has ended', async () => {
    const rig = backupRig({ now: '2026-11-20T12:00:00.000Z' });
    await sweep(rig);
    rig.setNow('2026-11-21T02:10:00.000Z');
    await launch(rig, { kind: 'manual', reason: 'before the move', acceptSmaller: false });
    const manual = RunId.parse('2026-11-20-manual-1');
    const runner = await rig.newestRunner();
    await exchange(rig, { ...runner.begin(), caller: rig.newestAddress() });
    rig.setNow('2026-11-21T02:30:00.000Z');
    expect(await launch(rig, { kind: 'schedule' })).toMatchObject({ value: { runId: manual, started: false } });
    rig.setNow('2026-11-21T02:40:00.000Z');
    expect(await sweep(rig)).toEqual({ undone: [] });
    expect(rig.telling.alerts.map(({ alert }) => alert)).toMatchObject([
      { kind: 'backup_missed', day: RUN, cause: { kind: 'waits', behind: manual } },
    ]);
    for (const body of goodReports((await rig.runOf(manual)).types)) await report(rig, await runner.report(body));
    expect((await rig.runOf(manual)).state).toBe('done');
    await sweep(rig);
    expect(await rig.runOf(RUN)).toMatchObject({ state: 'booting', trigger: { kind: 'missed' } });
    expect(rig.alertKinds()).toEqual(['backup_missed']);
  });

  test('two sweeps at once start it once', async () => {
    const rig = backupRig({ now: '2026-11-20T12:00:00.000Z' });
    await sweep(rig);
    rig.setNow('2026-11-21T03:00:00.000Z');
    await Promise.all([sweep(rig), sweep(rig)]);
    expect(rig.servers.history).toHaveLength(1);
  });
});

describe('after a failure', () => {
  test('it is tried again after a quarter of an hour and then an hour, twice a day at most', async () => {
    const rig = await booted();
    await sweepFor(rig, 8 * HOUR_MS);
    const { store } = rig;
    const ids = [RUN, `${RUN}-retry-1`, `${RUN}-retry-2`].map(id => RunId.parse(id));
    const read = await readRuns(store, ids);
    const runs = read.ok ? read.value.runs.flatMap(run => (run.ok && run.value !== undefined ? [run.value] : [])) : [];
    expect(runs.map(({ state, trigger }) => [state, trigger.kind])).toEqual([
      ['failed', 'schedule'],
      ['failed', 'retry'],
      ['failed', 'retry'],
    ]);
    expect(runs[1]?.trigger).toEqual({ kind: 'retry', of: RUN });
    const waited = runs
      .slice(1)
      .map((run, index) => Date.parse(run.createdAt) - Date.parse(runs[index]?.endedAt ?? ''));
    expect(waited).toEqual([15 * MINUTE_MS, HOUR_MS]);
    expect(rig.servers.history).toHaveLength(3);
    expect(rig.servers.alive()).toEqual([]);
  });

  test('not when a person has to do something first, nor when a good one was made meanwhile', async () => {
    const outdated = await booted({ settings: { runnerVersionMin: '9.0.0' } });
    await sweepFor(outdated, 3 * HOUR_MS);
    expect(outdated.telling.ended).toHaveLength(1);

    const rig = await booted();
    rig.pass(12 * MINUTE_MS);
    await sweep(rig);
    await launch(rig, { kind: 'manual', reason: 'by hand', acceptSmaller: false });
    await workWell(rig, `${RUN}-manual-1`);
    await sweepFor(rig, 3 * HOUR_MS);
    expect(rig.servers.history).toHaveLength(2);
  });
});
