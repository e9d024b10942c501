import type { ActiveRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { BackupPorts } from '../backup-ports.ts';
import type { BackupAlert } from '../ports.ts';
import { lastDue } from '../run/calendar.ts';
import { DRILL_AGE_MS_MAX, RECOVERY_POINT_MS_MAX } from './limits.ts';

/** Raises the alarm, once a day, for as long as nothing newer proves that the company could be restored. */
export async function watchProofs(
  { telling, settings, now }: BackupPorts,
  active: ActiveRun,
  since: Date,
): Promise<void> {
  const overdue = overdueProofs(active, since, now());
  if (overdue.length === 0) return;
  const { day } = lastDue(settings, now());
  for (const alert of overdue) await telling.alert(alert, `${alert.kind}:${day}`);
}

/** `since`: from when on somebody watched. Pure. */
export function overdueProofs({ runId, lastGood, lastDrillAt }: ActiveRun, since: Date, now: Date): BackupAlert[] {
  const ageOf = (instant: string | undefined): number =>
    now.getTime() - (instant === undefined ? since.getTime() : Date.parse(instant));
  const lastGoodAt = lastGood?.endedAt;
  // A run at work has deadlines of its own, and is about to change this.
  const isPointOld = runId === undefined && ageOf(lastGoodAt) > RECOVERY_POINT_MS_MAX;
  const isDrillOld = ageOf(lastDrillAt) > DRILL_AGE_MS_MAX;
  const ageMs = lastGoodAt === undefined ? undefined : ageOf(lastGoodAt);
  return [
    ...(isPointOld ? [{ kind: 'recovery_point_exceeded', lastGoodAt, ageMs } as const] : []),
    ...(isDrillOld ? [{ kind: 'restore_unproven', lastDrillAt } as const] : []),
  ];
}
