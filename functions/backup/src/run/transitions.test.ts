import { BackupRun, type RunState } from '@innkeeper/shared/contracts/backup/backup-run';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { BackupStep } from '@innkeeper/shared/contracts/backup/steps';
import { LocalDate, TimeZone } from '@innkeeper/shared/domain/local-time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { goodOutcome } from '../testing/scripted-runner.ts';
import { RUN_MS_MAX, stateLimitMs } from './deadlines.ts';
import { planRun } from './plan-run.ts';
import { isEnded, type RunEvent, type RunServer, transition } from './transitions.ts';

const START = new Date('2026-11-21T02:30:00.000Z');
const SERVER: RunServer = {
  id: 7,
  name: 'backup-2026-11-21',
  type: 'cx23',
  location: 'nbg1',
  addresses: ['203.0.113.7'],
  imageId: 1,
  runnerVersion: '0.1.0',
  hourlyPrice: { amount: '0.0082', currency: 'EUR' },
  createdAt: START.toISOString(),
};

const planned = (): BackupRun =>
  planRun({
    runId: RunId.parse('2026-11-21'),
    day: LocalDate.parse('2026-11-21'),
    zone: TimeZone.parse('UTC'),
    trigger: { kind: 'schedule' },
    tokenHash: '0'.repeat(64),
    now: START,
  });

const stepFinished = (step: BackupStep): RunEvent => ({
  kind: 'step_finished',
  outcome: { outcome: goodOutcome(step, ['daily']), durationMs: 1_000 },
});

const EVENTS: readonly RunEvent[] = [
  { kind: 'creation_started' },
  { kind: 'creation_postponed', reason: 'no_capacity', detail: 'sold out', nextAttemptAt: START },
  { kind: 'server_created', server: SERVER, expires: undefined },
  { kind: 'key_bound', publicKey: 'A'.repeat(43), runnerVersion: '0.1.0' },
  { kind: 'retention_granted' },
  { kind: 'progressed', progress: { step: 'dumping', percent: 1, bytesDone: 1, bytesPerSecond: 1 } },
  ...BackupStep.options.map(stepFinished),
  { kind: 'work_finished', overheadMs: 1 },
  { kind: 'failed', reason: 'deadline_passed', detail: 'too slow' },
  { kind: 'deletion_started' },
  { kind: 'server_gone', anomalies: [], cost: undefined },
  { kind: 'server_left_behind', anomalies: [] },
];

/** Where each state may lead. */
const NEXT: Record<RunState, readonly RunState[]> = {
  planned: ['creating', 'deleting'],
  creating: ['planned', 'booting', 'deleting'],
  booting: ['dumping', 'deleting'],
  dumping: ['backing_up', 'deleting'],
  backing_up: ['retaining', 'deleting'],
  retaining: ['checking', 'deleting'],
  checking: ['restoring', 'deleting'],
  restoring: ['reported', 'deleting'],
  reported: ['deleting'],
  deleting: ['done', 'failed'],
  done: [],
  failed: [],
};

const histories = fc.array(fc.record({ event: fc.constantFrom(...EVENTS), afterMs: fc.nat(3_600_000) }), {
  maxLength: 60,
});

