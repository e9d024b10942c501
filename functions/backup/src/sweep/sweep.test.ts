import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { describe, expect, test } from 'vitest';
import { exchange } from '../exchange/exchange.ts';
import { launch } from '../launch/launch.ts';
import { report } from '../report/report.ts';
import { type BackupRig, backupRig } from '../testing/backup-rig.ts';
import type { CloudFault } from '../testing/in-memory-servers.ts';
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

describe('a run that stands still', () => {
  test.each([
    ['booting', 0, 12],
    ['dumping', 1, 60],
    ['backing_up', 4, 120],
    ['retaining', 7, 30],
    ['checking', 10, 45],
    ['restoring', 13, 45],
  ])('in %s is given up when its time is over, and its server with it', async (state, words, minutes) => {
    const rig = await booted();
    const runner = await rig.newestRunner();
    if (words > 0) await exchange(rig, { ...runner.begin(), caller: rig.newestAddress() });
    for (const body of goodReports(['daily']).slice(0, Math.max(0, words - 1))) {
      await report(rig, await runner.report(body));
    }
    expect((await rig.runOf(RUN)).state).toBe(state);
    rig.pass(minutes * MINUTE_MS - 1);
    await sweep(rig);
    expect((await rig.runOf(RUN)).state).toBe(state);
    rig.pass(1);
    await sweep(rig);
    const run = await rig.runOf(RUN);
    expect(run).toMatchObject({ state: 'failed', failure: { reason: 'deadline_passed', during: state } });
    expect(run.failure?.detail).toContain(state);
    expect(run.failure?.detail.includes('; last heard of it at 2026-11-21T02:30:00.000Z')).toBe(words > 1);
    expect(rig.servers.alive()).toEqual([]);
    expect(rig.telling.ended.map(({ runId }) => runId)).toEqual([RUN]);
  });

  test('all steps together have no more than six hours', async () => {
    const rig = await booted();
    const run = await rig.runOf(RUN);
    expect(Date.parse(run.runDeadline) - rig.now().getTime()).toBe(6 * HOUR_MS);
    const runner = await rig.newestRunner();
    rig.pass(10 * MINUTE_MS);
    await exchange(rig, { ...runner.begin(), caller: rig.newestAddress() });
    const reports = goodReports(['daily']);
    const beforeTheEnds = [59, 119, 29, 44];
    for (const [step, minutes] of beforeTheEnds.entries()) {
      rig.pass(minutes * MINUTE_MS);
      for (const body of reports.slice(3 * step, 3 * step + 3)) await report(rig, await runner.report(body));
    }
    expect((await rig.runOf(RUN)).state).toBe('restoring');
    expect((await rig.runOf(RUN)).stateDeadline <= run.runDeadline).toBe(true);
  });

  test('a server that is gone, or off, before it has finished', async () => {
    const gone = await booted();
    gone.pass(3 * MINUTE_MS);
    const [model] = gone.servers.alive();
    await gone.servers.delete(model?.server.id ?? 0);
    await sweep(gone);
    expect((await gone.runOf(RUN)).failure).toMatchObject({ reason: 'server_vanished', during: 'booting' });

    const off = await booted();
    const runner = await off.newestRunner();
    await exchange(off, { ...runner.begin(), caller: off.newestAddress() });
    off.pass(3 * MINUTE_MS);
    off.servers.powerOff(off.servers.alive()[0]?.server.id ?? 0);
    await sweep(off);
    expect((await off.runOf(RUN)).failure?.reason).toBe('server_vanished');
    expect(off.servers.alive()).toEqual([]);
  });

  test('a deletion that is refused is told once and tried on, and holds up no other run', async () => {
    const rig = await booted();
    const id = rig.servers.alive()[0]?.server.id ?? 0;
    rig.servers.setProtected(id, true);
    rig.pass(12 * MINUTE_MS);
    await sweep(rig);
    await sweepFor(rig, 25 * MINUTE_MS);
    expect((await rig.runOf(RUN)).state).toBe('deleting');
    expect(rig.alertKinds()).toEqual(['server_undeletable']);
    await sweepFor(rig, 15 * MINUTE_MS);
    const run = await rig.runOf(RUN);
    expect([run.state, run.server?.goneAt, run.cost]).toEqual(['failed', undefined, undefined]);
    expect(await launch(rig, { kind: 'manual', reason: 'by hand', acceptSmaller: false })).toMatchObject({
      value: { state: 'booting', started: true },
    });
    rig.servers.setProtected(id, false);
    await sweepFor(rig, 5 * MINUTE_MS);
    expect(rig.servers.alive().map(({ server }) => server.name)).toEqual([`backup-${RUN}-manual-1`]);
    expect(rig.alertKinds()).toEqual(['server_undeletable', 'server_orphaned']);
  });

  test('a run that nobody can read holds up no other', async () => {
    const store = inMemoryDocumentStore();
    const rig = await booted({ store });
    await store.commit([{ op: 'merge', path: `backups/${RUN}`, fields: { state: 'dreaming' } }]);
    rig.pass(10 * MINUTE_MS);
    expect(await sweep(rig)).toEqual({ undone: [] });
    expect(rig.servers.alive()).toEqual([]);
    expect(rig.alertKinds()).toEqual(['backup_missed', 'server_orphaned']);
    const order = { kind: 'manual', reason: 'again', acceptSmaller: false } as const;
    expect(await launch(rig, order)).toMatchObject({ ok: true, value: { state: 'booting', started: true } });
  });
});

