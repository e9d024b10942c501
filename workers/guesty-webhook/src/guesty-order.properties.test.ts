import fc from 'fast-check';
import { expect, test } from 'vitest';
import listingUpdated from './__fixtures__/listing.updated.constructed.json' with { type: 'json' };
import messageReceived from './__fixtures__/reservation.messageReceived.airbnb.json' with { type: 'json' };
import messageSent from './__fixtures__/reservation.messageSent.constructed.json' with { type: 'json' };
import { GUEST, LISTING, RESERVATION, v3 } from './testing/booking.ts';
import { guestyWorld, NOT_FOUND, type ScriptedVendor } from './testing/guesty-world.ts';

/**
 * The life of one booking at the vendor, in three states: it is made, it moves to another home, it is called off; with
 * its messages, a task that is changed and deleted, a calendar whose blocks wander, and a payment. Whatever the order in
 * which the events of it arrive, how often, and when the gate reads in between: the records end the same.
 */
const OTHER_HOME = '69aa000000000000000000a2';
const CHANGED_AT = ['2026-11-20T09:00:00.000Z', '2026-11-20T10:00:00.000Z', '2026-11-20T11:00:00.000Z'] as const;
type State = 0 | 1 | 2;

const stay = (unitId: string) => [{ unitId, checkInDateLocalized: '2026-11-21', checkOutDateLocalized: '2026-11-24' }];
const bookings = [
  v3({ stay: stay(LISTING) }),
  v3({ stay: stay(OTHER_HOME), guestsCount: 3 }),
  v3({ stay: stay(OTHER_HOME), guestsCount: 3, status: 'canceled' }),
] as const;
const task = {
  _id: 't1',
  title: 'Clean Room 1',
  status: 'pending',
  listingId: LISTING,
  startTime: '2026-11-24T10:00:00Z',
};
const tasks = [
  task,
  { ...task, status: 'confirmed', startTime: null, mustFinishBefore: '2026-11-24T14:00:00Z' },
] as const;
const blockedDays = [['2026-12-01', '2026-12-02'], ['2026-12-02', '2026-12-03'], ['2026-12-03']] as const;
const ALL_DAYS = ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04'];

const vendorAt =
  (state: () => State, isDated: boolean): ScriptedVendor =>
  path => {
    const dated = (thing: object) => (isDated ? { ...thing, lastUpdatedAt: CHANGED_AT[state()] } : thing);
    if (path === '/reservations-v3') return { status: 200, body: [dated(bookings[state()])] };
    if (path.startsWith('/listings/'))
      return { status: 200, body: { ...listingUpdated.listing, _id: path.split('/').at(-1) } };
    if (path.startsWith('/tasks-open-api/')) {
      const current = state() < 2 ? tasks[state() as 0 | 1] : undefined;
      return current === undefined ? NOT_FOUND : { status: 200, body: dated(current) };
    }
    if (path.startsWith('/availability-pricing')) {
      const blocked: readonly string[] = blockedDays[state()];
      return { status: 200, body: ALL_DAYS.map(date => ({ date, blocks: { m: blocked.includes(date) } })) };
    }
    return NOT_FOUND;
  };

interface Told {
  /** The state the vendor has reached when it sends this. */
  readonly at: State;
  readonly payload: object;
}

const keyFacts = (at: State, more: object) => ({
  event: at === 0 ? 'reservation.created.v2' : 'reservation.updated.v2',
  publishedAt: CHANGED_AT[at],
  data: { reservationId: RESERVATION, guestId: GUEST, ...more },
});
const localized = { checkInDateLocalized: '2026-11-21', checkOutDateLocalized: '2026-11-24', confirmationCode: 'HM1' };
const inBooking = (message: object) => ({ ...message, reservationId: RESERVATION });

