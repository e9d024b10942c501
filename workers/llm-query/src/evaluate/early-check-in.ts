import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import { addDays } from '@innkeeper/shared/domain/local-time';
import type { KnownByHome, Readiness } from './readiness.ts';
import { readinessFor } from './readiness.ts';
import type { StayEvent } from './stay-events.ts';

type Block = RecordOf<'calendar-block'>;

/** What the records say of coming in at an hour: who leaves when, what work is open, what nobody recorded. Pure. */
export interface EarlyCheckIn {
  readonly readiness: Readiness;
  /** The home is blocked in the night before: nobody recorded when that ends. */
  readonly blocks: readonly Block[];
  readonly verdict:
    | 'as_planned'
    /** The guest before leaves at that hour or later, and is not recorded as gone. */
    | 'occupied'
    | Readiness['state'];
}

export function earlyCheckIn(
  arrival: StayEvent,
  at: string,
  known: KnownByHome & { readonly blocks: readonly Block[] },
): EarlyCheckIn {
  const readiness = readinessFor(arrival, known);
  const before = addDays(arrival.date, -1);
  const blocks = known.blocks.filter(
    ({ facts }) => facts.listingId === arrival.home.id && facts.from <= before && facts.to >= before,
  );
  return { readiness, blocks, verdict: verdictOf(readiness, at, blocks) };
}

function verdictOf(
  { arrival, previous, state }: Readiness,
  at: string,
  blocks: readonly Block[],
): EarlyCheckIn['verdict'] {
  if (arrival.time !== undefined && arrival.time.at <= at) return 'as_planned';
  const leaves =
    previous?.stay.checkOut === arrival.date && previous.booking.status !== 'checked_out'
      ? previous.stay.departure
      : undefined;
  if (leaves !== undefined && leaves.at >= at) return 'occupied';
  return state === 'ready' && blocks.length > 0 ? 'not_recorded' : state;
}
