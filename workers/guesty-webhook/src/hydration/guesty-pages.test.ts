import type { JobPurpose } from '@innkeeper/shared/contracts/read-job';
import type { Page } from '@innkeeper/shared/jobs/page-reader';
import { describe, expect, test } from 'vitest';
import listingUpdated from '../__fixtures__/listing.updated.constructed.json' with { type: 'json' };
import restCalendar from '../__fixtures__/rest.calendar.constructed.json' with { type: 'json' };
import conversations from '../__fixtures__/rest.conversations.constructed.json' with { type: 'json' };
import posts from '../__fixtures__/rest.posts.constructed.json' with { type: 'json' };
import single from '../__fixtures__/rest.reservation.v1.single.constructed.json' with { type: 'json' };
import { bare, LISTING, RESERVATION, v3 } from '../testing/booking.ts';
import { guestyWorld, NOT_FOUND, type ScriptedVendor, START } from '../testing/guesty-world.ts';

type World = ReturnType<typeof guestyWorld>;

async function readPage(at: World, resource: string, purpose: JobPurpose, cursor?: string): Promise<Page> {
  const plan = at.pages.resources.find(candidate => candidate.resource === resource);
  const window = plan?.window(purpose, START, undefined) ?? {};
  const page = await at.pages.readPage({ resource, purpose, window, ...(cursor === undefined ? {} : { cursor }) });
  if (!page.ok) throw new Error(page.error.kind);
  return page.value;
}

/** A vendor that remembers what it was asked. */
function remembering(vendor: ScriptedVendor) {
  const asked: { path: string; query: Record<string, string> }[] = [];
  const at = guestyWorld((path, query) => {
    asked.push({ path, query: Object.fromEntries(query) });
    return vendor(path, query);
  });
  return { at, asked };
}

const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ _id: `x${from + index}` }));

describe('lists by position', () => {
  test.each([
    ['listings', 'listing'],
    ['guests', 'guest'],
    ['tasks', 'task'],
  ])('%s are walked page by page to the one that is not full', async (resource, kind) => {
    const { at, asked } = remembering((_path, query) => {
      const skip = Number(query.get('skip'));
      return { status: 200, body: { results: rows(skip, skip === 0 ? 100 : 7), count: 107 } };
    });
    const first = await readPage(at, resource, 'backfill');
    expect([first.things.length, first.next, first.total]).toEqual([100, '100', 107]);
    expect(first.things[0]).toEqual({ kind, id: 'x0', value: { _id: 'x0' } });
    const second = await readPage(at, resource, 'backfill', first.next);
    expect([second.things.length, second.next]).toEqual([7, undefined]);
    expect(asked.every(({ query }) => query['limit'] === '100' && query['filters'] === undefined)).toBe(true);
  });

  test('a gap check asks only for what changed', async () => {
    const { at, asked } = remembering(() => ({ status: 200, body: { results: [] } }));
    await readPage(at, 'listings', 'gap-check');
    await readPage(at, 'guests', 'gap-check');
    const since = new Date(START - 3_600_000).toISOString();
    expect(asked.map(({ query }) => JSON.parse(query['filters'] ?? 'null') as unknown)).toEqual([
      [{ field: 'lastUpdatedAt', operator: '$gte', value: since }],
      { lastUpdatedAt: { '@gte': since } },
    ]);
  });

  test('neither money nor door codes are asked for', async () => {
    const { at, asked } = remembering(() => ({ status: 200, body: [] }));
    for (const resource of ['listings', 'guests', 'tasks']) await readPage(at, resource, 'backfill');
    expect(JSON.stringify(asked)).not.toMatch(/money|keyCode|payment|balance/iu);
  });

  test('a row without an id is left out, an odd cursor begins at the beginning', async () => {
    const { at, asked } = remembering(() => ({
      status: 200,
      body: { results: [{ nickname: 'none' }, 'odd', { id: 'y' }] },
    }));
    expect((await readPage(at, 'listings', 'backfill', 'odd')).things.map(({ id }) => id)).toEqual(['y']);
    expect(asked[0]?.query['skip']).toBe('0');
  });

  test('what the vendor refuses is the page’s failure', async () => {
    const at = guestyWorld(() => ({ status: 429, body: {}, headers: { 'retry-after': '30' } }));
    const page = await at.pages.readPage({ resource: 'listings', purpose: 'backfill', window: {} });
    expect(page).toMatchObject({ ok: false, error: { kind: 'vendor_limited', retryAfterMs: 30_000 } });
    const unknown = await at.pages.readPage({ resource: 'weather', purpose: 'backfill', window: {} });
    expect(unknown).toMatchObject({ ok: false, error: { kind: 'payload_unexpected' } });
  });
});