function eventsOf(isDated: boolean): readonly Told[] {
  const dated = (at: State, thing: object) => (isDated ? { ...thing, lastUpdatedAt: CHANGED_AT[at] } : thing);
  const payment = { paymentId: 'p1', reservationId: RESERVATION };
  return [
    { at: 0, payload: keyFacts(0, { status: 'confirmed', unitId: LISTING, ...localized }) },
    { at: 1, payload: keyFacts(1, { status: 'confirmed', unitId: OTHER_HOME, ...localized }) },
    { at: 2, payload: keyFacts(2, {}) },
    {
      at: 1,
      payload: {
        event: 'reservation.updated',
        reservation: {
          _id: RESERVATION,
          status: 'confirmed',
          listingId: OTHER_HOME,
          ...localized,
          lastUpdatedAt: CHANGED_AT[1],
        },
      },
    },
    { at: 0, payload: inBooking(messageReceived) },
    { at: 2, payload: inBooking(messageSent) },
    { at: 0, payload: { event: 'task.created', task: dated(0, tasks[0]) } },
    { at: 1, payload: { event: 'task.updated', task: dated(1, tasks[1]) } },
    { at: 2, payload: { event: 'task.deleted', task: dated(2, { _id: 't1' }) } },
    {
      at: 0,
      payload: {
        event: 'listing.calendar.updated',
        calendar: [{ listingId: LISTING, date: '2026-12-01', blocks: { m: true } }],
      },
    },
    {
      at: 1,
      payload: {
        event: 'calendar.updated.v2',
        listingId: LISTING,
        dateRange: { start: '2026-12-01', end: '2026-12-03' },
      },
    },
    {
      at: 2,
      payload: {
        event: 'calendar.updated.v2',
        listingId: LISTING,
        dateRange: { start: '2026-12-02', end: '2026-12-02' },
      },
    },
    { at: 0, payload: { event: 'payments.overdue', payment } },
    { at: 1, payload: { event: 'payments.received', payment: { ...payment, paidAt: CHANGED_AT[1] } } },
  ];
}

/** Which event comes, and whether the gate gets to read before the next one. */
interface Step {
  readonly event: number;
  readonly reads: boolean;
}

async function recordsAfter(steps: readonly Step[], isDated: boolean): Promise<unknown> {
  let state: State = 0;
  const at = guestyWorld(vendorAt(() => state, isDated));
  const events = eventsOf(isDated);
  for (const _id of [LISTING, OTHER_HOME]) {
    await at.take({ ...listingUpdated, listing: { ...listingUpdated.listing, _id, lastUpdatedAt: CHANGED_AT[0] } });
  }
  for (const { event, reads } of steps) {
    const told = events[event];
    if (told === undefined) throw new Error('no such event');
    if (told.at > state) state = told.at;
    // One event delivered again comes with the id it had.
    await at.take(told.payload, `told-${event}`);
    if (reads) await at.read();
  }
  // What the vendor does not show is asked for again until it counts as gone.
  for (let round = 0; round < 8; round += 1) {
    at.clock.now += 60_000;
    await at.read();
  }
  expect(at.dirtySet.entries()).toEqual([]);
  return Object.fromEntries(
    [...at.store.documents]
      .filter(([path]) => path.startsWith('records/'))
      // Of what has ended only the end counts: a block that came and went was seen by some reads and not by others.
      .flatMap(([path, { fields }]): [string, unknown][] => {
        if (fields['deleted'] !== true) return [[path, fields['facts']]];
        return path.includes('calendar-block') ? [] : [[path, 'ended']];
      })
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}

const everyEvent = eventsOf(true).map((_event, index) => index);

test('any order and number of the events, and any moment of the reads, ends in the same records', async () => {
  const inOrder = everyEvent.map(event => ({ event, reads: false }));
  const steps = fc
    .tuple(
      fc.shuffledSubarray(everyEvent, { minLength: everyEvent.length }),
      fc.array(fc.constantFrom(...everyEvent), { maxLength: 8 }),
    )
    .chain(([all, again]) =>
      fc.tuple(
        fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }),
        fc.infiniteStream(fc.boolean()),
      ),
    )
    .map(([order, chances]): Step[] => order.map(event => ({ event, reads: chances.next().value === true })));
  for (const isDated of [true, false]) {
    const expected = await recordsAfter(inOrder, isDated);
    await fc.assert(
      fc.asyncProperty(steps, async order => {
        expect(await recordsAfter(order, isDated)).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  }
}, 30_000);

test('those records say what the vendor says in the end', async () => {
  const records = await recordsAfter(
    everyEvent.map(event => ({ event, reads: true })),
    true,
  );
  expect(records).toMatchObject({
    [`records/guesty:reservation:${RESERVATION}`]: {
      status: 'canceled',
      guestsCount: 3,
      confirmationCode: 'HM1',
      stay: [{ listingId: OTHER_HOME }],
    },
    [`records/guesty:guest-message:${messageReceived.message.postId}`]: { listingId: OTHER_HOME },
    'records/guesty:task:t1': 'ended',
    'records/guesty:payment:p1': { state: 'received' },
    [`records/guesty:calendar-block:${LISTING}:2026-12-03`]: { reason: 'other' },
  });
  expect(records).not.toHaveProperty([`records/guesty:calendar-block:${LISTING}:2026-12-02`]);
});