describe('servers that nobody answers for', () => {
  test('are deleted after a grace, of no run, of an ended run, and beside the one the run has', async () => {
    const rig = await booted();
    await workWell(rig, RUN);
    await launch(rig, { kind: 'manual', reason: 'again', acceptSmaller: false });
    const live = rig.servers.alive()[0]?.server.id;
    const manual = RunId.parse(`${RUN}-manual-1`);
    rig.servers.add({ name: 'nobody' });
    rig.servers.add({ name: 'of-the-night', runId: RunId.parse(RUN) });
    rig.servers.add({ name: 'second', runId: manual });
    rig.servers.add({ name: 'of-a-run-never-heard-of', runId: RunId.parse('2020-01-01') });
    await sweep(rig);
    expect(rig.servers.alive()).toHaveLength(5);
    rig.pass(5 * MINUTE_MS);
    await sweep(rig);
    expect(rig.servers.alive().map(({ server }) => server.id)).toEqual([live]);
    expect(rig.alertKinds()).toEqual(Array.from({ length: 4 }, () => 'server_orphaned'));
    expect((await rig.runOf(manual)).state).toBe('booting');
  });

  test('a server of no run is left until the time that it names, and never longer than a run', async () => {
    const rig = backupRig();
    const after = (ms: number) => new Date(rig.now().getTime() + ms);
    rig.servers.add({ name: 'backup-image-build', expires: after(120 * MINUTE_MS) });
    rig.servers.add({ name: 'forgotten', expires: after(8760 * 60 * MINUTE_MS) });
    const names = () => rig.servers.alive().map(({ server }) => server.name);
    rig.pass(119 * MINUTE_MS);
    await sweep(rig);
    expect(names()).toEqual(['backup-image-build', 'forgotten']);
    rig.pass(MINUTE_MS);
    await sweep(rig);
    expect(names()).toEqual(['forgotten']);
    rig.pass(240 * MINUTE_MS);
    await sweep(rig);
    expect(names()).toEqual([]);
  });

  test('the server of a run that ends while the sweep looks is not one of them', async () => {
    const rig = await booted();
    rig.pass(12 * MINUTE_MS);
    expect(await sweep(rig)).toEqual({ undone: [] });
    expect((await rig.runOf(RUN)).state).toBe('failed');
    expect(rig.alertKinds()).not.toContain('server_orphaned');
  });

  test('one that cannot be deleted is told', async () => {
    const rig = backupRig();
    const { id } = rig.servers.add({ name: 'nobody' });
    rig.servers.setProtected(id, true);
    rig.pass(5 * MINUTE_MS);
    await sweep(rig);
    expect(rig.alertKinds()).toEqual(['server_undeletable']);
  });
});

