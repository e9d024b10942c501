import type { DocumentTable } from '../document-table.ts';
import type { StandInReply } from '../stand-in-server.ts';
import { readCalendars } from './guesty-calendar.ts';
import { readInbox } from './guesty-inbox.ts';
import { Conditions, matches, project, type Row, sorted } from './guesty-query.ts';
import { guestyError } from './guesty-replies.ts';
import { guestReport, showReport, taskReport } from './guesty-reports.ts';
import type { GuestyListing, GuestyReservation } from './guesty-shapes.ts';
import type { GuestyTables } from './guesty-tables.ts';
import { reservationV1 } from './reservation-v1.ts';
import { reservationById, searchedReservation } from './reservation-v3.ts';

/** The read routes of the Open API. */
const RESERVATIONS_PER_READ = 10; // of reservations-v3 by ids
const PAGE_MAX = 100;

export function readGuesty(tables: GuestyTables, path: string, query: URLSearchParams): StandInReply {
  const [collection = '', one, two, three, four] = path
    .split('/')
    .filter(part => part !== '')
    .map(decodeURIComponent);
  const listingOf = (id: string) => tables.listings.get(id);
  const v1 = (reservation: GuestyReservation) => reservationV1(reservation, listingOf);
  switch (collection) {
    case 'reservations-v3':
      if (one === 'search') return searchReservations(tables.reservations.all(), query, listingOf);
      return one === undefined ? reservationsByIds(tables.reservations, query, listingOf) : notFound();
    case 'reservations': {
      if (one === undefined) return page(tables.reservations.all().map(v1), query);
      const reservation = tables.reservations.get(one);
      return reservation === undefined ? notFound() : show(v1(reservation), query);
    }
    case 'listings':
      return one === undefined ? page(tables.listings.all(), query) : show(tables.listings.get(one), query);
    case 'guests-crud':
      return one === undefined
        ? showReport(guestReport(tables.guests.all()), query)
        : showGuest(tables.guests.get(one), query);
    case 'tasks-open-api':
      if (one === 'tasks') return showReport(taskReport(tables.tasks.all()), query);
      return one === undefined ? notFound() : show(tables.tasks.get(one), query);
    case 'communication':
      return one === 'conversations' ? readInbox(tables, two, three, query) : notFound();
    case 'availability-pricing':
      return `${one}/${two}/${three}` === 'api/calendar/listings' ? readCalendars(tables, four, query) : notFound();
    default:
      return notFound();
  }
}

const notFound = (): StandInReply => guestyError(404, 'NOT_FOUND', 'not found');

const invalid = (message: string): StandInReply => guestyError(400, 'INVALID_REQUEST', message);

function show(row: Row | undefined, query: URLSearchParams): StandInReply {
  return row === undefined ? notFound() : { status: 200, body: project(row, query.get('fields')) };
}

/** The one single read whose fields must be named. */
function showGuest(row: Row | undefined, query: URLSearchParams): StandInReply {
  return query.get('fields') ? show(row, query) : invalid('fields should not be empty');
}

type ListingOf = (id: string) => GuestyListing | undefined;

/** What does not exist is missing from the answer. */
function reservationsByIds(
  table: DocumentTable<GuestyReservation>,
  query: URLSearchParams,
  listingOf: ListingOf,
): StandInReply {
  const ids = query.getAll('reservationIds[]');
  if (ids.length === 0) return invalid('reservationIds should not be empty');
  if (ids.length > RESERVATIONS_PER_READ) return invalid(`at most ${RESERVATIONS_PER_READ} reservationIds`);
  const found = ids.flatMap(id => table.get(id) ?? []);
  return { status: 200, body: found.map(reservation => reservationById(reservation, listingOf)) };
}

function page(rows: readonly Row[], query: URLSearchParams): StandInReply {
  const limits = limitsOf(query);
  if (limits === undefined) return invalid(`limit must be 1 to ${PAGE_MAX} and skip not negative`);
  const filters = conditionsOf(query.get('filters'));
  if (filters === undefined) return invalid('filters must be a JSON array of conditions');
  const matching = sorted(
    rows.filter(row => matches(row, filters)),
    query.get('sort'),
  );
  const shown = matching.slice(limits.skip, limits.skip + limits.limit);
  const results = shown.map(row => project(row, query.get('fields')));
  return { status: 200, body: { results, count: matching.length, ...limits } };
}

function conditionsOf(text: string | null): Parameters<typeof matches>[1] | undefined {
  if (text === null) return [];
  try {
    return Conditions.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // Answered as an invalid request.
  }
}

function limitsOf(query: URLSearchParams): { limit: number; skip: number } | undefined {
  const limit = Number(query.get('limit') ?? 25);
  const skip = Number(query.get('skip') ?? 0);
  const isFine = Number.isInteger(limit) && limit >= 1 && limit <= PAGE_MAX && Number.isInteger(skip) && skip >= 0;
  return isFine ? { limit, skip } : undefined;
}

/** Dates are localized ones; a listing matches the unit or unit type of the first stay. */
function searchReservations(
  reservations: readonly GuestyReservation[],
  query: URLSearchParams,
  listingOf: ListingOf,
): StandInReply {
  const limits = limitsOf(query);
  if (limits === undefined) return invalid(`limit must be 1 to ${PAGE_MAX} and skip not negative`);
  const tests: ((reservation: GuestyReservation) => boolean)[] = [];
  for (const [key, wanted] of query) {
    const [, field, operator] = /^filter\[(\w+)\](?:\[(\w+)\])?$/u.exec(key) ?? [];
    if (field === undefined) continue;
    const read = SEARCHABLE[field];
    const test = TESTS[operator ?? 'in'];
    if (read === undefined || test === undefined) return invalid(`unknown filter ${key}`);
    tests.push(reservation => read(reservation).some(value => value !== undefined && test(value, wanted)));
  }
  const matching = reservations.filter(reservation => tests.every(test => test(reservation)));
  const shown = matching.slice(limits.skip, limits.skip + limits.limit);
  const results = shown.map(reservation => searchedReservation(reservation, listingOf));
  const hasMore = matching.length > limits.skip + limits.limit;
  return { status: 200, body: { results, pagination: { ...limits, hasMore } } };
}

const SEARCHABLE: Readonly<Record<string, (reservation: GuestyReservation) => (string | undefined)[]>> = {
  checkIn: reservation => [reservation.stay[0]?.checkInDateLocalized],
  checkOut: reservation => [reservation.stay.at(-1)?.checkOutDateLocalized],
  status: reservation => [reservation.status],
  listingId: reservation => [reservation.stay[0]?.unitId, reservation.stay[0]?.unitTypeId],
  confirmationCode: reservation => [reservation.confirmationCode],
  source: reservation => [reservation.source],
  createdAt: reservation => [reservation.createdAt],
};

const TESTS: Readonly<Record<string, (value: string, wanted: string) => boolean>> = {
  in: (value, wanted) => wanted.split(',').includes(value),
  eq: (value, wanted) => value === wanted,
  gt: (value, wanted) => value > wanted,
  gte: (value, wanted) => value >= wanted,
  lt: (value, wanted) => value < wanted,
  lte: (value, wanted) => value <= wanted,
};
