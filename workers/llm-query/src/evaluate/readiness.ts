import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import { addDays } from '@innkeeper/shared/domain/local-time';
import type { Booking } from './bookings.ts';
import type { Homes } from './homes.ts';
import type { Asked, StayEvent } from './stay-events.ts';
import { arrivals } from './stay-events.ts';
import type { StayOf } from './subject.ts';
import type { TaskLine } from './tasks.ts';
import { kindOf, taskLine } from './tasks.ts';

/** How far back a previous departure is looked for: longer ago, nothing about it says whether a home is ready. */
export const PREVIOUS_DEPARTURE_DAYS = 30;

/** An arrival with what is recorded about the home being ready for it. Absent means: not recorded. Pure. */
export interface Readiness {
  readonly arrival: StayEvent;
  readonly previous?: StayOf;
  readonly tasks: readonly TaskLine[];
  /** `ready` only where a stay status or the calendar says the home is empty and a task says it is clean. */
  readonly state: 'ready' | 'not_ready' | 'not_recorded';
  readonly reasons: readonly NotReady[];
}

export type NotReady =
  | { readonly kind: 'task_open'; readonly task: TaskLine }
  /** The previous guest is recorded as checked in and not as checked out, whatever day they should have left. */
  | { readonly kind: 'still_in' }
  | { readonly kind: 'departure_not_recorded' }
  | { readonly kind: 'cleaning_not_recorded' };

export function readiness(
  bookings: readonly Booking[],
  tasks: readonly RecordOf<'task'>[],
  asked: Asked,
  homes: Homes,
): Readiness[] {
  const known = byHome(bookings, tasks, homes);
  return arrivals(bookings, asked).map(arrival => readinessFor(arrival, known));
}

/** Sorted out once: of 300 homes each would otherwise look through the stays and the work of all. */
export interface KnownByHome {
  readonly stays: ReadonlyMap<string, readonly StayOf[]>;
  readonly tasks: ReadonlyMap<string | undefined, readonly TaskLine[]>;
}

export const byHome = (
  bookings: readonly Booking[],
  tasks: readonly RecordOf<'task'>[],
  homes: Homes,
): KnownByHome => ({
  stays: Map.groupBy(
    bookings.flatMap(booking => booking.stays.map(stay => ({ booking, stay }))),
    ({ stay }) => stay.home.id,
  ),
  tasks: Map.groupBy(
    tasks.map(task => taskLine(task, homes)),
    ({ home }) => home?.id,
  ),
});

export function readinessFor(arrival: StayEvent, known: KnownByHome): Readiness {
  const { home } = arrival.stay;
  const earliest = addDays(arrival.date, -PREVIOUS_DEPARTURE_DAYS);
  const previous = (known.stays.get(home.id) ?? [])
    .filter(
      ({ booking, stay }) =>
        booking.standing === 'stay' &&
        stay !== arrival.stay &&
        stay.checkOut <= arrival.date &&
        stay.checkOut >= earliest,
    )
    .sort((left, right) => right.stay.checkOut.localeCompare(left.stay.checkOut))[0];
  const since = previous?.stay.checkOut ?? earliest;
  const tasks = (known.tasks.get(home.id) ?? []).filter(({ due, state }) => {
    if (state === 'dropped') return false;
    // Done at a time nobody recorded: that may have been for any guest before.
    if (due === undefined) return state === 'open';
    return due.date >= since && due.date <= arrival.date;
  });
  const reasons = [...departureReasons(previous), ...workReasons(tasks)];
  return { arrival, ...(previous === undefined ? {} : { previous }), tasks, reasons, state: stateOf(reasons) };
}

/** On the day itself only the stay status tells; later it does where it says that they are still there. */
function departureReasons(previous: Readiness['previous']): NotReady[] {
  if (previous === undefined || previous.booking.status === 'checked_out') return [];
  const { stay, booking } = previous;
  // Who moves on to another home stays "checked in" with the whole booking.
  if (booking.status === 'checked_in' && !stay.movesTo) return [{ kind: 'still_in' }];
  return stay.checkOut < stay.home.today ? [] : [{ kind: 'departure_not_recorded' }];
}

function workReasons(tasks: readonly TaskLine[]): NotReady[] {
  const open = tasks.filter(({ state }) => state === 'open').map((task): NotReady => ({ kind: 'task_open', task }));
  if (open.length > 0) return open;
  const isCleaned = tasks.some(({ record }) => kindOf(record.facts.title) === 'cleaning');
  return isCleaned ? [] : [{ kind: 'cleaning_not_recorded' }];
}

function stateOf(reasons: readonly NotReady[]): Readiness['state'] {
  if (reasons.some(({ kind }) => kind === 'task_open' || kind === 'still_in')) return 'not_ready';
  return reasons.length > 0 ? 'not_recorded' : 'ready';
}
