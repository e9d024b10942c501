import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { type RecordKey, recordKey } from '@innkeeper/shared/domain/ids';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import { type PartialFacts, type RecordChange, rank } from '@innkeeper/shared/ingest/record-change';
import type { DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { buildChange, readPart } from '../build-change.ts';
import { normaliseGuest } from '../normalise-guest.ts';
import { normaliseListing } from '../normalise-listing.ts';
import type { GuestyReads } from './guesty-reads.ts';
import type { FoundReservation } from './hydrate-reservations.ts';
import { type GuestyHydratorPorts, readOrigin } from './hydrator-ports.ts';

/**
 * Homes and the guest that a reservation names. Where a record of one is there nothing is asked: they report their own
 * changes. A home without one is read in the same turn, so that its zone is there when someone asks. A guest without one
 * stands as the booking describes them, and is read only where it does not tell their name: the quota is scarce.
 */
export interface Named {
  readonly reservation: RecordKey;
  readonly homes: readonly { readonly id: string; readonly key: RecordKey }[];
  readonly guest?: { readonly id: string; readonly key: RecordKey };
}

export function namedBy(reservationId: string, { stay, guestId }: PartialFacts<'reservation'>): Named {
  const homeIds = [...new Set((stay ?? []).map(segment => segment.listingId as string))];
  return {
    reservation: recordKey('guesty', 'reservation', reservationId),
    homes: homeIds.map(id => ({ id, key: recordKey('guesty', 'listing', id) })),
    ...(guestId ? { guest: { id: guestId, key: recordKey('guesty', 'guest', guestId) } } : {}),
  };
}

/** One round trip for a batch. */
export async function readNamedRecords(
  store: Pick<DocumentStore, 'getAll'>,
  names: readonly Named[],
): Promise<Result<ReadonlyMap<string, BusinessRecord>, StoreError>> {
  const keys = [
    ...new Set(
      names.flatMap(({ reservation, homes, guest }) => [
        reservation,
        ...homes.map(home => home.key),
        ...(guest === undefined ? [] : [guest.key]),
      ]),
    ),
  ];
  if (keys.length === 0) return ok(new Map());
  const read = await store.getAll(keys.map(key => `records/${key}` as const));
  if (!read.ok) return read;
  return ok(
    new Map(
      read.value.flatMap(document => {
        const record = BusinessRecord.safeParse(document?.fields);
        return record.success ? [[record.data.key, record.data] as const] : [];
      }),
    ),
  );
}

/** `failure`: something named could not be read for now. */
export interface NamedThings {
  readonly changes: readonly RecordChange[];
  readonly failure?: DeliveryFailure;
}

export async function namedThings(
  { reads }: Pick<GuestyHydratorPorts, 'reads'>,
  found: FoundReservation,
  known: ReadonlyMap<string, BusinessRecord>,
): Promise<NamedThings> {
  const { homes, guest } = found.names;
  const parts = await Promise.all([
    ...homes.filter(home => !known.has(home.key)).map(({ id }) => newHome(reads, found, id)),
    ...(guest === undefined || known.has(guest.key) ? [] : [newGuest(reads, found, guest.id)]),
  ]);
  const failure = parts.find(part => part.failure !== undefined)?.failure;
  return { changes: parts.flatMap(part => part.changes), ...(failure === undefined ? {} : { failure }) };
}

async function newHome(reads: GuestyReads, { entry }: FoundReservation, id: string): Promise<NamedThings> {
  const read = await reads.namedListing(id, entry.lane);
  if (read.outcome === 'failed') return { changes: [], failure: read.failure };
  if (read.outcome === 'not_found') return { changes: [] }; // a unit type has no home of its own to read
  const part = readPart(read.value, normaliseListing(read.value), read.beganAtMs);
  return { changes: [buildChange(readOrigin(entry, read.beganAtMs), 'listing', id, [part])] };
}

async function newGuest(reads: GuestyReads, found: FoundReservation, id: string): Promise<NamedThings> {
  const { entry, reservation, beganAtMs } = found;
  const told = reservation.guest ? normaliseGuest(id, reservation.guest) : undefined;
  if (told?.fullName) {
    const part = { rank: rank.hearsay, version: beganAtMs, facts: told, deleted: false };
    return { changes: [buildChange(readOrigin(entry, beganAtMs), 'guest', id, [part])] };
  }
  const read = await reads.guest(id, entry.lane);
  if (read.outcome === 'failed') return { changes: [], failure: read.failure };
  if (read.outcome === 'not_found') return { changes: [] };
  const part = readPart(read.value, normaliseGuest(id, read.value), read.beganAtMs);
  return { changes: [buildChange(readOrigin(entry, read.beganAtMs), 'guest', id, [part])] };
}
