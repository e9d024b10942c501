import type { GuestyMoment, GuestyNamed, GuestyTask } from '@innkeeper/shared/adapters/guesty/payload';
import { ListingId, ReservationId } from '@innkeeper/shared/domain/ids';
import type { PartialFacts } from '@innkeeper/shared/ingest/record-change';
import { toInstant } from './normalise-moment.ts';

/** A task as Guesty describes it (event, single, row of the list) to facts. Of its three times only one is set. Pure. */
export function normaliseTask(taskId: string, task: GuestyTask): PartialFacts<'task'> {
  return {
    taskId,
    title: task.title?.trim() || task.taskTitle?.trim() || undefined,
    status: task.status?.trim() || undefined,
    listingId: cleared(task.listingId) ?? ListingId.safeParse(task.listingId ?? idOf(task.listing)).data,
    reservationId:
      cleared(task.reservationId) ?? ReservationId.safeParse(task.reservationId ?? idOf(task.reservation)).data,
    assignee: assigneeOf(task),
    startsAt: instant(task.startTime === undefined ? task.scheduledFor : task.startTime),
    canStartAfter: instant(task.canStartAfter),
    mustFinishBefore: instant(task.mustFinishBefore),
  };
}

/** Sent empty: there is none. */
const cleared = (value: string | null | undefined): null | undefined => (value === null ? null : undefined);

const instant = (moment: GuestyMoment): string | null | undefined => (moment === null ? null : toInstant(moment));

const idOf = (named: GuestyNamed): string | null | undefined =>
  typeof named === 'string'
    ? isObjectId(named)
      ? named
      : undefined
    : (named?._id ?? named?.id ?? named?.listingId ?? named?.reservationId);

/** A name; the id of a person tells nobody anything. */
function assigneeOf({ assigneeName, assignee }: GuestyTask): string | null | undefined {
  if (assigneeName?.trim()) return assigneeName.trim();
  if (assignee === null) return null;
  const name =
    typeof assignee === 'string' ? assignee : (assignee?.fullName ?? assignee?.assigneeFullName ?? assignee?.firstName);
  return name?.trim() && !isObjectId(name.trim()) ? name.trim() : undefined;
}

const isObjectId = (text: string): boolean => /^[0-9a-f]{24}$/u.test(text);
