import type { GuestyAnswer, GuestyRow } from '@innkeeper/shared/adapters/guesty/guesty-call';
import { type GuestyClient, RESERVATIONS_PER_READ } from '@innkeeper/shared/adapters/guesty/guesty-client';
import {
  type GuestyPage,
  RESERVATION_IDS_PER_PAGE,
  type ReservationIdsPage,
  ROWS_PER_PAGE,
} from '@innkeeper/shared/adapters/guesty/guesty-lists';
import { GuestyReservation, reservationIdOf } from '@innkeeper/shared/adapters/guesty/payload';
import type { RecordKind } from '@innkeeper/shared/domain/ids';
import { vendorFailure } from '@innkeeper/shared/hydration/vendor-failure';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import {
  laneOf,
  type Page,
  type PageReader,
  type PageRequest,
  type VendorThing,
} from '@innkeeper/shared/jobs/page-reader';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { readCalendarPage } from './calendar-pages.ts';
import { readConversationPage } from './conversation-pages.ts';
import { type GuestyCalls } from './guesty-calls.ts';
import type { GuestyReads } from './guesty-reads.ts';
import { RESOURCES } from './guesty-resources.ts';

/** Guesty's lists as pages of things, each walk in the lane of its purpose. I/O: the calls, the document store. */
export interface GuestyPagePorts {
  readonly client: GuestyClient;
  readonly calls: GuestyCalls;
  readonly reads: GuestyReads;
  readonly store: Pick<DocumentStore, 'query'>;
  readonly now: () => number;
}

export function createGuestyPages(ports: GuestyPagePorts): PageReader {
  return {
    resources: RESOURCES,
    readPage: request => {
      switch (request.resource) {
        case 'listings':
          return rowsPage(ports, request, 'listing', ports.client.listListings);
        case 'guests':
          return rowsPage(ports, request, 'guest', ports.client.listGuests);
        case 'tasks':
          return rowsPage(ports, request, 'task', ports.client.listTasks);
        case 'reservations':
          return request.purpose === 'gap-check'
            ? reservationsById(ports, request, { skip: skipOf(request), changedSince: request.window.from ?? EARLIEST })
            : arrivingReservations(ports, request);
        case 'conversations':
          return readConversationPage(ports, request);
        case 'calendars':
          return readCalendarPage(ports, request);
        default:
          return Promise.resolve(
            err({ kind: 'payload_unexpected', detail: `Guesty has no list called ${request.resource}` }),
          );
      }
    },
  };
}

type ListRows = (
  token: string,
  page: { readonly skip: number; readonly changedSince?: string },
) => Promise<GuestyAnswer<GuestyPage>>;

/** Lists whose rows are whole things. */
async function rowsPage(
  { calls }: GuestyPagePorts,
  request: PageRequest,
  kind: RecordKind,
  list: ListRows,
): Promise<Result<Page, DeliveryFailure>> {
  const skip = skipOf(request);
  const { from } = request.window;
  const since = from === undefined || request.purpose !== 'gap-check' ? {} : { changedSince: from };
  const answer = await calls(laneOf(request.purpose), token => list(token, { skip, ...since }));
  if (!answer.result.ok) return err(vendorFailure('Guesty', answer.result.error));
  const { rows, total } = answer.result.value;
  return ok({
    things: rows.flatMap(row => thingOf(kind, row)),
    beganAtMs: answer.beganAtMs,
    ...nextOf(skip, rows.length, ROWS_PER_PAGE),
    ...(total === undefined ? {} : { total }),
  });
}

/** Whole reservations by arrival; where the newer route is not open to the account, their ids by the older list. */
async function arrivingReservations(
  ports: GuestyPagePorts,
  request: PageRequest,
): Promise<Result<Page, DeliveryFailure>> {
  const skip = skipOf(request);
  const { from = EARLIEST, to = LATEST } = request.window;
  const bounds = { skip, from: from.slice(0, 10), to: to.slice(0, 10) };
  const answer = await ports.calls(laneOf(request.purpose), token => ports.client.searchReservations(token, bounds));
  if (!answer.result.ok) {
    const { kind } = answer.result.error;
    const isClosed = kind === 'not_found' || kind === 'refused';
    return isClosed
      ? reservationsById(ports, request, { skip, arriving: { from, to } })
      : err(vendorFailure('Guesty', answer.result.error));
  }
  const { rows, total } = answer.result.value;
  const shown = rows.flatMap(row => GuestyReservation.safeParse(row).data ?? []);
  const completed = await ports.reads.completed(shown, laneOf(request.purpose));
  if (!completed.ok) return completed;
  return ok({
    things: completed.value.flatMap(one => reservationThing(reservationIdOf(one), one)),
    beganAtMs: answer.beganAtMs,
    ...nextOf(skip, rows.length, ROWS_PER_PAGE),
    ...(total === undefined ? {} : { total }),
  });
}

/** Before the vendor was founded, and later than it takes bookings. */
const EARLIEST = '2013-01-01T00:00:00.000Z';
const LATEST = '2100-01-01T00:00:00.000Z';

/** Only the older list knows what changed, and only the newer route shows a stay in full: ids by one, bookings by the other. */
async function reservationsById(
  { calls, client, reads }: GuestyPagePorts,
  { purpose }: PageRequest,
  page: ReservationIdsPage,
): Promise<Result<Page, DeliveryFailure>> {
  const lane = laneOf(purpose);
  const answer = await calls(lane, token => client.listReservationIds(token, page));
  if (!answer.result.ok) return err(vendorFailure('Guesty', answer.result.error));
  const { rows, total } = answer.result.value;
  const ids = rows.flatMap(row => idOf(row) ?? []);
  const things: VendorThing[] = [];
  for (let start = 0; start < ids.length; start += RESERVATIONS_PER_READ) {
    const read = await reads.reservations(ids.slice(start, start + RESERVATIONS_PER_READ), lane);
    for (const [id, newer] of read) {
      // Not every booking is on the newer route: some channels' are on the older one alone.
      const one = newer.outcome === 'not_found' ? await reads.reservation(id, lane) : newer;
      if (one.outcome === 'failed') return err(one.failure);
      if (one.outcome === 'found') things.push(...reservationThing(id, one.value));
    }
  }
  return ok({
    things,
    beganAtMs: answer.beganAtMs,
    ...nextOf(page.skip, rows.length, RESERVATION_IDS_PER_PAGE),
    ...(total === undefined ? {} : { total }),
  });
}

/** Position of the next page as text; a page that is not full is the last. */
const nextOf = (skip: number, rows: number, pageMax: number): { readonly next?: string } =>
  rows < pageMax ? {} : { next: String(skip + rows) };

function skipOf({ cursor }: PageRequest): number {
  const skip = Number(cursor ?? 0);
  return Number.isSafeInteger(skip) && skip >= 0 ? skip : 0;
}

/** A row that does not say what it is about cannot be understood later either. */
function thingOf(kind: RecordKind, row: GuestyRow): VendorThing[] {
  const id = idOf(row);
  return id === undefined ? [] : [{ kind, id, value: { ...row, _id: id } }];
}

const reservationThing = (id: string | undefined, reservation: GuestyReservation): VendorThing[] =>
  id === undefined ? [] : [{ kind: 'reservation', id, value: { ...reservation, reservationId: id } }];

function idOf(row: GuestyRow): string | undefined {
  const ids = [row['reservationId'], row['_id'], row['id']].filter(id => typeof id === 'string');
  return ids.find(id => id !== '');
}
