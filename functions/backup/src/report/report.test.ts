import type { BackupReport } from '@innkeeper/shared/contracts/backup/report';
import { LocalDate } from '@innkeeper/shared/domain/local-time';
import { describe, expect, test } from 'vitest';
import { exchange } from '../exchange/exchange.ts';
import { launch } from '../launch/launch.ts';
import { type BackupRig, backupRig } from '../testing/backup-rig.ts';
import { goodOutcome, goodReports, type Post, progressOf, type ScriptedRunner } from '../testing/scripted-runner.ts';
import { report } from './report.ts';

const RUN = '2026-11-21';
const DAILY = ['daily'] as const;

async function working(options: Parameters<typeof backupRig>[0] = {}): Promise<BackupRig & { runner: ScriptedRunner }> {
  const rig = backupRig(options);
  await launch(rig, { kind: 'schedule' });
  const runner = await rig.newestRunner();
  await exchange(rig, { ...runner.begin(), caller: rig.newestAddress() });
  return Object.assign(rig, { runner });
}

async function say(rig: Awaited<ReturnType<typeof working>>, ...bodies: BackupReport['body'][]) {
  const replies = [];
  for (const body of bodies) replies.push(await report(rig, await rig.runner.report(body)));
  return replies;
}

const finished = (step: Parameters<typeof goodOutcome>[0]): BackupReport['body'] => ({
  kind: 'step_finished',
  outcome: goodOutcome(step, [...DAILY]),
  durationMs: 1_000,
});

describe('what a server says of its work', () => {
  test('progress is shown in the run, the end of a step moves it on', async () => {
    const rig = await working();
    expect(await say(rig, progressOf('dumping', 40))).toEqual([
      { ok: true, value: { v: 1, sequence: 1, stop: false } },
    ]);
    expect(await rig.runOf(RUN)).toMatchObject({
      state: 'dumping',
      lastSequence: 1,
      progress: { step: 'dumping', percent: 40, bytesPerSecond: 2_000_000, at: rig.now().toISOString() },
    });
    await say(rig, finished('dumping'));
    const run = await rig.runOf(RUN);
    expect(run).toMatchObject({ state: 'backing_up', outcomes: [{ outcome: { step: 'dumping' }, durationMs: 1_000 }] });
    expect(run.progress).toBeUndefined();
  });

  test('sent again, it is answered again and changes nothing', async () => {
    const rig = await working();
    const post = await rig.runner.report(finished('dumping'));
    const first = await report(rig, post);
    const before = await rig.runOf(RUN);
    expect(await report(rig, post)).toEqual(first);
    expect(await rig.runOf(RUN)).toEqual(before);
  });

  test('a number that is left out is refused, and the run goes on', async () => {
    const rig = await working();
    expect(await report(rig, await rig.runner.report(progressOf('dumping', 1), 2))).toEqual({
      ok: false,
      error: { error: 'sequence_gap', stop: false },
    });
    expect(await rig.runOf(RUN)).toMatchObject({ state: 'dumping', lastSequence: 0 });
  });

  test('a failure is the run’s, its server goes, and the last word may be said again', async () => {
    const rig = await working();
    const post = await rig.runner.report({
      kind: 'failed',
      step: 'dumping',
      reason: 'dump_failed',
      detail: 'mongodump ended with 1',
    });
    expect(await report(rig, post)).toMatchObject({ ok: true, value: { sequence: 1, stop: true } });
    expect(await rig.runOf(RUN)).toMatchObject({
      state: 'failed',
      failure: { reason: 'dump_failed', detail: 'dumping: mongodump ended with 1', during: 'dumping' },
    });
    expect(rig.servers.alive()).toEqual([]);
    expect(await report(rig, post)).toMatchObject({ ok: true, value: { sequence: 1, stop: true } });
    expect(rig.telling.ended).toHaveLength(1);
  });
});

