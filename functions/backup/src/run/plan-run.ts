import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import type { LocalDate, TimeZone } from '@innkeeper/shared/domain/local-time';
import { typesOf } from './calendar.ts';
import { inMs, RUN_MS_MAX, stateLimitMs } from './deadlines.ts';

/** A run at its beginning: nothing has been ordered yet. Pure. */
export function planRun(plan: {
  readonly runId: RunId;
  readonly day: LocalDate;
  readonly zone: TimeZone;
  readonly trigger: BackupRun['trigger'];
  readonly tokenHash: string;
  readonly now: Date;
}): BackupRun {
  const { runId, day, zone, trigger, tokenHash, now } = plan;
  const at = now.toISOString();
  const types = typesOf(day);
  return {
    v: 1,
    runId,
    day,
    zone,
    types,
    trigger,
    state: 'planned',
    createdAt: at,
    stateSince: at,
    stateDeadline: inMs(now, stateLimitMs('planned', types)),
    runDeadline: inMs(now, RUN_MS_MAX),
    creation: { attempts: 0 },
    // Good for nothing before there is a server.
    credential: { tokenHash, expiresAt: at },
    lastSequence: 0,
    outcomes: [],
    anomalies: [],
    told: {},
  };
}
