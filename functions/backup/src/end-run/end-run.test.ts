import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { describe, expect, test } from 'vitest';
import { exchange } from '../exchange/exchange.ts';
import { launch } from '../launch/launch.ts';
import { report } from '../report/report.ts';
import { readRuns } from '../run/run-store.ts';
import { sweep } from '../sweep/sweep.ts';
import { backupRig } from '../testing/backup-rig.ts';
import type { CloudFault } from '../testing/in-memory-servers.ts';
import { goodReports } from '../testing/scripted-runner.ts';
import { endRun, failRun } from './end-run.ts';

const RUN = RunId.parse('2026-11-21');
const MINUTE_MS = 60_000;

describe('the end of a run', () => {
  test('a failure is set once; a run that is over stays as it is', async () => {
    const rig = backupRig();
    await launch(rig, { kind: 'schedule' });
    await failRun(rig, RUN, 'deadline_passed', 'x'.repeat(900));
    const run = await rig.runOf(RUN);
    expect(run).toMatchObject({ state: 'failed', failure: { reason: 'deadline_passed' } });
    expect(run.failure?.detail).toHaveLength(500);
    expect(await failRun(rig, RUN, 'token_stolen', '')).toMatchObject({ ok: false, error: { kind: 'not_allowed' } });
    expect(await endRun(rig, RUN)).toEqual({ ok: true, value: run });
    expect(rig.telling.ended).toHaveLength(1);
  });

  test('it frees the place and notes the last good run and the last drill', async () => {
    const rig = backupRig({ now: '2026-11-22T02:30:00.000Z' });
    await launch(rig, { kind: 'schedule' });
    const runner = await rig.newestRunner();
    await exchange(rig, { ...runner.begin(), caller: rig.newestAddress() });
    for (const body of goodReports(['daily', 'weekly'])) await report(rig, await runner.report(body));
    const read = await readRuns(rig.store, []);
    const endedAt = rig.now().toISOString();
    expect(read.ok && read.value.active.value).toEqual({
      v: 1,
      untold: [],
      lastGood: { runId: '2026-11-22', endedAt },
      lastDrillAt: endedAt,
    });
  });

  test('a deletion that was accepted is the end, and what the server cost counts until then', async () => {
    const rig = backupRig({ cloud: { deletionMs: 10 * MINUTE_MS } });
    await launch(rig, { kind: 'schedule' });
    rig.pass(61 * MINUTE_MS);
    await failRun(rig, RUN, 'stopped', '');
    expect(await rig.runOf(RUN)).toMatchObject({ state: 'failed', cost: { startedHours: 2, amount: '0.0164' } });
  });

  test('a server that somebody took the label from is on no list, and is deleted all the same', async () => {
    const rig = backupRig();
    await launch(rig, { kind: 'schedule' });
    const servers = { ...rig.servers, list: () => Promise.resolve({ ok: true, value: [] } as const) };
    rig.pass(3 * MINUTE_MS);
    await sweep({ ...rig, servers });
    expect(await rig.runOf(RUN)).toMatchObject({ state: 'failed', failure: { reason: 'server_vanished' } });
    expect(rig.servers.alive()).toEqual([]);
  });

  test('a deletion whose answer is lost is looked up and not taken for a failure', async () => {
    let lost = 1;
    const fault: CloudFault = ({ operation, phase }) => {
      if (operation !== 'delete' || phase !== 'after' || lost === 0) return undefined;
      lost -= 1;
      return { kind: 'unavailable', detail: 'no answer' };
    };
    const rig = backupRig({ cloud: { fault } });
    await launch(rig, { kind: 'schedule' });
    await failRun(rig, RUN, 'stopped', '');
    expect((await rig.runOf(RUN)).state).toBe('deleting');
    await sweep(rig);
    expect((await rig.runOf(RUN)).state).toBe('failed');
    expect(rig.alertKinds()).toEqual([]);
  });

  test('with a token that is refused everywhere there is nothing to wait for', async () => {
    const rig = backupRig({ cloud: { fault: () => ({ kind: 'denied', detail: '401' }) } });
    expect(await launch(rig, { kind: 'schedule' })).toMatchObject({ value: { state: 'failed' } });
    expect((await rig.runOf(RUN)).failure?.reason).toBe('hetzner_denied');
    expect(rig.telling.ended).toHaveLength(1);
  });

  test('that earlier runs cannot be listed holds it up for a while, not for ever', async () => {
    const store = inMemoryDocumentStore({
      fault: ({ operation }) => (operation === 'query' ? { kind: 'denied', detail: 'no index' } : undefined),
    });
    const rig = backupRig({ store });
    await launch(rig, { kind: 'schedule' });
    const runner = await rig.newestRunner();
    await exchange(rig, { ...runner.begin(), caller: rig.newestAddress() });
    for (const body of goodReports(['daily'])) await report(rig, await runner.report(body));
    expect((await rig.runOf(RUN)).state).toBe('deleting');
    expect(await sweep(rig)).toEqual({ undone: ['run'] });
    rig.pass(30 * MINUTE_MS);
    expect(await sweep(rig)).toEqual({ undone: [] });
    expect(await rig.runOf(RUN)).toMatchObject({ state: 'done', anomalies: [] });
  });

  test('sizes that differ from what is usual are noted', async () => {
    const rig = backupRig({ now: '2026-11-16T02:30:00.000Z' });
    for (let night = 0; night < 4; night += 1) {
      const launched = await launch(rig, { kind: 'schedule' });
      const runId = launched.ok ? launched.value.runId : RUN;
      const runner = await rig.newestRunner();
      await exchange(rig, { ...runner.begin(), caller: rig.newestAddress() });
      for (const body of goodReports(['daily'])) {
        if (night === 3 && body.kind === 'step_finished' && body.outcome.step === 'backing_up') {
          const [files, configuration] = body.outcome.snapshots;
          if (files === undefined || configuration === undefined) throw new Error('no snapshots');
          const snapshots = [{ ...files, totalFiles: 3 }, configuration];
          await report(rig, await runner.report({ ...body, outcome: { step: 'backing_up', snapshots } }));
        } else {
          await report(rig, await runner.report(body));
        }
      }
      const { anomalies } = await rig.runOf(runId);
      expect(anomalies).toEqual(night < 3 ? [] : [{ source: 'files', measure: 'files', value: 3, median: 412 }]);
      rig.pass(24 * 60 * MINUTE_MS);
    }
  });
});
