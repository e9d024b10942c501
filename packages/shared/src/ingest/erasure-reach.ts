import * as z from 'zod/mini';
import type { BusinessRecord } from '../domain/business-record.ts';
import { type RecordKey, RecordKind, recordKey } from '../domain/ids.ts';
import type { RecordChange } from './record-change.ts';

/**
 * Whether an observation speaks of a person who was erased, told by the guest and the booking it names. Pure; the commit
 * reads those records together with its own, at no further round trip.
 *
 * What is old of an erased guest is anonymised on its way in. A booking made after the erasure, a message written after
 * it that belongs to no erased booking: the person came back on their own, and these are kept whole. The guest's own
 * record stays anonymous for good, as its old and new words cannot be told apart.
 */
export type ErasureReach =
  | { readonly kind: 'none' }
  /** Of an erased guest, and nothing tells yet whether it is old: personal facts wait for a word that does. */
  | { readonly kind: 'unsure' }
  /** `stamp`: that of the erasure, so that it is the same whoever finds out. */
  | { readonly kind: 'erased'; readonly stamp: string };

/** Records that decide it: at most a guest's and a booking's. */
export function namedKeys(change: RecordChange): RecordKey[] {
  if (change.source !== 'guesty' || !['reservation', 'guest-message', 'task'].includes(change.kind)) return [];
  const guestId = change.kind === 'task' ? undefined : factOf(change, undefined, 'guestId');
  const reservationId = change.kind === 'reservation' ? undefined : factOf(change, undefined, 'reservationId');
  return [
    ...(guestId === undefined ? [] : [recordKey('guesty', 'guest', guestId)]),
    ...(reservationId === undefined ? [] : [recordKey('guesty', 'reservation', reservationId)]),
  ];
}

/** `named`: the records that `namedKeys` asks for, as far as they are there. */
export function erasureReach(
  change: RecordChange,
  stored: BusinessRecord | undefined,
  named: readonly unknown[],
): ErasureReach {
  const erased = named.flatMap(record => {
    const parsed = ErasedRecord.safeParse(record);
    return parsed.success ? [parsed.data] : [];
  });
  const booking = erased.find(({ kind }) => kind === 'reservation');
  if (booking !== undefined) return { kind: 'erased', stamp: booking.stamps[ERASURE_STAMP] };
  const guest = erased.find(({ kind }) => kind === 'guest');
  if (guest === undefined) return { kind: 'none' };
  const began = Date.parse(factOf(change, stored, change.kind === 'reservation' ? 'bookedAt' : 'sentAt') ?? '');
  if (Number.isNaN(began)) return { kind: 'unsure' };
  return began > guest.versions.erased ? { kind: 'none' } : { kind: 'erased', stamp: guest.stamps[ERASURE_STAMP] };
}

/** Name of the stamp of the erasure among a record's stamps. */
export const ERASURE_STAMP = '@erased';

/** No more of a record than tells that it was erased: whatever else may be wrong with it holds up nobody else. */
const ErasedRecord = z.object({
  kind: RecordKind,
  erased: z.literal(true),
  versions: z.object({ erased: z.number() }),
  stamps: z.object({ [ERASURE_STAMP]: z.string() }),
});

/** The fact as the observation gives it, else as it is known. */
function factOf(change: RecordChange, stored: BusinessRecord | undefined, fact: string): string | undefined {
  const facts: Readonly<Record<string, unknown>> = { ...stored?.facts };
  const values = [...change.parts.map(part => part.facts?.[fact]), facts[fact]];
  return values.find(value => typeof value === 'string' && value !== '') as string | undefined; // the filter's type
}
