import { expect, test } from 'vitest';
import { exchange } from './exchange/exchange.ts';
import { launch } from './launch/launch.ts';
import { report } from './report/report.ts';
import { sweep } from './sweep/sweep.ts';
import { backupRig } from './testing/backup-rig.ts';
import { goodReports } from './testing/scripted-runner.ts';

test('a night: one server, five steps, everybody told, the server gone', async () => {
  const rig = backupRig({ now: '2026-11-22T02:30:00.000Z' });
  expect(await launch(rig, { kind: 'schedule' })).toEqual({
    ok: true,
    value: { runId: '2026-11-22', state: 'booting', started: true },
  });
  const runner = await rig.newestRunner();
  const begun = await exchange(rig, { ...runner.begin(), caller: rig.newestAddress() });
  expect(begun.ok && begun.value).toMatchObject({ types: ['daily', 'weekly'], work: { drill: true, prune: false } });
  const granted: unknown[] = [];
  for (const body of goodReports(['daily', 'weekly'])) {
    rig.pass(60_000);
    if (body.kind === 'step_finished' && body.outcome.step === 'retaining') {
      granted.push(await exchange(rig, { ...(await runner.retention()), caller: rig.newestAddress() }));
    }
    const reply = await report(rig, await runner.report(body));
    expect(reply).toMatchObject({ ok: true, value: { stop: false } });
    expect(await sweep(rig)).toEqual({ undone: [] });
  }
  expect(granted).toMatchObject([{ ok: true }]);
  const run = await rig.runOf('2026-11-22');
  expect(run).toMatchObject({ state: 'done', cost: { startedHours: 1, currency: 'EUR' }, overheadMs: 4_200 });
  expect(Object.keys(run.told).sort()).toEqual(['chat', 'dead_man', 'log', 'summary']);
  expect(rig.servers.alive()).toEqual([]);
  expect(rig.servers.history).toHaveLength(1);
  expect(rig.alertKinds()).toEqual([]);
  expect(await launch(rig, { kind: 'schedule' })).toEqual({
    ok: true,
    value: { runId: '2026-11-22', state: 'done', started: false },
  });
});
