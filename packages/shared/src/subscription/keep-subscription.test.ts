import { describe, expect, it } from 'vitest';
import {
  ADDRESS,
  actOn,
  EVENTS,
  registeredWorld,
  type SubscriptionWorld,
  secretsAtVendor,
  subscriptionWorld,
} from '../testing/subscription-world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const did = async (world: SubscriptionWorld) => (await world.keeping().state()).history.map(deed => deed.did);

describe('register', () => {
  it('creates what is missing, with exactly the mapped events, and knows its secret', async () => {
    const world = subscriptionWorld();
    const state = await actOn(world, 'register');
    expect(world.vendor.rows()).toMatchObject([{ url: ADDRESS, events: EVENTS, active: true }]);
    expect(await world.keeping().secrets()).toEqual(secretsAtVendor(world));
    expect(state).toMatchObject({ subscriptions: [{ role: 'live', hasSecret: true }], missingEvents: [], foreign: 0 });
    expect(state.problem).toBeUndefined();
    expect(JSON.stringify(state)).not.toContain('secret-');
  });

  it('said again, changes nothing', async () => {
    const world = await registeredWorld();
    const before = world.vendor.rows();
    await actOn(world, 'register');
    expect(world.vendor.rows()).toEqual(before);
  });

  it('adopts what is at our address, and leaves strangers alone', async () => {
    const world = subscriptionWorld();
    const foreign = [
      world.vendor.byHand.add('https://other.example.com/', ['listing.new']),
      world.vendor.byHand.add(`${ADDRESS}-of-somebody`, []),
      world.vendor.byHand.add(`${ADDRESS}?subscription=A&x=1`, []),
    ];
    const mine = world.vendor.byHand.add(ADDRESS, ['listing.new']);
    const state = await actOn(world, 'register');
    expect(world.ours()).toEqual([{ ...mine, events: EVENTS }]);
    expect(world.vendor.rows()).toEqual([...foreign, ...world.ours()]);
    expect(state.foreign).toBe(3);
  });

  it('keeps asking for a secret that the vendor shows late, without blocking anybody', async () => {
    const world = await registeredWorld({ secretDelayMs: 90 * SECOND });
    expect(await world.keeping().state()).toMatchObject({ problem: { reason: 'secret_pending' } });
    await world.pass(80 * SECOND);
    expect(await world.keeping().secrets()).toEqual([]);
    await world.pass(70 * SECOND);
    expect(await world.keeping().secrets()).toEqual(secretsAtVendor(world));
    expect((await world.keeping().state()).problem).toBeUndefined();
    expect(world.log.filter(line => line.startsWith('error'))).toEqual([]);
  });

  it('wakes somebody when a secret stays away', async () => {
    const world = await registeredWorld({ secretDelayMs: HOUR });
    await world.pass(20 * MINUTE);
    expect(world.log.some(line => line.startsWith('error subscription.unwell'))).toBe(true);
  });

  it('does not create twice where the answer was lost or the list lags behind', async () => {
    let lost = false;
    const world = subscriptionWorld({
      listDelayMs: 30 * SECOND,
      fate: call => (call === 'create' && !lost ? ((lost = true), 'lost') : 'fine'),
    });
    expect(await actOn(world, 'register')).toMatchObject({ problem: { reason: 'vendor_unavailable' } });
    await world.pass(2 * MINUTE);
    expect(world.vendor.rows()).toHaveLength(1);
    expect(await world.keeping().secrets()).toEqual(secretsAtVendor(world));
  });

  it('names an event that the vendor refuses, and what to do', async () => {
    const detail = 'status 400: guest.created is not offered';
    const world = subscriptionWorld({ fate: call => (call === 'create' ? { kind: 'refused', detail } : 'fine') });
    const { problem } = await actOn(world, 'register');
    expect(problem).toMatchObject({ reason: 'vendor_refused' });
    expect(problem?.detail).toContain('guest.created');
  });
});

