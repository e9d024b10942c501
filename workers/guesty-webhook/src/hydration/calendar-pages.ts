import { CALENDARS_PER_READ } from '@innkeeper/shared/adapters/guesty/guesty-client';
import { vendorFailure } from '@innkeeper/shared/hydration/vendor-failure';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import { laneOf, type Page, type PageRequest, type VendorThing } from '@innkeeper/shared/jobs/page-reader';
import type { DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { GuestyPagePorts } from './guesty-pages.ts';
import { calendarChanges, daysToRead, knownBlocks } from './hydrate-calendar.ts';

/**
 * Homes whose blocks are not what the records say, several homes a call. Only that they differ is told: the calendar of
 * such a home is then read by itself. I/O: the calls, one query of the document store per home.
 */
export async function readCalendarPage(
  ports: GuestyPagePorts,
  { cursor, purpose }: PageRequest,
): Promise<Result<Page, DeliveryFailure>> {
  const { calls, client, store } = ports;
  const homes = await knownHomes(store, cursor);
  if (!homes.ok) return homes;
  const { listingIds, next } = homes.value;
  if (listingIds.length === 0) return ok({ things: [], beganAtMs: ports.now() });

  const days = daysToRead(ports.now(), purpose === 'gap-check' ? GAP_DAYS_AHEAD : undefined);
  const read = await calls(laneOf(purpose), token => client.readCalendars(token, listingIds, days));
  if (!read.result.ok) return err(vendorFailure('Guesty', read.result.error));

  const things: VendorThing[] = [];
  for (const listingId of listingIds) {
    const known = await knownBlocks(store, listingId, days.from);
    if (!known.ok) return known;
    const own = read.result.value.filter(day => day.listingId === listingId);
    const origin = { cause: NO_CAUSE, via: 'reconcile' as const, observedAtMs: read.beganAtMs };
    if (calendarChanges(origin, listingId, own, known.value).length === 0) continue;
    things.push({ kind: 'calendar-block', id: listingId, value: { listingId } });
  }
  return ok({ things, beganAtMs: read.beganAtMs, ...(next === undefined ? {} : { next }) });
}

/** The homes of our records, by id: what the vendor has besides is found by the walk over its listings. */
async function knownHomes(
  store: Pick<DocumentStore, 'query'>,
  after: string | undefined,
): Promise<Result<{ readonly listingIds: readonly string[]; readonly next?: string }, StoreError>> {
  const found = await store.query({
    collection: 'records',
    where: [
      { field: 'kind', op: '==', value: 'listing' },
      { field: 'deleted', op: '==', value: false },
    ],
    orderBy: [{ field: '__name__', direction: 'asc' }],
    limit: CALENDARS_PER_READ,
    select: ['sourceId'],
    ...(after === undefined ? {} : { startAfter: [after] }),
  });
  if (!found.ok) return found;
  const listingIds = found.value.flatMap(({ fields }) =>
    typeof fields['sourceId'] === 'string' ? fields['sourceId'] : [],
  );
  const last = found.value.length < CALENDARS_PER_READ ? undefined : found.value.at(-1);
  return ok({ listingIds, ...(last === undefined ? {} : { next: last.path.slice('records/'.length) }) });
}

/** What is asked about most; the night's walk looks at the rest. */
const GAP_DAYS_AHEAD = 60;

/** The changes are only counted here. */
const NO_CAUSE = { eventId: '', event: '', receivedAt: new Date(0).toISOString() };
