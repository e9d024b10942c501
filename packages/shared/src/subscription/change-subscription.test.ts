import { describe, expect, it } from 'vitest';
import {
  ADDRESS,
  actOn,
  EVENTS,
  registeredWorld,
  secretsAtVendor,
  subscriptionWorld,
} from '../testing/subscription-world.ts';

const HOUR = 3_600_000;

describe('an event that the vendor does not take', () => {
  const refusing = async () => {
    const world = subscriptionWorld();
    world.vendor.refusedEvents.add('guest.updated');
    const state = await actOn(world, 'register');
    return { world, state };
  };

  it('keeps none of the others away, and is told of', async () => {
    const { world, state } = await refusing();
    expect(world.ours()).toMatchObject([{ events: ['guest.created', 'reservation.created.v2'] }]);
    expect(state).toMatchObject({ missingEvents: ['guest.updated'], problem: { reason: 'events_refused' } });
    expect(state.problem?.detail).toContain('guest.updated');
    await world.pass(HOUR);
    expect(world.log.filter(line => line.startsWith('error subscription.events_refused'))).toHaveLength(1);
  });

  it('is asked for again daily', async () => {
    const { world } = await refusing();
    world.vendor.refusedEvents.clear();
    await world.pass(23 * HOUR);
    expect(world.ours()[0]?.events).toHaveLength(2);
    await world.pass(2 * HOUR);
    expect(world.ours()[0]?.events).toEqual(EVENTS);
    expect((await world.keeping().state()).problem).toBeUndefined();
  });

  it('is asked for again at once when an operator registers', async () => {
    const { world } = await refusing();
    world.vendor.refusedEvents.clear();
    expect(await actOn(world, 'register')).toMatchObject({ missingEvents: [] });
    expect(world.ours()[0]?.events).toEqual(EVENTS);
  });

  it('takes nothing away from a subscription that lives', async () => {
    const world = subscriptionWorld();
    world.vendor.byHand.add(ADDRESS, ['guest.created', 'listing.new']);
    world.vendor.refusedEvents.add('reservation.created.v2');
    await actOn(world, 'register');
    expect(world.ours()).toMatchObject([{ id: 's1', events: ['guest.created', 'guest.updated'] }]);
  });

  it('does not keep a subscription that is switched off from living again', async () => {
    const world = await registeredWorld();
    world.vendor.refusedEvents.add('guest.updated');
    world.vendor.byHand.change('s1', { active: false });
    await world.pass(HOUR);
    expect(world.ours()).toMatchObject([
      { id: 's1', active: true, events: ['guest.created', 'reservation.created.v2'] },
    ]);
  });

  it('that a living subscription has, is left there, and every secret at our address is known', async () => {
    const world = await registeredWorld();
    world.vendor.refusedEvents.add('guest.updated');
    world.vendor.byHand.change('s1', { events: ['guest.updated'] });
    world.vendor.byHand.add(ADDRESS, ['listing.new']);
    await world.pass(HOUR);
    expect(world.ours()).toMatchObject([{ events: ['guest.updated'] }, { events: ['listing.new'] }]);
    expect(await world.keeping().secrets()).toEqual(secretsAtVendor(world));
    expect(await world.keeping().state()).toMatchObject({ problem: { reason: 'vendor_refused' } });
  });
});