describe('a signed report that no honest runner sends', () => {
  const contradictions: [string, BackupReport['body'][], string][] = [
    ['progress that goes backwards', [progressOf('dumping', 40), progressOf('dumping', 39)], 'went from 40 to 39'],
    ['progress of a step that is not on', [progressOf('checking', 1)], 'progress of checking while dumping'],
    ['the end of a step that is not on', [finished('retaining')], 'end of retaining while dumping'],
    ['the end of a step twice', [finished('dumping'), finished('dumping')], 'end of dumping while backing_up'],
    ['an end before its work', [{ kind: 'finished', overheadMs: 1 }], 'finished without step dumping'],
    [
      'a last step that ends twice',
      [...goodReports([...DAILY]).slice(0, -1), finished('restoring')],
      'a second end of restoring',
    ],
    [
      'progress after the last step',
      [...goodReports([...DAILY]).slice(0, -1), progressOf('restoring', 99)],
      'progress of restoring after its end',
    ],
  ];
  test.each(contradictions)('%s ends the run', async (_what, bodies, detail) => {
    const rig = await working();
    const replies = await say(rig, ...bodies);
    expect(replies.at(-1)).toEqual({ ok: false, error: { error: 'misbehaved', stop: true } });
    const run = await rig.runOf(RUN);
    expect(run).toMatchObject({ state: 'failed', failure: { reason: 'runner_misbehaved' } });
    expect(run.failure?.detail).toContain(detail);
    expect(rig.servers.alive()).toEqual([]);
  });

  test('a source that was not taken is missed', async () => {
    const rig = await working();
    const withoutFiles = goodReports([...DAILY]).map((body): BackupReport['body'] => {
      if (body.kind !== 'step_finished' || body.outcome.step !== 'backing_up') return body;
      const snapshots = body.outcome.snapshots.filter(({ source }) => source !== 'files');
      return { ...body, outcome: { step: 'backing_up', snapshots } };
    });
    await say(rig, ...withoutFiles);
    expect((await rig.runOf(RUN)).failure?.detail).toBe('finished without snapshot of files');
  });

  type Outcome = Extract<BackupReport['body'], { kind: 'step_finished' }>['outcome'];
  const empties: [string, (outcome: Outcome) => Outcome, string][] = [
    [
      'a dump of nothing',
      outcome =>
        outcome.step === 'dumping'
          ? { ...outcome, snapshots: outcome.snapshots.map(one => ({ ...one, totalBytes: 0 })) }
          : outcome,
      'snapshot of mongodb, snapshot of keycloak',
    ],
    [
      'a folder without a file',
      outcome =>
        outcome.step === 'backing_up'
          ? { ...outcome, snapshots: outcome.snapshots.map(one => ({ ...one, totalFiles: 0 })) }
          : outcome,
      'snapshot of files, snapshot of configuration',
    ],
    [
      'a sample of no file',
      outcome => (outcome.step === 'restoring' ? { ...outcome, files: 0, compared: 0, changed: 0 } : outcome),
      'files read back',
    ],
    [
      'the data of another week',
      outcome => (outcome.step === 'checking' ? { ...outcome, subset: '1/1000' } : outcome),
      'reading of the data',
    ],
    [
      'a database rebuilt without a table',
      outcome =>
        outcome.step === 'restoring' && outcome.drill !== undefined
          ? { ...outcome, drill: { ...outcome.drill, keycloak: { tables: 0, rows: 0, digest: 'd' } } }
          : outcome,
      'drill',
    ],
  ];
  test.each(empties)('%s proves nothing', async (_what, change, missing) => {
    const sunday = await working({ now: '2026-11-22T02:30:00.000Z' });
    const bodies = goodReports(['daily', 'weekly']).map(body =>
      body.kind === 'step_finished' ? { ...body, outcome: change(body.outcome) } : body,
    );
    await say(sunday, ...bodies);
    const run = await sunday.runOf('2026-11-22');
    expect([run.state, run.failure?.detail]).toEqual(['failed', `finished without ${missing}`]);
  });

  test('a Sunday without its drill is no good Sunday, a first of the month without prune no good first', async () => {
    const sunday = await working({ now: '2026-11-22T02:30:00.000Z' });
    await say(sunday, ...goodReports([...DAILY]));
    expect((await sunday.runOf('2026-11-22')).failure?.detail).toBe('finished without reading of the data, drill');
    const first = await working({ now: '2026-12-01T02:30:00.000Z' });
    await say(first, ...goodReports(['daily', 'weekly'], LocalDate.parse('2026-12-01')));
    expect((await first.runOf('2026-12-01')).failure?.detail).toBe('finished without prune');
  });

  test('a shape that is not agreed ends it too', async () => {
    const rig = await working();
    const post = await rig.runner.sign('report', { v: 1, runId: RUN, sequence: 1, body: { kind: 'shutdown' } });
    expect(await report(rig, post)).toEqual({ ok: false, error: { error: 'misbehaved', stop: true } });
    expect((await rig.runOf(RUN)).failure?.reason).toBe('runner_misbehaved');
  });
});