describe('before anybody registered', () => {
  it('the check changes nothing and says how to begin', async () => {
    const world = subscriptionWorld();
    const mine = world.vendor.byHand.add(ADDRESS, ['listing.new']);
    await world.pass(HOUR);
    expect(world.vendor.rows()).toEqual([mine]);
    expect(await world.keeping().state()).toMatchObject({ problem: { reason: 'never_registered' } });
    expect(await world.keeping().act('rotate')).toMatchObject({ ok: false, error: { kind: 'not_registered' } });
  });
});

describe('the check', () => {
  it('registers again what a person deleted; the new secret is known within one check', async () => {
    const world = await registeredWorld();
    const [before = ''] = secretsAtVendor(world);
    world.vendor.byHand.remove(world.ours()[0]?.id ?? '');
    await world.pass(6 * MINUTE);
    expect(secretsAtVendor(world)).not.toEqual([before]);
    expect(await world.keeping().secrets()).toEqual([before, ...secretsAtVendor(world)]);
    await world.pass(20 * MINUTE);
    expect(await world.keeping().secrets()).toEqual(secretsAtVendor(world));
  });

  it('switches on again what was switched off, with exactly the mapped events', async () => {
    const world = await registeredWorld();
    world.vendor.byHand.change(world.ours()[0]?.id ?? '', { active: false, events: [] });
    await world.pass(6 * MINUTE);
    expect(world.ours()).toMatchObject([{ active: true, events: EVENTS }]);
    expect(await did(world)).toContain('switched_on');
  });

  it('takes away events that are not mapped', async () => {
    const world = await registeredWorld();
    world.vendor.byHand.change(world.ours()[0]?.id ?? '', { events: [...EVENTS, 'listing.new'] });
    expect(await actOn(world, 'list')).toMatchObject({ surplusEvents: ['listing.new'] });
    await world.pass(6 * MINUTE);
    expect(world.ours()[0]?.events).toEqual(EVENTS);
  });

  it('learns a secret that changed at the vendor, and takes the old one for a while', async () => {
    const world = await registeredWorld();
    const [before] = secretsAtVendor(world);
    world.vendor.byHand.renewSecret(world.ours()[0]?.id ?? '');
    await world.pass(6 * MINUTE);
    expect(await world.keeping().secrets()).toEqual([before, ...secretsAtVendor(world)]);
    await world.pass(20 * MINUTE);
    expect(await world.keeping().secrets()).toEqual(secretsAtVendor(world));
  });

  it('keeps a known secret that the vendor does not show for a while, and goes on once it does', async () => {
    let isShown = true;
    const world = await registeredWorld({
      fate: call => (call === 'secretOf' && !isShown ? { kind: 'not_found', detail: 'status 404' } : 'fine'),
    });
    isShown = false;
    await world.pass(6 * MINUTE);
    expect(await world.keeping().state()).toMatchObject({ problem: { reason: 'secret_not_shown' } });
    expect(await world.keeping().secrets()).toEqual(secretsAtVendor(world));
    isShown = true;
    await world.pass(MINUTE);
    expect((await world.keeping().state()).problem).toBeUndefined();
  });

  it('clears away a second subscription at our address', async () => {
    const world = await registeredWorld();
    world.vendor.byHand.add(ADDRESS, EVENTS);
    world.vendor.byHand.add(`${ADDRESS}?subscription=older`, EVENTS);
    await world.pass(6 * MINUTE);
    expect(world.ours()).toHaveLength(1);
    expect(await world.keeping().secrets()).toEqual(secretsAtVendor(world));
  });

  it('says what it cannot repair, as an error, at every turn', async () => {
    let isDenied = false;
    const world = await registeredWorld({
      fate: () => (isDenied ? { kind: 'denied', detail: 'status 403' } : 'fine'),
    });
    isDenied = true;
    await world.pass(11 * MINUTE);
    expect(await world.keeping().state()).toMatchObject({ problem: { reason: 'vendor_denied' } });
    expect(world.log.filter(line => line.startsWith('error subscription.unwell'))).toHaveLength(2);
    expect(await world.keeping().secrets()).toEqual(secretsAtVendor(world));
    isDenied = false;
    await world.pass(6 * MINUTE);
    expect(world.log.at(-1)).toContain('subscription.recovered');
  });

  it('says so where the vendor takes a change and does not make it', async () => {
    const world = await registeredWorld();
    const [row] = world.ours();
    world.vendor.update = async (id, wanted) => {
      world.vendor.byHand.change(id, { active: false });
      return { ok: true, value: { id, ...wanted, active: false } };
    };
    world.vendor.byHand.change(row?.id ?? '', { active: false });
    await world.pass(6 * MINUTE);
    expect(await world.keeping().state()).toMatchObject({ problem: { reason: 'change_not_taken' } });
  });

  it('wakes nobody while the vendor is away for a minute, and somebody when it stays away', async () => {
    let isAway = false;
    const world = await registeredWorld({ fate: () => (isAway ? { kind: 'unavailable', detail: 'timeout' } : 'fine') });
    isAway = true;
    const errors = () => world.log.filter(line => line.startsWith('error subscription.unwell')).length;
    await world.pass(6 * MINUTE);
    expect(errors()).toBe(0);
    await world.pass(6 * MINUTE);
    expect(errors()).toBeGreaterThan(0);
  });

  it('waits as long as the vendor asks', async () => {
    let calls = 0;
    const world = await registeredWorld({
      fate: () => {
        calls += 1;
        return calls < 4 ? 'fine' : { kind: 'unavailable', detail: 'status 429', retryAfterMs: 12 * MINUTE };
      },
    });
    await world.pass(6 * MINUTE);
    const before = calls;
    await world.pass(10 * MINUTE);
    expect(calls).toBe(before);
    await world.pass(4 * MINUTE);
    expect(calls).toBeGreaterThan(before);
  });
});

