import { BackupFailure } from '@innkeeper/shared/contracts/backup/failure';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { TimeZone } from '@innkeeper/shared/domain/local-time';
import { expect, it } from 'vitest';
import type { BackupAlert } from '../ports.ts';
import { exampleRun } from '../testing/example-run.ts';
import { describeAlert } from './describe-alert.ts';

const zone = TimeZone.parse('Europe/Lisbon');
const runId = RunId.parse('2026-11-22');

it.each<[BackupAlert, string]>([
  [
    { kind: 'backup_missed', day: '2026-07-01', dueAt: '2026-07-01T01:30:00.000Z', cause: { kind: 'not_started' } },
    'The backup of 2026-07-01 was due at 2026-07-01 02:30 and nobody started it.',
  ],
  [
    {
      kind: 'backup_missed',
      day: '2026-11-22',
      dueAt: '2026-11-22T02:30:00.000Z',
      cause: { kind: 'waits', behind: RunId.parse('2026-11-21-manual-1') },
    },
    'The backup of 2026-11-22 was due at 2026-11-22 02:30 and waits for run 2026-11-21-manual-1 to end.',
  ],
  [
    {
      kind: 'backup_missed',
      day: '2026-11-22',
      dueAt: '2026-11-22T02:30:00.000Z',
      cause: { kind: 'unreadable', runId },
    },
    'The backup of 2026-11-22 was due at 2026-11-22 02:30 and the document of run 2026-11-22 cannot be read.',
  ],
  [
    { kind: 'recovery_point_exceeded', lastGoodAt: '2026-11-20T03:00:00.000Z', ageMs: 48 * 3_600_000 },
    'The newest good backup is of 2026-11-20 03:00, 2 days ago.',
  ],
  [{ kind: 'recovery_point_exceeded', lastGoodAt: undefined, ageMs: undefined }, 'There is no good backup yet.'],
  [
    { kind: 'restore_unproven', lastDrillAt: undefined },
    'It has never been proven that the databases can be rebuilt from a backup.',
  ],
  [
    { kind: 'restore_unproven', lastDrillAt: '2026-11-08T03:00:00.000Z' },
    'The databases were last rebuilt from a backup on 2026-11-08 03:00.',
  ],
  [
    { kind: 'server_undeletable', serverId: 42, name: 'backup-2026-11-22', detail: 'protected' },
    'The backup server backup-2026-11-22 (42) cannot be deleted: protected.',
  ],
  [
    {
      kind: 'size_anomaly',
      run: exampleRun({
        anomalies: [
          { source: 'files', measure: 'bytes', value: 1e9, median: 4e9 },
          { source: 'files', measure: 'files', value: 1, median: 41_200.5 },
        ],
      }),
    },
    'Backup 2026-11-22 is unusual: files has 1 GB, usually 4 GB; files has 1 file, usually 41,201.',
  ],
  [
    { kind: 'runner_outdated', version: '0.0.9' },
    'The newest snapshot of the backup server holds runner 0.0.9, which is too old.',
  ],
  [
    { kind: 'runner_outdated', version: undefined },
    'The newest snapshot of the backup server does not say which runner it holds.',
  ],
  [
    { kind: 'token_misused', runId, problem: 'wrong_token' },
    'Somebody else than its server asked for the secrets of 2026-11-22: wrong_token.',
  ],
  [{ kind: 'reports_refused', runId, problem: 'bad_signature' }, 'A report for 2026-11-22 was refused: bad_signature.'],
  [
    { kind: 'launch_waiting', runId, problem: 'no capacity for cx23@nbg1' },
    'Backup 2026-11-22 is waiting for a server: no capacity for cx23@nbg1.',
  ],
  [{ kind: 'cloud_unreachable', detail: 'HTTP 503' }, 'Hetzner’s list of servers cannot be read: HTTP 503.'],
  [
    { kind: 'telling_failed', channel: 'dead_man', detail: 'it answered 500' },
    'Telling people by dead_man failed: it answered 500.',
  ],
])('$kind is one sentence', (alert, sentence) => {
  expect(describeAlert(alert, zone).sentence).toBe(sentence);
});

it.each(BackupFailure.options)('%s says what to do', reason => {
  const failure = { reason, detail: 'x', at: '2026-11-22T02:50:00.000Z', during: 'dumping' } as const;
  const { sentence, action } = describeAlert({ kind: 'backup_failed', run: exampleRun({ failure }) }, zone);
  expect(sentence).toMatch(/^Backup 2026-11-22 failed while dumping: \S.*[^.]\.$/u);
  expect(action).toMatch(/^[A-Z].*\.$/su);
});