describe('reservations', () => {
  test('are walked by arrival, twelve months back and eighteen ahead', async () => {
    const { at, asked } = remembering(() => ({
      status: 200,
      body: { results: [v3()], pagination: { hasMore: false } },
    }));
    const page = await readPage(at, 'reservations', 'backfill');
    expect(page.things).toMatchObject([
      { kind: 'reservation', id: RESERVATION, value: { stay: [{ unitId: LISTING }] } },
    ]);
    expect(asked).toMatchObject([
      {
        path: '/reservations-v3/search',
        query: { 'filter[checkIn][gte]': '2025-11-20', 'filter[checkIn][lt]': '2028-05-24' },
      },
    ]);
  });

  test('of the search are completed by the older list, a page in one call', async () => {
    const searched = { reservationId: RESERVATION, status: 'confirmed', stay: bare().stay };
    const { at, asked } = remembering(path => ({
      status: 200,
      body: { results: [path === '/reservations' ? single : searched] },
    }));
    const page = await readPage(at, 'reservations', 'comparison');
    expect(page.things).toMatchObject([
      { value: { stay: [{ plannedArrival: '21:30' }], guest: { _id: single.guest._id } } },
    ]);
    expect(asked.map(({ path }) => path)).toEqual(['/reservations-v3/search', '/reservations']);
  });

  test('that changed but are on the older route alone are read there', async () => {
    const { at } = remembering(path => {
      if (path === '/reservations') return { status: 200, body: { results: rows(0, 2) } };
      if (path === '/reservations-v3') return { status: 200, body: [v3({ reservationId: 'x0' })] };
      return path === '/reservations/x1' ? { status: 200, body: { ...single, _id: 'x1' } } : NOT_FOUND;
    });
    const page = await readPage(at, 'reservations', 'gap-check');
    expect(page.things.map(({ id }) => id)).toEqual(['x0', 'x1']);
  });

  test('that changed are found by the older list and shown by the newer route', async () => {
    const ids = rows(0, 12).map(({ _id }) => _id);
    const { at, asked } = remembering((path, query) =>
      path === '/reservations'
        ? { status: 200, body: { results: ids.map(_id => ({ _id })) } }
        : { status: 200, body: query.getAll('reservationIds[]').map(reservationId => v3({ reservationId })) },
    );
    const page = await readPage(at, 'reservations', 'gap-check');
    expect(page.things.map(({ id }) => id)).toEqual(ids);
    expect(asked.map(({ path }) => path)).toEqual(['/reservations', '/reservations-v3', '/reservations-v3']);
  });

  test('of an account without the newer route are walked by the older list, and read one by one', async () => {
    const { at, asked } = remembering(path => {
      if (path === '/reservations') return { status: 200, body: { results: rows(0, 3) } };
      const id = path.split('/').at(-1);
      return path.startsWith('/reservations/') ? { status: 200, body: { ...single, _id: id } } : NOT_FOUND;
    });
    const page = await readPage(at, 'reservations', 'comparison');
    expect(page.things.map(({ id }) => id)).toEqual(['x0', 'x1', 'x2']);
    expect(page.next).toBeUndefined();
    const list = asked.find(({ path }) => path === '/reservations');
    expect(JSON.parse(list?.query['filters'] ?? 'null')).toMatchObject([{ field: 'checkIn', operator: '$between' }]);
    expect(list?.query['limit']).toBe('30');
  });

  test('within the walk are those that arrive in it; what is at its edge proves nothing', () => {
    const plan = guestyWorld(() => NOT_FOUND).pages.resources.find(({ resource }) => resource === 'reservations');
    const window = { from: '2026-01-01T00:00:00.000Z', to: '2026-12-31T00:00:00.000Z' };
    const covered = (checkInDate: string) => plan?.covers?.({ facts: { stay: [{ checkInDate }] } }, window);
    expect(['2025-12-31', '2026-01-01', '2026-06-01', '2026-12-31', '2027-01-01'].map(covered)).toEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
    expect(plan?.covers?.({ facts: {} }, window)).toBe(false);
  });
});

