import { RESERVATIONS_PER_READ } from '@innkeeper/shared/adapters/guesty/guesty-client';
import type { DirtyEntry } from '@innkeeper/shared/hydration/dirty-set';
import type { Hydrated, Hydrator } from '@innkeeper/shared/hydration/hydrator';
import { createUnseenTeller } from '@innkeeper/shared/ingest/unseen-value';
import { unseenStatuses } from '../unseen-status.ts';
import { hydrateCalendar } from './hydrate-calendar.ts';
import { hydrateReservations } from './hydrate-reservations.ts';
import { hydrateGuest, hydrateListing, hydrateTask } from './hydrate-thing.ts';
import type { GuestyHydratorPorts } from './hydrator-ports.ts';

/** Reads of single things under way together. */
const SINGLE_READS_MAX = 4;

/** What Guesty contributes to hydration: each subject by its own route. I/O: the ports. */
export function createGuestyHydrator(ports: GuestyHydratorPorts): Hydrator {
  const oneByOne = async (
    entries: readonly DirtyEntry[],
    hydrateOne: (ports: GuestyHydratorPorts, entry: DirtyEntry) => Promise<Hydrated>,
  ): Promise<ReadonlyMap<string, Hydrated>> =>
    new Map(await Promise.all(entries.map(async entry => [entry.id, await hydrateOne(ports, entry)] as const)));

  const hydrate = (
    subject: string,
    entries: readonly DirtyEntry[],
  ): ReadonlyMap<string, Hydrated> | Promise<ReadonlyMap<string, Hydrated>> => {
    switch (subject) {
      case 'reservation':
        return hydrateReservations(ports, entries);
      case 'listing':
        return oneByOne(entries, hydrateListing);
      case 'guest':
        return oneByOne(entries, hydrateGuest);
      case 'task':
        return oneByOne(entries, hydrateTask);
      case 'calendar':
        return oneByOne(entries, hydrateCalendar);
      default:
        return new Map(entries.map(entry => [entry.id, unknownSubject(subject)]));
    }
  };

  const tellUnseen = createUnseenTeller(ports.log, 'guesty');
  return {
    batchMax: subject => (subject === 'reservation' ? RESERVATIONS_PER_READ : SINGLE_READS_MAX),
    hydrate: async (subject, entries) => {
      const hydrated = await hydrate(subject, entries);
      for (const answer of hydrated.values()) if (answer.kind === 'read') tellUnseen(unseenStatuses(answer.changes));
      return hydrated;
    },
  };
}

const unknownSubject = (subject: string): Hydrated => ({
  kind: 'failed',
  failure: { kind: 'payload_unexpected', detail: `nothing of Guesty’s is called ${subject}` },
});
