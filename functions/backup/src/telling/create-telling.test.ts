import { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { LocalTime, TimeZone } from '@innkeeper/shared/domain/local-time';
import { createLog } from '@innkeeper/shared/log/log';
import type { StoreError } from '@innkeeper/shared/ports/document-store';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryTeamChat } from '@innkeeper/shared/testing/in-memory-team-chat';
import { describe, expect, it } from 'vitest';
import type { BackupAlert } from '../ports.ts';
import { nextDue } from '../run/calendar.ts';
import { exampleRun } from '../testing/example-run.ts';
import { inMemoryDeadMan } from '../testing/in-memory-dead-man.ts';
import { createTelling } from './create-telling.ts';

const ROOM = 'backups';
const NOW = new Date('2026-11-22T03:06:00.000Z');
const LISBON = TimeZone.parse('Europe/Lisbon');

function people() {
  const lines: Record<string, unknown>[] = [];
  const chat = inMemoryTeamChat();
  chat.addRoom(ROOM, 'private');
  let storeFault: StoreError | undefined;
  const store = inMemoryDocumentStore({
    now: () => NOW.getTime(),
    fault: ({ phase }) => (phase === 'before' ? storeFault : undefined),
  });
  const deadMan = inMemoryDeadMan({ now: () => NOW.getTime() });
  const telling = createTelling({
    chat,
    roomId: ROOM,
    deadMan,
    store,
    log: createLog('backup', line => lines.push(JSON.parse(line) as Record<string, unknown>)),
    now: () => NOW,
    zone: LISBON,
    nextDueAt: after => nextDue({ zone: LISBON, time: LocalTime.parse('02:30') }, after).at,
  });
  return {
    telling,
    chat,
    deadMan,
    store,
    said: () => chat.messages.map(({ text }) => text),
    events: () => lines.map(({ severity, event }) => `${String(severity)} ${String(event)}`),
    lines,
    breakStore: (isBroken: boolean) => {
      storeFault = isBroken ? { kind: 'unavailable', detail: 'down' } : undefined;
    },
  };
}

const failed = (changes: Partial<BackupRun> = {}): BackupRun =>
  exampleRun({
    runId: RunId.parse('2026-11-23'),
    types: ['daily'],
    state: 'failed',
    failure: {
      reason: 'vault_unavailable',
      detail: 'the vault answered 503 for 30 min, see @all `x`',
      at: '2026-11-23T02:50:00.000Z',
      during: 'backing_up',
    },
    endedAt: '2026-11-23T02:52:00.000Z',
    outcomes: [],
    ...changes,
  });

const ALERT: BackupAlert = { kind: 'server_orphaned', serverId: 42, name: 'backup-2026-11-20' };

describe('a good run', () => {
  it('is one line in chat, one in the log, a good word to the outside watch, and the summary', async () => {
    const { telling, said, events, deadMan, store } = people();

    expect(await telling.runEnded(exampleRun())).toEqual(['log', 'dead_man', 'summary', 'chat']);

    expect(said()).toEqual([
      'Backup 2026-11-22 ✓ 4 snapshots, 12.3 GB (+205 MB) in 34 min · read back 143 files · all rebuilt in 11 min · ' +
        'kept 21 · 0.01 EUR',
    ]);
    expect(events()).toEqual(['INFO backup.run_ended']);
    expect(deadMan.pings).toMatchObject([{ signal: 'good', runId: '2026-11-22' }]);
    expect(store.documents.get('backupStatus/summary')?.fields).toMatchObject({
      lastGood: { runId: '2026-11-22' },
      nextDueAt: '2026-11-23T02:30:00.000Z',
    });
  });

  it('does not hide that its server could not be deleted', async () => {
    const { telling, said } = people();
    const run = exampleRun();
    await telling.runEnded({ ...run, server: run.server && { ...run.server, goneAt: undefined }, cost: undefined });
    expect(said()[0]?.split('\n')).toEqual([
      expect.stringMatching(/^Backup 2026-11-22 ✓ .* · kept 21$/u),
      '⚠ The server backup-2026-11-22 (42000001) is still there and is being deleted.',
    ]);
  });

  it('is not said again by whoever knows what was told, nor posted twice by whoever does not', async () => {
    const { telling, said, deadMan, events } = people();
    const told = Object.fromEntries((await telling.runEnded(exampleRun())).map(name => [name, NOW.toISOString()]));

    expect(await telling.runEnded(exampleRun({ told }))).toEqual(['log', 'dead_man', 'summary', 'chat']);
    expect(events()).toHaveLength(1);
    expect(deadMan.pings).toHaveLength(1);

    await telling.runEnded(exampleRun());
    expect(said()).toHaveLength(1);
  });

  it('says beside it what is unusual', async () => {
    const { telling, said, events } = people();
    await telling.runEnded(exampleRun({ anomalies: [{ source: 'files', measure: 'bytes', value: 8e9, median: 3e9 }] }));
    expect(said()[1]).toBe(
      '⚠ Backup 2026-11-22 is unusual: files has 8 GB, usually 3 GB.\n' +
        'Next: Ask whether that much was added or deleted on purpose. Older backups still hold what is gone.',
    );
    expect(events()).toEqual(['INFO backup.run_ended', 'WARNING alert.size_anomaly']);
  });
});