describe('conversations', () => {
  const vendor: ScriptedVendor = path => ({ status: 200, body: path.endsWith('/posts') ? posts : conversations });

  test('show their messages in the form of the webhook', async () => {
    const at = guestyWorld(vendor);
    const page = await readPage(at, 'conversations', 'backfill');
    expect(page.next).toBeUndefined();
    expect(page.things.map(({ id }) => id)).toEqual(['69778d8f1ff4960010098e66', '69778d8f1ff4960010098e60']);
    expect(page.things[0]?.value).toEqual({
      reservationId: RESERVATION,
      message: {
        postId: '69778d8f1ff4960010098e66',
        body: 'We are at the station now.',
        createdAt: '2026-11-21T08:57:30.000Z',
        type: 'fromGuest',
        module: 'airbnb2',
      },
      conversation: {
        _id: '68b9b28d7c124a0011fbe0ca',
        guestId: '68b9b28c402adbc122f55ba6',
        meta: { guestName: 'Grace Guest' },
      },
    });
  });

  test('are walked from the most recently active, only as far back as was asked', async () => {
    const conversation = (id: string, modifiedAt: string) => ({ _id: id, modifiedAt });
    const { at, asked } = remembering((path, query) => {
      if (path.endsWith('/posts')) return { status: 200, body: { data: { posts: [] } } };
      const old = query.get('cursorAfter') !== null;
      const list = old ? [conversation('c2', '2026-11-01T00:00:00Z')] : [conversation('c1', '2026-11-21T08:59:00Z')];
      return { status: 200, body: { data: { conversations: list, cursor: { after: old ? 'c2' : 'c1' } } } };
    });
    const first = await readPage(at, 'conversations', 'gap-check');
    expect(first.next).toBe('c1');
    const second = await readPage(at, 'conversations', 'gap-check', first.next);
    expect(second.next).toBeUndefined();
    expect(asked.map(({ path }) => path)).toEqual([
      '/communication/conversations',
      '/communication/conversations/c1/posts',
      '/communication/conversations',
    ]);
  });

  test('longer than a page are read to the end, or to what was asked for', async () => {
    const post = (id: string, createdAt: string) => ({ _id: id, body: id, createdAt, sentBy: 'host' });
    const vendorOf =
      (createdAt: string): ScriptedVendor =>
      (path, query) => {
        if (!path.endsWith('/posts')) return { status: 200, body: conversations };
        const later = query.get('cursorAfter') !== null;
        return {
          status: 200,
          body: { data: { posts: [post(later ? 'p2' : 'p1', createdAt)], cursor: later ? {} : { after: 'p1' } } },
        };
      };
    const whole = await readPage(guestyWorld(vendorOf('2020-01-01T00:00:00Z')), 'conversations', 'backfill');
    expect(whole.things.map(({ id }) => id)).toEqual(['p1', 'p2']);
    const recent = await readPage(guestyWorld(vendorOf('2020-01-01T00:00:00Z')), 'conversations', 'gap-check');
    expect(recent.things.map(({ id }) => id)).toEqual(['p1']);
  });

  test('that end while they are read have nothing to tell', async () => {
    const at = guestyWorld(path => (path.endsWith('/posts') ? NOT_FOUND : { status: 200, body: conversations }));
    expect((await readPage(at, 'conversations', 'backfill')).things).toEqual([]);
  });
});

describe('calendars', () => {
  const vendor =
    (blocked: () => boolean): ScriptedVendor =>
    path => {
      if (path.startsWith('/listings/')) return { status: 200, body: listingUpdated.listing };
      const days = restCalendar.data.days.map(day => (blocked() ? day : { ...day, blocks: { m: false } }));
      return { status: 200, body: { data: { days } } };
    };

  test('tell of homes whose blocks are not what the records say, and the home’s own read settles it', async () => {
    let blocked = true;
    const { at, asked } = remembering(vendor(() => blocked));
    await at.deliver({
      ...listingUpdated,
      listing: { ...listingUpdated.listing, lastUpdatedAt: '2026-11-20T10:00:00Z' },
    });
    const found = await readPage(at, 'calendars', 'gap-check');
    expect(found.things).toEqual([{ kind: 'calendar-block', id: LISTING, value: { listingId: LISTING } }]);
    expect(asked.at(-1)).toEqual({
      path: '/availability-pricing/api/calendar/listings',
      query: { listingIds: LISTING, startDate: '2026-11-20', endDate: '2027-01-20' },
    });

    await at.deliver({ event: 'calendar.updated.v2', listingId: LISTING });
    expect((await readPage(at, 'calendars', 'comparison')).things).toEqual([]);
    blocked = false;
    expect((await readPage(at, 'calendars', 'comparison')).things).toHaveLength(1);
  });

  test('of nobody’s homes cost no call', async () => {
    const { at, asked } = remembering(() => NOT_FOUND);
    expect((await readPage(at, 'calendars', 'gap-check')).things).toEqual([]);
    expect(asked).toEqual([]);
  });
});