describe('a report that is not the server’s', () => {
  test('changes nothing, whatever it says, and is told once', async () => {
    const rig = await working();
    const before = await rig.runOf(RUN);
    const stranger = await rig.newestRunner();
    const forged = await stranger.report({ kind: 'failed', step: 'dumping', reason: 'stopped', detail: 'forged' });
    const signedElsewhere = await rig.runner.sign('exchange', { v: 1, runId: RUN, sequence: 1 });
    const good = await rig.runner.report(progressOf('dumping', 1));
    const changed: Post = { ...good, body: new TextEncoder().encode(`${new TextDecoder().decode(good.body)} `) };
    const unsigned: Post = { ...good, signature: undefined };
    for (const post of [forged, signedElsewhere, changed, unsigned, { ...good, signature: 'AAAA' }]) {
      expect(await report(rig, post)).toEqual({ ok: false, error: { error: 'bad_signature', stop: false } });
    }
    expect(await rig.runOf(RUN)).toEqual(before);
    expect(rig.alertKinds()).toEqual(['reports_refused']);
  });

  test('of a run that is over is refused as well, and no news', async () => {
    const rig = await working();
    const stranger = await rig.newestRunner();
    await say(rig, ...goodReports([...DAILY]));
    expect(await report(rig, await stranger.report(progressOf('dumping', 1)))).toMatchObject({
      error: { error: 'bad_signature' },
    });
    expect(rig.alertKinds()).toEqual([]);
  });

  test('before a key is bound there is nobody to report', async () => {
    const rig = backupRig();
    await launch(rig, { kind: 'schedule' });
    const runner = await rig.newestRunner();
    expect(await report(rig, await runner.report(progressOf('dumping', 1)))).toMatchObject({
      error: { error: 'bad_signature' },
    });
  });

  test.each([
    ['nothing', ''],
    ['no JSON', '{"v":1,'],
    ['no run', '{"v":1}'],
    ['a path for a run', '{"v":1,"runId":"../../ops/x"}'],
  ])('%s is malformed', async (_what, text) => {
    const rig = await working();
    const post = { body: new TextEncoder().encode(text), signature: undefined };
    expect(await report(rig, post)).toEqual({ ok: false, error: { error: 'malformed', stop: false } });
  });

  test('ten megabytes are not read', async () => {
    const rig = await working();
    const post = { body: new Uint8Array(10 * 1024 * 1024), signature: undefined };
    expect(await report(rig, post)).toEqual({ ok: false, error: { error: 'too_large', stop: false } });
  });

  test('of an unknown run: the server may go', async () => {
    const rig = await working();
    const post = await rig.runner.sign('report', { v: 1, runId: '2020-01-01', sequence: 1 });
    expect(await report(rig, post)).toEqual({ ok: false, error: { error: 'unknown_run', stop: true } });
  });

  test('of a run that is over: the server may go', async () => {
    const rig = await working();
    await say(rig, ...goodReports([...DAILY]));
    expect((await rig.runOf(RUN)).state).toBe('done');
    expect(await say(rig, progressOf('restoring', 100))).toEqual([
      { ok: false, error: { error: 'run_over', stop: true } },
    ]);
    const misshapen = await rig.runner.sign('report', { v: 1, runId: RUN, sequence: 99 });
    expect(await report(rig, misshapen)).toMatchObject({ error: { error: 'run_over', stop: true } });
    expect((await rig.runOf(RUN)).state).toBe('done');
  });
});
