import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import type { Plan } from '@innkeeper/shared/domain/plan';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { bookingsIn, standingBookings } from '../evaluate/bookings.ts';
import type { Homes } from '../evaluate/homes.ts';
import { arrivals, departures, nights } from '../evaluate/stay-events.ts';
import type { ChatEvidence } from './chat-evidence.ts';
import type { MeantGuests } from './free-search.ts';
import type { RetrievalError } from './retrieval-error.ts';
import type { RetrievalPorts } from './retrieve.ts';
import { retrieve } from './retrieve.ts';

/** The guests whom a mixed question means ("Saturday's arrivals who asked …"), complete. I/O through ports. */
const MOVEMENTS = {
  arriving: { kind: 'arrivals', events: arrivals },
  leaving: { kind: 'departures', events: departures },
  staying: { kind: 'in_house', events: nights },
} as const;

/** Undefined where the question means no guests by their stays. */
export async function meantGuests(
  { whose, when, homes: named }: Pick<Extract<Plan, { kind: 'search' }>, 'whose' | 'when' | 'homes'>,
  homes: Homes,
  ports: RetrievalPorts,
): Promise<Result<MeantGuests | undefined, RetrievalError>> {
  if (whose === undefined || when === undefined) return ok(undefined);
  const { kind, events } = MOVEMENTS[whose];
  const retrieved = await retrieve({ kind, when, homes: named, form: 'count' }, homes, ports);
  if (!retrieved.ok) return retrieved;
  const standing = standingBookings({ homes, records: retrieved.value.records });
  return ok({ whose, bookings: bookingsIn(events(standing, { when, homes: named })) });
}

/** Names are shared: a call belongs to the guest its number is linked to. */
export const isOf =
  ({ bookings }: MeantGuests) =>
  (cited: BusinessRecord | ChatEvidence): boolean =>
    (cited.kind !== 'call' && cited.kind !== 'text-message') ||
    cited.facts.guests?.some(({ id }) => bookings.some(({ guestId }) => guestId === id)) === true;
