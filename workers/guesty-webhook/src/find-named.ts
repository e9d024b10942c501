import type { GuestyGuest } from '@innkeeper/shared/adapters/guesty/payload';
import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { type RecordKind, recordKey } from '@innkeeper/shared/domain/ids';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import { type PartialFacts, type RecordChange, rank } from '@innkeeper/shared/ingest/record-change';
import type { DocumentPath, StoredDocument, StoreError } from '@innkeeper/shared/ports/document-store';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { buildChange, type ChangeOrigin, stateVersion } from './build-change.ts';
import type { Read } from './hydration/guesty-reads.ts';
import { normaliseGuest } from './normalise-guest.ts';
import { normaliseListing } from './normalise-listing.ts';
import type { GuestyPorts } from './ports.ts';

/**
 * Homes and the guest that a reservation names. Where a record of one is there nothing is asked: they report their own
 * changes. Where none is, it is read once, so that zones and names are there when someone asks. I/O: the ports.
 */
export interface Naming {
  readonly homeIds: readonly string[];
  readonly guestId: string | undefined;
  /** The guest as the reservation itself describes one. */
  readonly embedded: GuestyGuest | null | undefined;
}

export interface Named {
  readonly changes: readonly RecordChange[];
  /** Of the guest. */
  readonly fullName?: string | undefined;
  /** Something could not be read for now. */
  readonly failure?: DeliveryFailure;
}

export async function findNamed(
  ports: GuestyPorts,
  origin: ChangeOrigin,
  { homeIds, guestId, embedded }: Naming,
): Promise<Result<Named, StoreError>> {
  const guestIds = guestId === undefined ? [] : [guestId];
  const paths = [...homeIds.map(id => pathOf('listing', id)), ...guestIds.map(id => pathOf('guest', id))];
  const known = paths.length === 0 ? ok([]) : await ports.store.getAll(paths);
  if (!known.ok) return known;
  const found = await Promise.all([
    ...homeIds
      .filter((_id, index) => known.value[index] === undefined)
      .map(async id => asNamed(origin, 'listing', id, await ports.reads.listing(id), normaliseListing)),
    ...guestIds.map(id => findGuest(ports, origin, id, known.value[homeIds.length], embedded)),
  ]);
  const failure = found.map(named => named.failure).find(reason => reason !== undefined);
  return ok({
    changes: found.flatMap(named => named.changes),
    fullName: found.map(named => named.fullName).find(name => name !== undefined),
    ...(failure === undefined ? {} : { failure }),
  });
}

async function findGuest(
  ports: GuestyPorts,
  origin: ChangeOrigin,
  guestId: string,
  known: StoredDocument | undefined,
  embedded: GuestyGuest | null | undefined,
): Promise<Named> {
  const record = BusinessRecord.safeParse(known?.fields);
  if (record.success) return { changes: [], fullName: fullNameOf(record.data) };

  // Bookings are asked for by name: with it in the answer, the scarce quota is not spent on a read for the rest.
  const told = embedded ? normaliseGuest(guestId, embedded) : undefined;
  if (told?.fullName) {
    const part = { rank: rank.hearsay, version: origin.observedAtMs, facts: told, deleted: false };
    return { changes: [buildChange(origin, 'guest', guestId, [part])], fullName: told.fullName };
  }
  const read = await ports.reads.guest(guestId);
  const named = asNamed(origin, 'guest', guestId, read, guest => normaliseGuest(guestId, guest));
  const fullName = read.outcome === 'found' ? normaliseGuest(guestId, read.value).fullName : undefined;
  return { ...named, fullName: fullName ?? undefined };
}

function asNamed<T extends { readonly lastUpdatedAt?: string | null | undefined }>(
  origin: ChangeOrigin,
  kind: 'listing' | 'guest',
  id: string,
  read: Read<T>,
  normalise: (thing: T) => PartialFacts<'listing'> | PartialFacts<'guest'>,
): Named {
  if (read.outcome === 'failed') return { changes: [], failure: read.failure };
  if (read.outcome === 'not_found') return { changes: [] }; // a unit type, or a guest removed since
  const from: ChangeOrigin = { ...origin, via: 'hydration', observedAtMs: read.beganAtMs };
  const version = stateVersion(read.value, read.beganAtMs);
  const part = { rank: rank.state, version, facts: normalise(read.value), deleted: false };
  return { changes: [buildChange(from, kind, id, [part])] };
}

const pathOf = (kind: RecordKind, id: string): DocumentPath => `records/${recordKey('guesty', kind, id)}`;

function fullNameOf(record: BusinessRecord): string | undefined {
  return record.kind === 'guest' ? record.facts.fullName : undefined;
}
