import { afterEach, describe, expect, test } from 'vitest';
import { manualClock, settlePromises } from '../testing/manual-clock.ts';
import type { BackOff } from './back-off.ts';
import { type Route, startCourier } from './courier.ts';
import { type DeliveryStore, openDeliveryStore } from './delivery-store.ts';

const HOUR_MS = 60 * 60 * 1000;
const opened: DeliveryStore[] = [];
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
});

function setUp(options: { attempt: Route['attempt']; concurrencyMax?: number; backOff?: BackOff }) {
  const clock = manualClock();
  const startedMs = clock.now();
  const store = openDeliveryStore(':memory:', () => clock.now());
  opened.push(store);
  const attempts: { readonly afterMs: number; readonly eventId: string }[] = [];
  const givenUp: string[] = [];
  const errors: string[] = [];
  const route: Route = {
    name: 'records',
    concurrencyMax: options.concurrencyMax ?? 16,
    backOff: options.backOff ?? { minMs: 1000, maxMs: 4000 },
    attempt: delivery => {
      attempts.push({ afterMs: clock.now() - startedMs, eventId: delivery.eventId });
      return options.attempt(delivery);
    },
    isExhausted: (delivery, nowMs) => nowMs - delivery.acceptedAtMs >= 24 * HOUR_MS,
    giveUp: delivery => Promise.resolve(void givenUp.push(delivery.eventId)),
  };
  const log = { info() {}, warn() {}, error: (event: string) => void errors.push(event) };
  const courier = startCourier({ route, store, clock, random: () => 1, log });
  const add = (...eventIds: string[]): void => {
    store.add(
      eventIds.map(eventId => ({ route: 'records', eventId, attributes: {}, body: new Uint8Array(), orderingKey: '' })),
    );
    courier.wake();
  };
  return { clock, store, courier, attempts, givenUp, errors, add };
}

describe('the courier', () => {
  test('delivers at once and forgets what was accepted', async () => {
    const { store, attempts, add } = setUp({ attempt: () => Promise.resolve(true) });
    add('a', 'b');
    await settlePromises();
    expect(attempts.map(({ eventId }) => eventId)).toEqual(['a', 'b']);
    expect(store.pending('records')).toEqual({ waiting: 0, inFlight: 0, retrying: 0 });
  });

  test('comes back later and later while it is refused, by an answer or by silence', async () => {
    const answers = [() => Promise.resolve(false), () => Promise.reject(new Error('nobody listens'))];
    const { clock, store, attempts, add } = setUp({
      attempt: () => (answers.shift() ?? (() => Promise.resolve(false)))(),
    });
    add('a');
    await clock.advance(12_000);
    expect(attempts.map(({ afterMs }) => afterMs)).toEqual([0, 1000, 3000, 7000, 11_000]);
    expect(store.pending('records')).toEqual({ waiting: 1, inFlight: 0, retrying: 1 });
  });

  test('gives a function 24 hours and then drops the event with an error in the log', async () => {
    const { clock, store, givenUp, errors, attempts, add } = setUp({
      attempt: () => Promise.resolve(false),
      backOff: { minMs: 1000, maxMs: 600_000 },
    });
    add('a');
    await clock.advance(25 * HOUR_MS);
    expect(givenUp).toEqual(['a']);
    expect(errors).toEqual(['event.given_up']);
    expect(attempts.at(-1)?.afterMs).toBeGreaterThanOrEqual(24 * HOUR_MS);
    expect(store.pending('records')).toEqual({ waiting: 0, inFlight: 0, retrying: 0 });
  });

  test('makes no more attempts at once than the route allows, and a slow one holds up nobody else', async () => {
    const { store, attempts, add } = setUp({
      concurrencyMax: 2,
      attempt: ({ eventId }) => (eventId === 'slow' ? new Promise(() => undefined) : Promise.resolve(true)),
    });
    add('slow', 'a', 'b', 'c');
    expect(attempts.length).toBe(2);
    await settlePromises();
    expect(attempts.map(({ eventId }) => eventId)).toEqual(['slow', 'a', 'b', 'c']);
    expect(store.pending('records')).toEqual({ waiting: 0, inFlight: 1, retrying: 0 });
  });

  test('does not wait at its stop for a call that never ends; the event stays for the next process', async () => {
    const ends: (() => void)[] = [];
    const { clock, store, courier, add } = setUp({
      attempt: () => new Promise(resolve => ends.push(() => resolve(true))),
    });
    add('a');
    const stopped = courier.stop();
    await clock.advance(5_000);
    await stopped;
    ends[0]?.();
    await settlePromises();
    expect(store.pending('records').inFlight).toBe(1);
  });

  test('takes the same event once', async () => {
    const { attempts, add } = setUp({ attempt: () => new Promise(() => undefined) });
    add('a');
    add('a');
    await settlePromises();
    expect(attempts.length).toBe(1);
  });
});
