import { verifyVaultToken } from '@innkeeper/shared/backup/vault-tokens';
import type { BeginReply } from '@innkeeper/shared/contracts/backup/exchange';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { describe, expect, test } from 'vitest';
import { launch } from '../launch/launch.ts';
import { report } from '../report/report.ts';
import { sweep } from '../sweep/sweep.ts';
import { type BackupRig, backupRig, RIG_SIGNING_KEY } from '../testing/backup-rig.ts';
import { exampleRun } from '../testing/example-run.ts';
import { goodReports, type Post, type ScriptedRunner } from '../testing/scripted-runner.ts';
import { exchange } from './exchange.ts';

const RUN = '2026-11-21';
const MINUTE_MS = 60_000;
const { d: _private, ...PUBLIC_KEY } = RIG_SIGNING_KEY;

async function booted(options: Parameters<typeof backupRig>[0] = {}): Promise<BackupRig & { runner: ScriptedRunner }> {
  const rig = backupRig(options);
  await launch(rig, { kind: 'schedule' });
  return Object.assign(rig, { runner: await rig.newestRunner() });
}

const ask = (rig: BackupRig, post: Post, caller = rig.newestAddress()) => exchange(rig, { ...post, caller });

async function refusalOf(rig: BackupRig, post: Post, caller?: string): Promise<string> {
  const reply = await ask(rig, post, caller);
  return reply.ok ? 'nothing' : reply.error;
}

async function begun(rig: BackupRig, post: Post): Promise<BeginReply> {
  const reply = await ask(rig, post);
  if (!reply.ok || !('protocol' in reply.value)) throw new Error('not begun');
  return reply.value;
}

