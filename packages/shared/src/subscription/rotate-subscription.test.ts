import { describe, expect, it } from 'vitest';
import { ADDRESS, actOn, registeredWorld, secretsAtVendor } from '../testing/subscription-world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('rotate', () => {
  it('keeps two subscriptions with two secrets for a day, then the new one only', async () => {
    const world = await registeredWorld({ secretDelayMs: 20 * SECOND });
    await world.pass(MINUTE);
    const [old] = world.ours();
    await actOn(world, 'rotate');
    await world.pass(MINUTE);
    const both = world.ours();
    expect(both.map(row => row.url)).toEqual([ADDRESS, `${ADDRESS}?subscription=r1`]);
    expect([...(await world.keeping().secrets())].sort()).toEqual(both.map(row => row.secret).sort());
    expect((await world.keeping().state()).subscriptions).toMatchObject([
      { role: 'retiring', active: true },
      { role: 'live', active: true },
    ]);
    await world.pass(23 * HOUR);
    expect(world.ours()).toHaveLength(2);
    await world.pass(2 * HOUR);
    expect(world.ours().map(row => row.url)).toEqual([`${ADDRESS}?subscription=r1`]);
    expect(await world.keeping().secrets()).toEqual(secretsAtVendor(world));
    expect(await world.keeping().secrets()).not.toContain(old?.secret);
  });

  it('asked for again meanwhile, goes on with the same', async () => {
    const world = await registeredWorld();
    await actOn(world, 'rotate');
    await actOn(world, 'rotate');
    expect(world.ours()).toHaveLength(2);
    await world.pass(25 * HOUR);
    await actOn(world, 'rotate');
    expect(world.ours()).toHaveLength(2);
    await world.pass(25 * HOUR);
    expect(world.ours()).toHaveLength(1);
  });

  it('is not begun where the subscription is not well', async () => {
    const world = await registeredWorld({ secretDelayMs: MINUTE });
    expect(await world.keeping().act('rotate')).toMatchObject({ ok: false, error: { kind: 'not_ready' } });
  });

  it('hands over at once where a person removes the old one', async () => {
    const world = await registeredWorld();
    await actOn(world, 'rotate');
    world.vendor.byHand.remove(world.ours()[0]?.id ?? '');
    await world.pass(6 * MINUTE);
    expect(world.ours().map(row => row.url)).toEqual([`${ADDRESS}?subscription=r1`]);
  });

  it('makes the new one again where a person removes it', async () => {
    const world = await registeredWorld();
    await actOn(world, 'rotate');
    await world.pass(2 * MINUTE);
    world.vendor.byHand.remove(world.ours()[1]?.id ?? '');
    await world.pass(6 * MINUTE);
    expect(world.ours()).toHaveLength(2);
    await world.pass(23 * HOUR);
    expect(world.ours()).toHaveLength(2);
    await world.pass(2 * HOUR);
    expect(world.ours()).toHaveLength(1);
  });
});
