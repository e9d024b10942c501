import * as z from 'zod/mini';
import { CalendarBlock } from './calendar-block.ts';
import { Call } from './call.ts';
import { Contact } from './contact.ts';
import { Guest } from './guest.ts';
import { GuestMessage } from './guest-message.ts';
import { RecordKey, RecordSource } from './ids.ts';
import { Integration } from './integration.ts';
import { Listing } from './listing.ts';
import { Payment } from './payment.ts';
import { PhoneLine } from './phone-line.ts';
import { Reservation } from './reservation.ts';
import { Task } from './task.ts';
import { TeamMember } from './team-member.ts';
import { TextMessage } from './text-message.ts';

/**
 * Newest known state of one thing, as it stands in Firestore's `records`.
 *
 * `versions` holds the highest source version per rank (most kinds have only `state`; `hearsay` for what a lean event
 * said, `end` for a tombstone): milliseconds of the source's clock, with the stage added where that clock is coarse. Each
 * fact is replaced only by a higher (rank, version, pipelineRevision). `facts` of a tombstone (`deleted: true`) stay, so
 * that a late older event still loses.
 */
const envelope = {
  key: RecordKey,
  source: RecordSource,
  sourceId: z.string().check(z.minLength(1)),
  versions: z.record(z.string(), z.number().check(z.nonnegative())),
  /** Who owns each fact: an ordered stamp per fact, list item and tombstone, written and read by `ingest/merge-record.ts` only. */
  stamps: z.optional(z.record(z.string(), z.string())),
  /** Raised when the mapping below changes meaning, so that a replay takes effect. */
  pipelineRevision: z.int().check(z.positive()),
  /** ISO 8601 UTC, when the delivery that last changed this record was accepted. */
  receivedAt: z.iso.datetime(),
  deleted: z.boolean(),
  provenance: z.object({
    /** Id of the `events` document this state came with. */
    eventId: z.string(),
    event: z.string(),
    via: z.enum(['webhook', 'hydration', 'backfill', 'reconcile', 'link', 'erasure']),
  }),
  /** Set for good once the person in it was erased: no later word of the vendor brings the person back. */
  erased: z.optional(z.boolean()),
};

export const BusinessRecord = z.discriminatedUnion('kind', [
  z.object({ ...envelope, kind: z.literal('reservation'), facts: Reservation }),
  z.object({ ...envelope, kind: z.literal('listing'), facts: Listing }),
  z.object({ ...envelope, kind: z.literal('guest'), facts: Guest }),
  z.object({ ...envelope, kind: z.literal('guest-message'), facts: GuestMessage }),
  z.object({ ...envelope, kind: z.literal('task'), facts: Task }),
  z.object({ ...envelope, kind: z.literal('calendar-block'), facts: CalendarBlock }),
  z.object({ ...envelope, kind: z.literal('call'), facts: Call }),
  z.object({ ...envelope, kind: z.literal('text-message'), facts: TextMessage }),
  z.object({ ...envelope, kind: z.literal('contact'), facts: Contact }),
  z.object({ ...envelope, kind: z.literal('payment'), facts: Payment }),
  z.object({ ...envelope, kind: z.literal('team-member'), facts: TeamMember }),
  z.object({ ...envelope, kind: z.literal('phone-line'), facts: PhoneLine }),
  z.object({ ...envelope, kind: z.literal('integration'), facts: Integration }),
]);
export type BusinessRecord = z.infer<typeof BusinessRecord>;
export type RecordOf<K extends BusinessRecord['kind']> = Extract<BusinessRecord, { kind: K }>;
