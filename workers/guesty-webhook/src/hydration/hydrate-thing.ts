import type { DirtyEntry } from '@innkeeper/shared/hydration/dirty-set';
import type { Hydrated } from '@innkeeper/shared/hydration/hydrator';
import type { ChangePart } from '@innkeeper/shared/ingest/record-change';
import { buildChange, type Dated, readPart } from '../build-change.ts';
import { normaliseGuest } from '../normalise-guest.ts';
import { normaliseListing } from '../normalise-listing.ts';
import { normaliseTask } from '../normalise-task.ts';
import { goneOrNotYet } from './gone.ts';
import type { Read } from './guesty-reads.ts';
import { type GuestyHydratorPorts, readOrigin } from './hydrator-ports.ts';

/** Listings, guests and tasks: one read, one record. I/O: the ports. */
type Facts = NonNullable<ChangePart['facts']>;

export async function hydrateListing(ports: GuestyHydratorPorts, entry: DirtyEntry): Promise<Hydrated> {
  return conclude(ports, entry, 'listing', await ports.reads.listing(entry.id, entry.lane), normaliseListing);
}

export async function hydrateGuest(ports: GuestyHydratorPorts, entry: DirtyEntry): Promise<Hydrated> {
  const read = await ports.reads.guest(entry.id, entry.lane);
  return conclude(ports, entry, 'guest', read, guest => normaliseGuest(entry.id, guest));
}

export async function hydrateTask(ports: GuestyHydratorPorts, entry: DirtyEntry): Promise<Hydrated> {
  const read = await ports.reads.task(entry.id, entry.lane);
  return conclude(ports, entry, 'task', read, task => normaliseTask(entry.id, task));
}

async function conclude<T extends Dated>(
  ports: GuestyHydratorPorts,
  entry: DirtyEntry,
  kind: 'listing' | 'guest' | 'task',
  read: Read<T>,
  normalise: (thing: T) => Facts,
): Promise<Hydrated> {
  if (read.outcome === 'failed') return { kind: 'failed', failure: read.failure };
  if (read.outcome === 'not_found') return goneOrNotYet(ports, entry, kind, read.beganAtMs);
  const { value, beganAtMs } = read;
  const part = readPart(value, normalise(value), beganAtMs);
  return { kind: 'read', changes: [buildChange(readOrigin(entry, beganAtMs), kind, entry.id, [part])] };
}