describe('what a person must know', () => {
  test('no good backup for more than 26 hours, once a day', async () => {
    const rig = await booted({ settings: { runnerVersionMin: '9.0.0' } });
    await sweep(rig);
    await sweepFor(rig, 26 * HOUR_MS);
    expect(rig.alertKinds()).not.toContain('recovery_point_exceeded');
    await sweepFor(rig, 2 * HOUR_MS);
    expect(rig.alertKinds().filter(kind => kind === 'recovery_point_exceeded')).toHaveLength(1);
  });

  test('no drill for more than eight days; one proves it again', async () => {
    const rig = backupRig({ now: '2026-11-20T12:00:00.000Z' });
    await sweep(rig);
    rig.setNow('2026-11-29T02:30:00.000Z');
    await launch(rig, { kind: 'schedule' });
    await sweep(rig);
    expect(rig.alertKinds()).toContain('restore_unproven');
    const raised = rig.telling.alerts.length;
    await workWell(rig, '2026-11-29');
    rig.pass(HOUR_MS);
    await sweep(rig);
    expect(rig.telling.alerts).toHaveLength(raised);
  });

  test('a cloud that cannot be reached for a quarter of an hour; the rest goes on', async () => {
    let isAway = false;
    const fault: CloudFault = () => (isAway ? { kind: 'unavailable', detail: '503' } : undefined);
    const rig = backupRig({ cloud: { fault } });
    await sweep(rig);
    isAway = true;
    await sweepFor(rig, 15 * MINUTE_MS);
    expect(rig.alertKinds()).not.toContain('cloud_unreachable');
    await sweepFor(rig, 5 * MINUTE_MS);
    expect(rig.alertKinds()).toContain('cloud_unreachable');
    isAway = false;
    await sweepFor(rig, 5 * MINUTE_MS);
    isAway = true;
    const raised = rig.telling.alerts.length;
    await sweepFor(rig, 10 * MINUTE_MS);
    expect(rig.telling.alerts).toHaveLength(raised);
  });

  test('an end that not everybody heard of is told again until they have', async () => {
    const rig = backupRig();
    const effects = ['log', 'summary'];
    let heard: readonly string[] = effects;
    let calls = 0;
    const telling = {
      ...rig.telling,
      runEnded: async () => {
        calls += 1;
        return heard;
      },
    };
    const deaf: BackupRig = { ...rig, telling };
    await launch(deaf, { kind: 'schedule' });
    await workWell(deaf, RUN);
    expect(Object.keys((await rig.runOf(RUN)).told).sort()).toEqual(effects);
    await sweep(deaf);
    heard = ['log', 'dead_man', 'summary', 'chat'];
    await sweep(deaf);
    expect(calls).toBe(3);
    expect(Object.keys((await rig.runOf(RUN)).told)).toHaveLength(4);
    await sweep(deaf);
    expect(calls).toBe(3);
  });

  test('a summary that cannot be written, which nobody else would say', async () => {
    const rig = backupRig();
    const deaf: BackupRig = { ...rig, telling: { ...rig.telling, runEnded: async () => ['log', 'dead_man', 'chat'] } };
    await launch(deaf, { kind: 'schedule' });
    await workWell(deaf, RUN);
    expect(await sweep(deaf)).toEqual({ undone: ['telling'] });
    expect(await sweep(rig)).toEqual({ undone: [] });
  });

  test('an end that nobody had heard of and nobody can read any more', async () => {
    const store = inMemoryDocumentStore();
    const rig = backupRig({ store });
    const deaf: BackupRig = { ...rig, telling: { ...rig.telling, runEnded: async () => [] } };
    await launch(deaf, { kind: 'schedule' });
    await workWell(deaf, RUN);
    await store.commit([{ op: 'merge', path: `backups/${RUN}`, fields: { state: 'dreaming' } }]);
    expect(await sweep(rig)).toEqual({ undone: [] });
    expect(rig.telling.alerts.map(({ alert }) => alert)).toMatchObject([
      { kind: 'backup_missed', cause: { kind: 'unreadable', runId: RUN } },
    ]);
    await sweep(rig);
    expect(rig.alertKinds()).toHaveLength(1);
  });

  test('a part that breaks stops no other', async () => {
    const rig = backupRig({ now: '2026-11-20T12:00:00.000Z' });
    await sweep(rig);
    rig.setNow('2026-11-21T03:00:00.000Z');
    const broken = { ...rig, servers: { ...rig.servers, list: () => Promise.reject(new Error('a bug')) } };
    expect(await sweep(broken)).toEqual({ undone: ['cloud'] });
    expect((await rig.runOf(RUN)).trigger.kind).toBe('missed');
    expect(rig.logged.join('\n')).toContain('sweep.part_failed');
  });

  test('Firestore away: nothing is done, nothing is broken, and it says so', async () => {
    let isAway = false;
    const store = inMemoryDocumentStore({
      fault: ({ phase }) => (isAway && phase === 'before' ? { kind: 'unavailable', detail: 'away' } : undefined),
    });
    const rig = await booted({ store });
    isAway = true;
    expect((await sweep(rig)).undone).toEqual(['memory', 'status']);
    isAway = false;
    expect(await sweep(rig)).toEqual({ undone: [] });
    expect(rig.servers.alive()).toHaveLength(1);
  });
});
