import type { GuestyReservation } from '@innkeeper/shared/adapters/guesty/payload';
import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import type { DirtyEntry } from '@innkeeper/shared/hydration/dirty-set';
import type { Hydrated } from '@innkeeper/shared/hydration/hydrator';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import type { PartialFacts, RecordChange } from '@innkeeper/shared/ingest/record-change';
import { buildChange, readPart } from '../build-change.ts';
import { normaliseReservation } from '../normalise-reservation.ts';
import { completeMessages } from './complete-messages.ts';
import { goneOrNotYet } from './gone.ts';
import type { Read } from './guesty-reads.ts';
import { type GuestyHydratorPorts, laneOf, readOrigin } from './hydrator-ports.ts';
import { type Named, namedBy, namedThings, readNamedRecords } from './named-things.ts';

/**
 * Reservations by their ids, with the homes and guests they name where those are new to us, and the guest messages that
 * were waiting for them. I/O: the ports.
 */
export async function hydrateReservations(
  ports: GuestyHydratorPorts,
  entries: readonly DirtyEntry[],
): Promise<ReadonlyMap<string, Hydrated>> {
  const reads = await readReservations(ports, entries);
  const found = entries.flatMap(entry => {
    const read = reads.get(entry.id);
    return read?.outcome === 'found' ? [foundReservation(entry, read.value, read.beganAtMs)] : [];
  });
  const known = await readNamedRecords(
    ports.store,
    found.map(reservation => reservation.names),
  );
  if (!known.ok) return allFailed(entries, known.error);

  const hydrated = new Map<string, Hydrated>();
  await Promise.all(
    entries.map(async entry => {
      const read = reads.get(entry.id);
      if (read === undefined || read.outcome === 'failed') {
        hydrated.set(entry.id, { kind: 'failed', failure: read?.failure ?? LEFT_OUT });
      } else if (read.outcome === 'not_found') {
        hydrated.set(entry.id, await goneOrNotYet(ports, entry, 'reservation', read.beganAtMs));
      }
    }),
  );
  const described = await Promise.all(found.map(reservation => describe(ports, reservation, known.value)));
  const messages = await completeMessages(ports.store, found, known.value);
  for (const { reservation, changes, failure } of described) {
    const waiting = messages.ok
      ? messages.value.filter(({ reservationId }) => reservationId === reservation.entry.id)
      : [];
    const problem = messages.ok ? failure : messages.error;
    hydrated.set(reservation.entry.id, {
      kind: 'read',
      changes: [...changes, ...waiting.map(({ change }) => change)],
      ...(problem === undefined ? {} : { failure: problem }),
    });
  }
  return hydrated;
}

/** A reservation as the vendor has it now. */
export interface FoundReservation {
  readonly entry: DirtyEntry;
  readonly reservation: GuestyReservation;
  readonly facts: PartialFacts<'reservation'>;
  readonly beganAtMs: number;
  readonly names: Named;
}

const LEFT_OUT: DeliveryFailure = { kind: 'vendor_unavailable', detail: 'Guesty: the answer left it out' };

const allFailed = (entries: readonly DirtyEntry[], failure: DeliveryFailure): ReadonlyMap<string, Hydrated> =>
  new Map(entries.map(entry => [entry.id, { kind: 'failed', failure }]));

/** What the newer route did not show at once is asked for by the older one: not every booking is on both. */
async function readReservations(
  { reads }: GuestyHydratorPorts,
  entries: readonly DirtyEntry[],
): Promise<ReadonlyMap<string, Read<GuestyReservation>>> {
  const ids = entries.map(entry => entry.id);
  const batch = await reads.reservations(ids, laneOf(entries));
  const unseen = entries.filter(entry => entry.attempts > 0 && batch.get(entry.id)?.outcome === 'not_found');
  const older = await Promise.all(
    unseen.map(async entry => [entry.id, await reads.reservation(entry.id, entry.lane)] as const),
  );
  return new Map([...batch, ...older]);
}

function foundReservation(entry: DirtyEntry, reservation: GuestyReservation, beganAtMs: number): FoundReservation {
  const facts = normaliseReservation({ ...reservation, reservationId: entry.id });
  return { entry, reservation, facts, beganAtMs, names: namedBy(entry.id, facts) };
}

async function describe(
  ports: GuestyHydratorPorts,
  found: FoundReservation,
  known: ReadonlyMap<string, BusinessRecord>,
): Promise<{ reservation: FoundReservation; changes: readonly RecordChange[]; failure?: DeliveryFailure }> {
  const { entry, reservation, facts, beganAtMs } = found;
  const own = buildChange(readOrigin(entry, beganAtMs), 'reservation', entry.id, [
    readPart(reservation, facts, beganAtMs),
  ]);
  const named = await namedThings(ports, found, known);
  return {
    reservation: found,
    changes: [own, ...named.changes],
    ...('failure' in named ? { failure: named.failure } : {}),
  };
}
