import { type ApiAnswer, type ApiRequest, found, NOT_FOUND } from '../http-answer.ts';
import { type Booking, conversationOf, dayAfter, type GuestyAccount, type Home } from './guesty-account.ts';
import { guestObject, instant, listingObject, postObject, reservationObject, taskObject } from './guesty-payloads.ts';

/** Guesty's Open API over the account as it is now: single things, and lists by page. */
export function guestyApi(account: GuestyAccount): (request: ApiRequest) => ApiAnswer {
  return ({ method, url }) => {
    const route = ROUTES.find(one => one.method === method && one.path.test(url.pathname));
    if (route === undefined) throw new Error(`the simulated Guesty has no ${method} ${url.pathname}`);
    const id = route.path.exec(url.pathname)?.[1];
    return route.answer(account, decodeURIComponent(id ?? ''), url.searchParams);
  };
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (account: GuestyAccount, id: string, query: URLSearchParams) => ApiAnswer;
}

const get = (path: RegExp, answer: Route['answer']): Route => ({ method: 'GET', path, answer });

const ROUTES: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/oauth2\/token$/u,
    answer: () => found({ token_type: 'Bearer', access_token: 'granted', expires_in: 86_400, scope: 'open-api' }),
  },
  get(/^\/v1\/reservations-v3$/u, ({ bookings }, _id, query) =>
    found(
      query.getAll('reservationIds[]').flatMap(id => {
        const booking = bookings.get(id);
        return booking === undefined ? [] : [reservationObject(booking)];
      }),
    ),
  ),
  get(/^\/v1\/reservations-v3\/search$/u, ({ bookings }, _id, query) => {
    const [from, to] = [query.get('filter[checkIn][gte]') ?? '', query.get('filter[checkIn][lt]') ?? '9999'];
    const all = [...bookings.values()].filter(({ checkIn }) => checkIn >= from && checkIn < to);
    const page = slice(all, query);
    return found({ results: page.map(reservationObject), pagination: { hasMore: isMore(all, query) } });
  }),
  get(/^\/v1\/reservations$/u, ({ bookings }, _id, query) =>
    list(changedSince([...bookings.values()], sinceOf(query)), query, booking => ({
      _id: booking.id,
      lastUpdatedAt: instant(booking.changedAtMs),
    })),
  ),
  get(/^\/v1\/reservations\/([^/]+)$/u, ({ bookings }, id) => one(bookings.get(id), olderReservation)),
  get(/^\/v1\/listings$/u, ({ homes }, _id, query) => list(changedSince(homes, sinceOf(query)), query, listingObject)),
  get(/^\/v1\/listings\/([^/]+)$/u, ({ homes }, id) =>
    one(
      homes.find(home => home.id === id),
      listingObject,
    ),
  ),
  get(/^\/v1\/guests-crud$/u, ({ guests }, _id, query) =>
    list(changedSince([...guests.values()], sinceOf(query)), query, guestObject),
  ),
  get(/^\/v1\/guests-crud\/([^/]+)$/u, ({ guests }, id) => one(guests.get(id), guestObject)),
  get(/^\/v1\/tasks-open-api\/tasks$/u, ({ tasks }, _id, query) => {
    const there = [...tasks.values()].filter(({ thing }) => !thing.deleted);
    return list(changedSince(there, sinceOf(query)), query, taskObject);
  }),
  get(/^\/v1\/tasks-open-api\/([^/]+)$/u, ({ tasks }, id) => {
    const task = tasks.get(id);
    return one(task?.thing.deleted ? undefined : task, taskObject);
  }),
  get(/^\/v1\/communication\/conversations$/u, conversations),
  get(/^\/v1\/communication\/conversations\/([^/]+)\/posts$/u, posts),
  get(/^\/v1\/availability-pricing\/api\/calendar\/listings$/u, ({ homes }, _id, query) => {
    const ids = new Set((query.get('listingIds') ?? '').split(','));
    const asked = homes.filter(({ id }) => ids.has(id));
    return found({ data: { days: asked.flatMap(home => days(home, query)) } });
  }),
  get(/^\/v1\/availability-pricing\/api\/calendar\/listings\/([^/]+)$/u, ({ homes }, id, query) =>
    one(
      homes.find(home => home.id === id),
      home => ({ data: { days: days(home, query) } }),
    ),
  ),
];

