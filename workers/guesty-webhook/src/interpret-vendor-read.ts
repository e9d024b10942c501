import { GuestyReservation, reservationIdOf } from '@innkeeper/shared/adapters/guesty/payload';
import { VendorRead } from '@innkeeper/shared/contracts/vendor-read';
import type { Interpretation, ReceivedDelivery } from '@innkeeper/shared/ingest/delivery-source';
import type { ChangePart } from '@innkeeper/shared/ingest/record-change';
import type * as z from 'zod/mini';
import { buildChange, type ChangeOrigin, type Dated, readPart } from './build-change.ts';
import { interpretPost } from './interpret-message.ts';
import { type GuestySubject, markToRead } from './marks.ts';
import { normaliseGuest } from './normalise-guest.ts';
import { normaliseListing } from './normalise-listing.ts';
import { normaliseReservation } from './normalise-reservation.ts';
import { normaliseTask } from './normalise-task.ts';
import { CalendarDifference, GuestThing, ListingThing, TaskThing } from './payload.ts';
import type { GuestyPorts } from './ports.ts';
import { unexpected } from './unexpected.ts';

/** A thing as one of the vendor's lists showed it, by the same mapping as a single read. I/O: the lookup of bookings. */
export async function interpretVendorRead(ports: GuestyPorts, received: ReceivedDelivery): Promise<Interpretation> {
  const parsed = VendorRead.safeParse(received.payload);
  if (!parsed.success) return unexpected(parsed.error);
  const { kind, value, purpose } = parsed.data;
  const origin = readOrigin(received, parsed.data);
  const isFirstFill = purpose === 'backfill';
  switch (kind) {
    case 'listing':
      return understand(origin, ListingThing, value, listing => ({
        kind,
        id: listing._id,
        facts: normaliseListing(listing),
        reads: ['calendar'],
      }));
    case 'guest':
      return understand(origin, GuestThing, value, guest => ({
        kind,
        id: guest._id,
        facts: normaliseGuest(guest._id, guest),
      }));
    case 'task':
      return understand(origin, TaskThing, value, task => ({
        kind,
        id: task._id,
        facts: normaliseTask(task._id, task),
      }));
    case 'reservation':
      return understand(origin, GuestyReservation, value, reservation => ({
        kind,
        id: reservationIdOf(reservation) ?? '',
        facts: normaliseReservation(reservation),
        // A first fill walks homes, guests and messages by themselves; a booking found missing brings them with it.
        reads: isFirstFill ? [] : ['reservation'],
      }));
    case 'guest-message':
      return interpretPost(ports, origin, value);
    case 'calendar-block':
      return understandCalendar(origin, value);
    case 'call':
    case 'text-message':
    case 'contact':
    case 'payment':
    case 'team-member':
    case 'phone-line':
    case 'integration':
      return unexpected({ issues: [{ path: ['kind'] }] });
  }
}

/** The list showed that the blocks of a home are not what the records say: reads alone write blocks. */
function understandCalendar(origin: ChangeOrigin, value: unknown): Interpretation {
  const parsed = CalendarDifference.safeParse(value);
  if (!parsed.success) return unexpected(parsed.error);
  return { kind: 'understood', changes: [], marks: [markToRead(origin, 'calendar', parsed.data.listingId)] };
}

interface Understood {
  readonly kind: 'listing' | 'guest' | 'task' | 'reservation';
  readonly id: string;
  readonly facts: NonNullable<ChangePart['facts']>;
  readonly reads?: readonly GuestySubject[];
}

function understand<T extends Dated>(
  origin: ChangeOrigin,
  schema: z.ZodMiniType<T>,
  value: unknown,
  describe: (thing: T) => Understood,
): Interpretation {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return unexpected(parsed.error);
  const { kind, id, facts, reads = [] } = describe(parsed.data);
  if (id === '') return unexpected({ issues: [{ path: ['value', 'reservationId'] }] });
  return {
    kind: 'understood',
    changes: [buildChange(origin, kind, id, [readPart(parsed.data, facts, origin.observedAtMs)])],
    marks: reads.map(subject => markToRead(origin, subject, id)),
  };
}

function readOrigin({ delivery }: ReceivedDelivery, { event, purpose, readBeganAt }: VendorRead): ChangeOrigin {
  const { eventId, receivedAt } = delivery;
  return { cause: { eventId, event, receivedAt }, via: purpose, observedAtMs: Date.parse(readBeganAt) };
}