describe('the state machine', () => {
  test('no history leaves the table, and every run on the way is one that can be stored', () => {
    fc.assert(
      fc.property(histories, history => {
        let run = planned();
        let now = START;
        for (const { event, afterMs } of history) {
          now = new Date(now.getTime() + afterMs);
          const moved = transition(run, event, now);
          if (!moved.ok) continue;
          const next = moved.value;
          expect(next.state === run.state || NEXT[run.state].includes(next.state)).toBe(true);
          expect(BackupRun.safeParse(next).success).toBe(true);
          expect(next.failure === undefined || run.failure === undefined || next.failure === run.failure).toBe(true);
          run = next;
        }
      }),
    );
  });

  test('what has ended does not change', () => {
    fc.assert(
      fc.property(fc.constantFrom('done', 'failed'), fc.constantFrom(...EVENTS), (state, event) => {
        const ended = { ...planned(), state } as const;
        expect(isEnded(ended)).toBe(true);
        expect(transition(ended, event, START)).toMatchObject({ ok: false, error: { kind: 'not_allowed', state } });
      }),
    );
  });

  test('every living state has a deadline that is neither in the past nor later than the state allows', () => {
    fc.assert(
      fc.property(histories, history => {
        let run = planned();
        let now = START;
        for (const { event } of history) {
          const moved = transition(run, event, now);
          if (!moved.ok) continue;
          run = moved.value;
          if (isEnded(run) || run.state === 'done' || run.state === 'failed') continue;
          const leftMs = Date.parse(run.stateDeadline) - Date.parse(run.stateSince);
          expect(leftMs).toBeLessThanOrEqual(stateLimitMs(run.state, run.types));
          expect(Date.parse(run.stateDeadline)).toBeGreaterThanOrEqual(now.getTime());
          // The next event comes before the deadline does, or the sweep would have come first.
          now = new Date(now.getTime() + Math.max(0, Math.min(60_000, Date.parse(run.stateDeadline) - now.getTime())));
        }
      }),
    );
  });

  test('the good way, with the failure that any state before the end may take', () => {
    const way: RunEvent[] = [
      { kind: 'creation_started' },
      { kind: 'server_created', server: SERVER, expires: undefined },
      { kind: 'key_bound', publicKey: 'A'.repeat(43), runnerVersion: '0.1.0' },
      ...BackupStep.options.map(stepFinished),
      { kind: 'work_finished', overheadMs: 4 },
      { kind: 'deletion_started' },
      { kind: 'server_gone', anomalies: [], cost: undefined },
    ];
    const seen: RunState[] = [];
    let run = planned();
    for (const event of way) {
      seen.push(run.state);
      const failing = transition(run, { kind: 'failed', reason: 'stopped', detail: '' }, START);
      const mayFail = run.state !== 'reported' && run.state !== 'deleting';
      expect(failing.ok && failing.value.failure).toEqual(
        mayFail ? { reason: 'stopped', detail: '', at: START.toISOString(), during: run.state } : false,
      );
      const moved = transition(run, event, START);
      if (!moved.ok) throw new Error(`${event.kind} while ${run.state}`);
      run = moved.value;
    }
    expect(seen).toEqual([
      'planned',
      'creating',
      'booting',
      ...BackupStep.options,
      // Its last step is told before its end is.
      'restoring',
      'reported',
      'deleting',
    ]);
    expect(run.state).toBe('done');
  });

  test('waiting for a server has one deadline, however often it is tried or taken over', () => {
    const start = (run: BackupRun, minute: number): BackupRun => {
      const moved = transition(run, { kind: 'creation_started' }, minutes(minute));
      if (!moved.ok) throw new Error('cannot start');
      return moved.value;
    };
    const first = start(planned(), 0);
    const again = start(first, 5);
    expect([again.creation.attempts, again.stateDeadline]).toEqual([2, first.stateDeadline]);
    expect(again.runDeadline).toBe(first.runDeadline);
    const waiting = transition(
      again,
      { kind: 'creation_postponed', reason: 'no_capacity', detail: 'sold out', nextAttemptAt: minutes(15) },
      minutes(10),
    );
    expect(waiting.ok && waiting.value.stateDeadline).toBe(minutes(180).toISOString());
    // The server has its six hours from its order on.
    expect(waiting.ok && start(waiting.value, 60).runDeadline).toBe(
      new Date(minutes(60).getTime() + RUN_MS_MAX).toISOString(),
    );
  });

  test('an adopted server that is to go earlier brings the run’s deadline forward', () => {
    const creating = transition(planned(), { kind: 'creation_started' }, START);
    if (!creating.ok) throw new Error('cannot start');
    const booting = transition(creating.value, { kind: 'server_created', server: SERVER, expires: minutes(30) }, START);
    expect(booting.ok && booting.value.runDeadline).toBe(minutes(30).toISOString());
  });
});

const minutes = (count: number): Date => new Date(START.getTime() + count * 60_000);