describe('begin', () => {
  test('the right token from the right address gets what the night needs, and its key is the run’s', async () => {
    const rig = await booted();
    rig.databaseBackups.setNewest({ name: 'projects/p/backups/b', snapshotTime: '2026-11-20T03:00:00Z' });
    const reply = await begun(rig, rig.runner.begin());
    const run = await rig.runOf(RUN);
    expect(reply).toMatchObject({
      runId: RUN,
      deadline: run.runDeadline,
      resticPassword: 'restic-password',
      vault: { repository: 'rest:https://vault.example.com/company/', user: RUN, expiresAt: run.runDeadline },
      firestoreBackup: { name: 'projects/p/backups/b' },
      configuration: { 'traefik.yml': 'entryPoints: {}' },
      acceptSmaller: false,
      work: { drill: false, prune: false },
    });
    expect(reply.work.checkSubset).toBeUndefined();
    expect(reply.previous).toBeUndefined();
    expect(run).toMatchObject({ state: 'dumping', credential: { publicKey: rig.runner.publicKey } });
    expect(await verifyVaultToken([PUBLIC_KEY], reply.vault.token, rig.now())).toMatchObject({
      ok: true,
      value: { sub: RUN, scope: 'append', repository: 'company', snapshotsMax: 8 },
    });
  });

  test('asked again with the same key it answers again, until the first report, for five minutes', async () => {
    const rig = await booted();
    const post = rig.runner.begin();
    const first = await begun(rig, post);
    const { vault: _first, ...rest } = first;
    rig.pass(4 * MINUTE_MS);
    const again = await begun(rig, post);
    expect(again).toMatchObject(rest);
    rig.pass(2 * MINUTE_MS);
    expect(await refusalOf(rig, post)).toBe('token_expired');
    const other = await booted();
    await begun(other, other.runner.begin());
    const [progress] = goodReports(['daily']);
    if (progress !== undefined) await report(other, await other.runner.report(progress));
    expect(await refusalOf(other, other.runner.begin())).toBe('wrong_state');
  });

  test('a second key is a theft: the run fails, its server goes, people hear of it', async () => {
    const rig = await booted();
    await begun(rig, rig.runner.begin());
    const thief = await rig.newestRunner();
    expect(await refusalOf(rig, thief.begin())).toBe('token_used');
    expect(await rig.runOf(RUN)).toMatchObject({ state: 'failed', failure: { reason: 'token_stolen' } });
    expect(rig.servers.alive()).toEqual([]);
    expect(rig.alertKinds()).toContain('token_misused');
    expect(await refusalOf(rig, rig.runner.begin())).toBe('wrong_state');
  });

  test('a theft that cannot be noted is not forgotten: the server asks again, and its run fails then', async () => {
    let isAway = false;
    const store = inMemoryDocumentStore({
      fault: ({ operation, phase }) =>
        isAway && operation === 'commit' && phase === 'before' ? { kind: 'unavailable', detail: 'away' } : undefined,
    });
    const rig = await booted({ store });
    const thief = await rig.newestRunner();
    await begun(rig, thief.begin());
    isAway = true;
    expect(await refusalOf(rig, rig.runner.begin())).toBe('unavailable');
    isAway = false;
    expect(await refusalOf(rig, rig.runner.begin())).toBe('token_used');
    expect(await rig.runOf(RUN)).toMatchObject({ state: 'failed', failure: { reason: 'token_stolen' } });
  });

  test('sizes that cannot be read any more are not compared with; the night goes on', async () => {
    const store = inMemoryDocumentStore();
    const rig = await booted({ store });
    await begun(rig, rig.runner.begin());
    for (const body of goodReports(['daily'])) await report(rig, await rig.runner.report(body));
    await store.commit([{ op: 'merge', path: `backups/${RUN}`, fields: { state: 'dreaming' } }]);
    await launch(rig, { kind: 'manual', reason: 'again', acceptSmaller: false });
    expect((await begun(rig, (await rig.newestRunner()).begin())).previous).toBeUndefined();
    expect(rig.logged.join('\n')).toContain('previous_sizes.unknown');
  });

  test('the right token from elsewhere is refused and told; the server itself is not harmed', async () => {
    const rig = await booted();
    expect(await refusalOf(rig, rig.runner.begin(), '198.51.100.9')).toBe('wrong_address');
    expect(rig.alertKinds()).toEqual(['token_misused']);
    expect((await begun(rig, rig.runner.begin())).runId).toBe(RUN);
  });

  test('a wrong token changes nothing and learns nothing; of a living run it is told, once', async () => {
    const rig = await booted();
    const before = await rig.runOf(RUN);
    for (const token of ['', 'A'.repeat(43), 'x'.repeat(200)]) {
      expect(await refusalOf(rig, rig.runner.begin({ token, runner: { protocol: 99 } }))).toBe('wrong_token');
    }
    expect(await rig.runOf(RUN)).toEqual(before);
    expect(rig.alertKinds()).toEqual(['token_misused']);
  });

  test('a token ends with the boot’s deadline', async () => {
    const rig = await booted();
    rig.pass(12 * MINUTE_MS + 1);
    expect(await refusalOf(rig, rig.runner.begin())).toBe('token_expired');
    await sweep(rig);
    expect(await rig.runOf(RUN)).toMatchObject({ state: 'failed', failure: { reason: 'deadline_passed' } });
  });

  test('a server that is faster than our note of it is asked to come again', async () => {
    const rig = await booted({
      cloud: {
        fault: ({ operation, phase }) =>
          operation === 'list' || (operation === 'create' && phase === 'after')
            ? { kind: 'unavailable', detail: 'no answer' }
            : undefined,
      },
    });
    expect((await rig.runOf(RUN)).state).toBe('planned');
    expect(await refusalOf(rig, rig.runner.begin())).toBe('not_ready');
  });

  test.each([
    ['another protocol', { protocol: 2 }],
    ['an old version', { version: '0.0.9' }],
    ['no version', { version: 'latest' }],
  ])('a runner with %s ends the run by that name', async (_what, runner) => {
    const rig = await booted();
    expect(await refusalOf(rig, rig.runner.begin({ runner }))).toBe('runner_outdated');
    expect(await rig.runOf(RUN)).toMatchObject({ state: 'failed', failure: { reason: 'runner_outdated' } });
    expect(rig.alertKinds()).toContain('runner_outdated');
    expect(rig.servers.alive()).toEqual([]);
  });

  test('Firestore’s list of backups may be away', async () => {
    const rig = await booted();
    rig.databaseBackups.failWith({ kind: 'denied', detail: '403' });
    expect((await begun(rig, rig.runner.begin())).firestoreBackup).toBeUndefined();
  });

  test('what is not a request is malformed, what is too large is not even read', async () => {
    const rig = await booted();
    const post = (body: string): Post => ({ body: new TextEncoder().encode(body), signature: undefined });
    expect(await refusalOf(rig, post('[]'))).toBe('malformed');
    expect(await refusalOf(rig, post('{"v":1,"kind":"begin","runId":"../ops"}'))).toBe('malformed');
    expect(await refusalOf(rig, post(`{"v":1,"x":"${'x'.repeat(8 * 1024)}"}`))).toBe('too_large');
    const unknown = rig.runner.begin();
    const body = new TextEncoder().encode(new TextDecoder().decode(unknown.body).replace(RUN, '2026-11-20'));
    expect(await refusalOf(rig, { body, signature: undefined })).toBe('unknown_run');
  });

  test('sizes of the last good run come along, and what an operator has said', async () => {
    const rig = await booted();
    await begun(rig, rig.runner.begin());
    for (const body of goodReports(['daily'])) await report(rig, await rig.runner.report(body));
    expect((await rig.runOf(RUN)).state).toBe('done');
    await launch(rig, { kind: 'manual', reason: 'archived', acceptSmaller: true });
    const reply = await begun(rig, (await rig.newestRunner()).begin());
    expect(reply.acceptSmaller).toBe(true);
    expect(reply.previous).toEqual({
      bytes: { mongodb: 4_000_000, keycloak: 300_000, files: 8_000_000, configuration: 20_000 },
      files: { mongodb: 1, keycloak: 1, files: 412, configuration: 1 },
    });
  });
});