describe('a failed run', () => {
  it('says what failed, since when, what is safe, where the server is, and what to do', async () => {
    const { telling, said, events, deadMan } = people();
    await telling.runEnded(exampleRun());
    await telling.runEnded(failed());

    expect(said()[1]?.split('\n')).toEqual([
      '✗ Backup 2026-11-23 failed while backing_up: the vault could not be reached for too long.',
      'Since 2026-11-23 02:50 · `vault_unavailable` · `the vault answered 503 for 30 min, see @all ’x’`',
      'Safe: backup 2026-11-22 is good, finished 2026-11-22 03:05 (at most the last 35 min would be lost; ' +
        'everything was back in 11 min at the drill 60 s ago). The server is gone since 2026-11-22 03:05.',
      'Next: Look at the status of Cloudflare. It is tried again by itself after 2026-11-23 03:07.',
    ]);
    expect(events().slice(1)).toEqual(['ERROR backup.run_ended', 'ERROR alert.backup_failed']);
    expect(deadMan.alarms()).toMatchObject([{ why: 'failed' }]);
  });

  it.each([
    ['by hand', { runId: '2026-11-23-manual-1', trigger: { kind: 'manual', reason: 'x', acceptSmaller: false } }],
    ['the second retry', { runId: '2026-11-23-retry-2', trigger: { kind: 'retry', of: '2026-11-23-retry-1' } }],
    ['shortly before the next night', { endedAt: '2026-11-23T22:40:00.000Z' }],
  ])('that is not tried again says so, whatever its reason: %s', async (_which, changes) => {
    const { telling, said } = people();
    await telling.runEnded(BackupRun.parse({ ...failed(), day: '2026-11-23', ...changes }));
    expect(said()[0]).toContain('It is not tried again by itself');
  });

  it('says so where nothing is safe, and a person has to start the next one', async () => {
    const { telling, said } = people();
    const failure = { ...failed().failure, reason: 'repository_wrong_password', detail: 'x' } as BackupRun['failure'];
    await telling.runEnded(failed({ failure, server: undefined }));
    expect(said()[0]).toContain('Safe: no good backup exists yet. No server is known; one that shows up is deleted.');
    expect(said()[0]).toContain('It is not tried again by itself');
  });

  it('says that the server is still there', async () => {
    const { telling, said } = people();
    const run = failed();
    await telling.runEnded({ ...run, server: run.server && { ...run.server, goneAt: undefined } });
    expect(said()[0]).toContain('The server backup-2026-11-22 (42000001) is still there and is being deleted.');
  });
});