const one = <T>(thing: T | undefined, write: (thing: T) => unknown): ApiAnswer =>
  thing === undefined ? NOT_FOUND : found(write(thing));

const slice = <T>(all: readonly T[], query: URLSearchParams): readonly T[] => {
  const skip = Number(query.get('skip') ?? 0);
  return all.slice(skip, skip + Number(query.get('limit') ?? 25));
};
const isMore = (all: readonly unknown[], query: URLSearchParams): boolean =>
  Number(query.get('skip') ?? 0) + Number(query.get('limit') ?? 25) < all.length;

const list = <T>(all: readonly T[], query: URLSearchParams, write: (thing: T) => unknown): ApiAnswer =>
  found({ results: slice(all, query).map(write), count: all.length });

const changedSince = <T extends { readonly changedAtMs: number }>(all: readonly T[], sinceMs: number): readonly T[] =>
  sinceMs === 0 ? all : all.filter(({ changedAtMs }) => changedAtMs >= sinceMs);

/** Both forms of filter: a list of conditions, and an object by field. */
function sinceOf(query: URLSearchParams): number {
  const text = /\d{4}-\d{2}-\d{2}T[\d:.]+Z/u.exec(query.get('filters') ?? '')?.[0];
  return text === undefined ? 0 : Date.parse(text);
}

/** The older route writes the same thing flat. */
const olderReservation = (booking: Booking) => ({
  _id: booking.id,
  ...reservationObject(booking),
  listingId: booking.home.id,
  checkInDateLocalized: booking.checkIn,
  checkOutDateLocalized: booking.checkOut,
});

/** The most recently active first; a cursor is the position behind the page. */
function conversations({ conversations: all }: GuestyAccount, _id: string, query: URLSearchParams): ApiAnswer {
  return cursorPage([...all.values()].toReversed(), query, 'conversations', messages => {
    const [{ booking } = neverEmpty()] = messages;
    const activeAt = instant(messages.at(-1)?.createdAtMs ?? 0);
    return {
      _id: conversationOf(booking),
      guestId: booking.guest.id,
      modifiedAt: activeAt,
      lastUpdatedAt: activeAt,
      meta: {
        guestName: `${booking.guest.firstName} ${booking.guest.lastName}`,
        reservations: [{ _id: booking.id }],
      },
    };
  });
}

function posts({ conversations: all }: GuestyAccount, id: string, query: URLSearchParams): ApiAnswer {
  return cursorPage((all.get(id) ?? []).toReversed(), query, 'posts', postObject);
}

function neverEmpty(): never {
  throw new Error('a conversation begins with a message');
}

function cursorPage<T>(
  all: readonly T[],
  query: URLSearchParams,
  name: string,
  write: (thing: T) => unknown,
): ApiAnswer {
  const from = Number(query.get('cursorAfter') ?? 0);
  const until = from + Number(query.get('limit') ?? 25);
  const after = until < all.length ? String(until) : null;
  return found({ data: { [name]: all.slice(from, until).map(write), cursor: { after } } });
}

function days(home: Home, query: URLSearchParams): readonly unknown[] {
  const [start, end] = [query.get('startDate') ?? '', query.get('endDate') ?? ''];
  const all: unknown[] = [];
  for (let day = start; day <= end; day = dayAfter(Date.parse(day), 1)) {
    all.push({
      date: day,
      listingId: home.id,
      currency: 'GBP',
      blocks: { m: home.blocked.has(day), o: false, bd: false },
    });
  }
  return all;
}