describe('retention', () => {
  const retaining = async (runId = RUN): ReturnType<typeof booted> => {
    const rig = await booted({ now: `${runId}T02:30:00.000Z` });
    await begun(rig, rig.runner.begin());
    for (const body of goodReports(['daily'])) {
      if ((await rig.runOf(runId)).state === 'retaining') break;
      await report(rig, await rig.runner.report(body));
    }
    return rig;
  };

  test('is granted to the run’s key while it is retaining, for half an hour, without snapshots', async () => {
    const rig = await retaining();
    const reply = await ask(rig, await rig.runner.retention());
    if (!reply.ok || !('policy' in reply.value)) throw new Error('not granted');
    expect(reply.value).toMatchObject({ policy: { keepDaily: 7, keepWeekly: 4, keepMonthly: 12 } });
    const claims = await verifyVaultToken([PUBLIC_KEY], reply.value.vault.token, rig.now());
    expect(claims).toMatchObject({ ok: true, value: { scope: 'forget', snapshotsMax: 0 } });
    expect(claims.ok && claims.value.exp * 1_000 - rig.now().getTime()).toBe(30 * MINUTE_MS);
    expect((await rig.runOf(RUN)).credential.retentionAt).toBe(rig.now().toISOString());
  });

  test('may remove packs in the night that prunes, and for longer', async () => {
    const rig = await retaining('2026-12-01');
    const reply = await ask(rig, await rig.runner.retention());
    if (!reply.ok || !('policy' in reply.value)) throw new Error('not granted');
    const claims = await verifyVaultToken([PUBLIC_KEY], reply.value.vault.token, rig.now());
    expect(claims).toMatchObject({ ok: true, value: { scope: 'maintain', snapshotsMax: 0 } });
    expect(claims.ok && claims.value.exp * 1_000 - rig.now().getTime()).toBe(90 * MINUTE_MS);
  });

  test('asked for late or again it ends no later: with the state it is for', async () => {
    const rig = await retaining();
    const { stateDeadline } = await rig.runOf(RUN);
    for (const minutes of [0, 29]) {
      rig.pass(minutes * MINUTE_MS);
      const reply = await ask(rig, await rig.runner.retention());
      expect(reply).toMatchObject({ ok: true, value: { vault: { expiresAt: stateDeadline } } });
    }
  });

  test('not before, not to another key, not to another address, not with the signature of a report', async () => {
    const rig = await booted();
    expect(await refusalOf(rig, await rig.runner.retention())).toBe('bad_signature');
    await begun(rig, rig.runner.begin());
    expect(await refusalOf(rig, await rig.runner.retention())).toBe('not_ready');
    const late = await retaining();
    expect(await refusalOf(late, await (await late.newestRunner()).retention())).toBe('bad_signature');
    expect(await refusalOf(late, { ...(await late.runner.retention()), signature: undefined })).toBe('bad_signature');
    const asReport = await late.runner.sign('report', { v: 1, kind: 'retention', runId: RUN });
    expect(await refusalOf(late, asReport)).toBe('bad_signature');
    expect(await refusalOf(late, await late.runner.retention(), '198.51.100.9')).toBe('wrong_address');
    for (const body of goodReports(['daily']).slice(6)) await report(late, await late.runner.report(body));
    expect(await refusalOf(late, await late.runner.retention())).toBe('wrong_state');
  });

  test('an unknown run has none', async () => {
    const rig = await booted();
    const foreign = await rig.runner.sign('exchange', { v: 1, kind: 'retention', runId: exampleRun().runId });
    expect(await refusalOf(rig, foreign)).toBe('unknown_run');
  });
});