describe('a way of telling that fails', () => {
  it('is an alert by the others: chat', async () => {
    const { telling, chat, deadMan, events, said } = people();
    chat.failWith({ kind: 'unavailable', detail: 'down' });

    expect(await telling.runEnded(exampleRun())).toEqual(['log', 'dead_man', 'summary']);
    expect(events()).toEqual(['INFO backup.run_ended', 'ERROR alert.telling_failed']);
    expect(deadMan.pings).toHaveLength(1);

    chat.failWith(undefined);
    expect(await telling.runEnded(exampleRun({ told: { log: NOW.toISOString() } }))).toContain('chat');
    expect(said()).toHaveLength(1);
  });

  it('is an alert by the others: the outside watch', async () => {
    const { telling, deadMan, said } = people();
    deadMan.setReachable(false);

    expect(await telling.runEnded(exampleRun())).toEqual(['log', 'summary', 'chat']);
    expect(said()).toEqual([
      expect.stringMatching(/^✗ Telling people by dead_man failed: .*\nNext: .*`DEAD_MAN_URL`\.$/u),
      expect.stringMatching(/^Backup 2026-11-22 ✓/u),
    ]);
  });

  it('is no news any more when a newer run has spoken: the outside watch', async () => {
    const { telling, deadMan } = people();
    await telling.runEnded(failed());
    expect(await telling.runEnded(exampleRun())).toContain('dead_man');
    expect(deadMan.pings).toMatchObject([{ signal: 'failed', runId: '2026-11-23' }]);
  });

  it('does not keep the others waiting: Firestore', async () => {
    const { telling, breakStore, deadMan, said, events } = people();
    breakStore(true);

    expect(await telling.runEnded(failed())).toEqual(['log', 'dead_man', 'chat']);
    expect(said()[0]).toContain('the list of backups cannot be read now');
    expect(deadMan.pings).toHaveLength(1);

    await telling.alert(ALERT, 'server_orphaned-42');
    expect(said()).toHaveLength(2);
    expect(events()).toContain('WARNING alert.server_orphaned');
  });

  it('is none where no outside watch is configured', async () => {
    const { store, chat } = people();
    const telling = createTelling({
      chat,
      roomId: ROOM,
      deadMan: undefined,
      store,
      log: createLog('backup', () => undefined),
      now: () => NOW,
      zone: LISBON,
      nextDueAt: after => after,
    });
    expect(await telling.runEnded(exampleRun())).toContain('dead_man');
  });
});

describe('an alert', () => {
  it('is said once for each key, in chat and in the log, with what to do', async () => {
    const { telling, said, lines } = people();
    await telling.alert(ALERT, 'server_orphaned-42');
    await telling.alert(ALERT, 'server_orphaned-42');
    await telling.alert(ALERT, 'server_orphaned/42/2026-11-23');

    expect(said()).toEqual([
      '⚠ The backup server backup-2026-11-20 (42) was left over; it is being deleted.\n' +
        'Next: Nothing, unless it comes again: then find out who else starts servers with the label `role=backup`.',
      expect.any(String),
    ]);
    expect(lines[0]).toEqual({
      severity: 'WARNING',
      deployable: 'backup',
      event: 'alert.server_orphaned',
      alert: 'server_orphaned',
      level: 'warning',
      key: 'server_orphaned-42',
      sentence: expect.any(String) as string,
      action: expect.any(String) as string,
    });
    expect(lines).toHaveLength(2);
  });

  it('reaches chat later when chat was away, without a second line in the log', async () => {
    const { telling, chat, said, events } = people();
    chat.failWith({ kind: 'unavailable', detail: 'down' });
    await telling.alert(ALERT, 'k');
    await telling.alert(ALERT, 'k');
    await telling.repeatAlerts();
    expect(said()).toEqual([]);

    chat.failWith(undefined);
    await telling.repeatAlerts();
    await telling.repeatAlerts();
    expect(said()).toEqual([expect.stringMatching(/^⚠ The backup server backup-2026-11-20 .*\nNext: /u)]);
    expect(events()).toEqual([
      'WARNING alert.server_orphaned',
      'ERROR alert.telling_failed',
      'INFO alert_message.posted',
    ]);
  });

  it('that is not there any more keeps no other from chat', async () => {
    const { telling, chat, said, store } = people();
    chat.failWith({ kind: 'unavailable', detail: 'down' });
    for (const key of ['a', 'b']) await telling.alert(ALERT, key);
    await store.commit([{ op: 'delete', path: 'backupAlerts/a' }]);
    chat.failWith(undefined);

    expect(await telling.repeatAlerts()).toEqual({ ok: true, value: undefined });
    expect(said()).toHaveLength(1);
  });
});
