import type { GuestyAnswer, GuestyGet, GuestyRow } from './guesty-call.ts';
import { listOf } from './payload.ts';
import { plainRow } from './report-row.ts';

/**
 * Guesty's lists, one page a call. A row is the vendor's object as it came, to be understood by the same mapping as the
 * object in an event. Every list has its own way to be asked: filters as a list of conditions (listings, reservations,
 * conversations) or as an object (guests, tasks), `fields` or `columns`, pages by position or by cursor.
 */
export interface GuestyLists {
  readonly listListings: (token: string, page: PageOf) => Promise<GuestyAnswer<GuestyPage>>;
  /** Ids of reservations by the older route, which alone knows when one changed; `RESERVATION_IDS_PER_PAGE` of them. */
  readonly listReservationIds: (token: string, page: ReservationIdsPage) => Promise<GuestyAnswer<GuestyPage>>;
  /** Whole reservations by arrival, dates at the home, `to` excluded. */
  readonly searchReservations: (
    token: string,
    page: { readonly skip: number; readonly from?: string; readonly to?: string },
  ) => Promise<GuestyAnswer<GuestyPage>>;
  readonly listGuests: (token: string, page: PageOf) => Promise<GuestyAnswer<GuestyPage>>;
  readonly listTasks: (token: string, page: PageOf) => Promise<GuestyAnswer<GuestyPage>>;
  /** The most recently active first. */
  readonly listConversations: (token: string, page: { readonly after?: string }) => Promise<GuestyAnswer<GuestyPage>>;
  /** Messages of one conversation, the newest first. */
  readonly listPosts: (
    token: string,
    page: { readonly conversationId: string; readonly after?: string },
  ) => Promise<GuestyAnswer<GuestyPage>>;
}

/** `changedSince`: ISO 8601 UTC. */
export interface PageOf {
  readonly skip: number;
  readonly changedSince?: string;
}

/** `arriving`: ISO 8601 UTC bounds. */
export interface ReservationIdsPage extends PageOf {
  readonly arriving?: { readonly from: string; readonly to: string };
}

export interface GuestyPage {
  readonly rows: readonly GuestyRow[];
  /** Things there are in all pages, where the vendor says so. */
  readonly total?: number;
  /** Of lists by cursor: where the next page begins; absent on the last. */
  readonly after?: string;
}

/** The vendor's largest page; its task list refuses fewer than 25. */
export const ROWS_PER_PAGE = 100;
/** Each ten of them cost another call, or ten where the newer route is not open to the account. */
export const RESERVATION_IDS_PER_PAGE = 30;
/** A thousand messages at the vendor's page of 25: no guest has written more in one conversation. */
export const POSTS_PAGES_MAX = 40;
/** Each costs a call for its messages. */
export const CONVERSATIONS_PER_PAGE = 8;

const LISTING_FIELDS =
  'nickname title timezone defaultCheckInTime defaultCheckOutTime accommodates bedrooms active ' +
  'address publicDescription createdAt lastUpdatedAt';
const GUEST_COLUMNS = 'id firstName lastName fullName tags guestEmail guestOtherEmails guestPhone guestOtherPhones';
/** The field that is sorted by must be among them, or the answer has no cursor: then the first page is the last. */
const CONVERSATION_FIELDS = 'guest reservation createdAt modifiedAt';
const TASK_COLUMNS =
  'id taskTitle status listing reservation assignee scheduledFor canStartAfter mustFinishBefore createdAt';

export function guestyLists(get: GuestyGet): GuestyLists {
  return {
    listListings: (token, page) =>
      get(token, `/listings?${conditions(page, ROWS_PER_PAGE, { fields: LISTING_FIELDS, sort: '_id' })}`, pageOf),
    listReservationIds: (token, page) => {
      const more = { fields: 'lastUpdatedAt', sort: '_id' };
      return get(token, `/reservations?${conditions(page, RESERVATION_IDS_PER_PAGE, more)}`, pageOf);
    },
    searchReservations: (token, { skip, from, to }) => {
      const bounds = {
        ...(from === undefined ? {} : { 'filter[checkIn][gte]': from }),
        ...(to === undefined ? {} : { 'filter[checkIn][lt]': to }),
      };
      return get(token, `/reservations-v3/search?${query({ ...bounds, ...position(skip) })}`, pageOf);
    },
    listGuests: (token, page) => get(token, `/guests-crud?${columns(page, GUEST_COLUMNS)}`, reportOf),
    listTasks: (token, page) => get(token, `/tasks-open-api/tasks?${columns(page, TASK_COLUMNS)}`, reportOf),
    listConversations: (token, { after }) => {
      const more = { fields: CONVERSATION_FIELDS };
      return get(
        token,
        `/communication/conversations?${cursor(CONVERSATIONS_PER_PAGE, after, '-modifiedAt', more)}`,
        pageOf,
      );
    },
    listPosts: (token, { conversationId, after }) =>
      get(
        token,
        `/communication/conversations/${encodeURIComponent(conversationId)}/posts?${cursor(ROWS_PER_PAGE, after, '-createdAt')}`,
        pageOf,
      ),
  };
}

const query = (parameters: Readonly<Record<string, string>>): string => new URLSearchParams(parameters).toString();
const position = (skip: number) => ({ limit: String(ROWS_PER_PAGE), skip: String(skip) });

/** Lists whose filters are a list of conditions. */
function conditions(page: ReservationIdsPage, limit: number, more: Readonly<Record<string, string>>): string {
  const { skip, changedSince, arriving } = page;
  const filters = [
    ...(changedSince === undefined ? [] : [{ field: 'lastUpdatedAt', operator: '$gte', value: changedSince }]),
    ...(arriving === undefined ? [] : [{ field: 'checkIn', operator: '$between', ...arriving }]),
  ];
  const filtered: Readonly<Record<string, string>> = filters.length === 0 ? {} : { filters: JSON.stringify(filters) };
  return query({ ...more, ...filtered, limit: String(limit), skip: String(skip) });
}

/** Lists that are reports: named columns, filters as an object. */
function columns({ skip, changedSince }: PageOf, names: string): string {
  const filters =
    changedSince === undefined ? {} : { filters: JSON.stringify({ lastUpdatedAt: { '@gte': changedSince } }) };
  return query({ columns: names, ...position(skip), ...filters });
}

const cursor = (
  limit: number,
  after: string | undefined,
  sort: string,
  more: Readonly<Record<string, string>> = {},
): string => query({ limit: String(limit), sort, ...more, ...(after === undefined ? {} : { cursorAfter: after }) });

function pageOf(json: unknown): GuestyPage | undefined {
  const items = listOf(json);
  if (items === undefined || !isRow(json)) return items === undefined ? undefined : { rows: items.filter(isRow) };
  const inner = isRow(json['data']) ? json['data'] : json;
  const total = [json['count'], json['total'], inner['count']].find(value => typeof value === 'number');
  const after = isRow(inner['cursor']) ? inner['cursor']['after'] : undefined;
  return {
    rows: items.filter(isRow),
    ...(total === undefined ? {} : { total }),
    ...(typeof after === 'string' && after !== '' ? { after } : {}),
  };
}

function reportOf(json: unknown): GuestyPage | undefined {
  const page = pageOf(json);
  return page === undefined ? undefined : { ...page, rows: page.rows.map(plainRow) };
}

const isRow = (value: unknown): value is GuestyRow =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