describe('verify', () => {
  it('finds what is wrong and changes nothing at the vendor', async () => {
    const world = await registeredWorld();
    const [row] = world.ours();
    const id = row?.id ?? '';
    expect((await actOn(world, 'verify')).problem).toBeUndefined();
    world.vendor.byHand.change(id, { events: ['listing.new'] });
    expect(await actOn(world, 'verify')).toMatchObject({ problem: { reason: 'events_differ' } });
    world.vendor.byHand.change(id, { active: false });
    expect(await actOn(world, 'verify')).toMatchObject({ problem: { reason: 'switched_off' } });
    expect(world.ours()).toMatchObject([{ active: false, events: ['listing.new'] }]);
    world.vendor.byHand.remove(id);
    expect(await actOn(world, 'verify')).toMatchObject({ problem: { reason: 'not_subscribed' } });
    expect(world.ours()).toEqual([]);
  });

  it('notices a changed secret', async () => {
    const world = await registeredWorld();
    world.vendor.byHand.renewSecret(world.ours()[0]?.id ?? '');
    await actOn(world, 'verify');
    expect(await did(world)).toContain('secret_changed');
    expect(await world.keeping().secrets()).toEqual(expect.arrayContaining([...secretsAtVendor(world)]));
  });
});

describe('disable', () => {
  it('removes ours only, stays off, and takes what was under way', async () => {
    const world = await registeredWorld();
    const foreign = world.vendor.byHand.add('https://other.example.com/', []);
    const [secret] = secretsAtVendor(world);
    await actOn(world, 'disable');
    expect(world.vendor.rows()).toEqual([foreign]);
    expect(await world.keeping().secrets()).toEqual([secret]);
    await world.pass(HOUR);
    expect(world.vendor.rows()).toEqual([foreign]);
    expect(await world.keeping().secrets()).toEqual([]);
    await actOn(world, 'register');
    expect(world.ours()).toHaveLength(1);
  });
});

describe('a Worker that moved', () => {
  it('is told of what it has elsewhere, and knows ours by the address alone after losing its book', async () => {
    const world = await registeredWorld();
    await actOn(world, 'rotate');
    const again = subscriptionWorld();
    for (const row of world.ours()) again.vendor.byHand.add(row.url, row.events);
    await actOn(again, 'register');
    expect(again.ours().map(row => row.url)).toEqual([ADDRESS]);
  });
});
