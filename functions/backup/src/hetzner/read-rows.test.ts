import { describe, expect, it } from 'vitest';
import { readImages, readOffers, readServer } from './read-rows.ts';
import type { ImageReply, ServerReply, ServerTypeReply } from './responses.ts';

const server: ServerReply = {
  id: 42,
  name: 'backup-2026-11-21',
  status: 'running',
  created: '2026-11-21T03:30:00+01:00',
  labels: { role: 'backup', run: '2026-11-21', expires: '1795249800' },
  server_type: { name: 'cx23' },
  location: { name: 'nbg1' },
  public_net: { ipv4: { ip: '203.0.113.7' }, ipv6: { ip: '2001:db8::/64' } },
};

describe('a server', () => {
  it('is told by its labels', () => {
    expect(readServer(server)).toEqual({
      id: 42,
      name: 'backup-2026-11-21',
      runId: '2026-11-21',
      expires: new Date('2026-11-21T08:30:00Z'),
      status: 'running',
      type: 'cx23',
      location: 'nbg1',
      addresses: ['203.0.113.7', '2001:db8::/64'],
      createdAt: '2026-11-21T02:30:00.000Z',
    });
  });

  it('that somebody labelled by hand has no run and no expiry', () => {
    for (const labels of [{}, { run: 'tuesday', expires: 'soon' }, { run: '', expires: '' }]) {
      expect(readServer({ ...server, labels })).toMatchObject({ runId: undefined, expires: undefined });
    }
  });

  it('may be without public addresses', () => {
    expect(readServer({ ...server, public_net: { ipv4: null, ipv6: null } }).addresses).toEqual([]);
    expect(readServer({ ...server, public_net: {} }).addresses).toEqual([]);
  });

  it.each([
    ['initializing', 'starting'],
    ['starting', 'starting'],
    ['running', 'running'],
    ['off', 'off'],
    ['deleting', 'deleting'],
    ['stopping', 'other'],
    ['migrating', 'other'],
    ['rebuilding', 'other'],
    ['unknown', 'other'],
    ['brand_new', 'other'],
  ])('%s is %s', (status, expected) => {
    expect(readServer({ ...server, status }).status).toBe(expected);
  });
});

describe('snapshots', () => {
  const image = (id: number, created: string, changes: Partial<ImageReply> = {}): ImageReply => ({
    id,
    status: 'available',
    architecture: 'x86',
    disk_size: 40,
    created,
    labels: { role: 'backup-runner', runner: '0.2.0', protocol: '1' },
    ...changes,
  });

  it('come newest first, whatever their order and zone', () => {
    const rows = [
      image(1, '2026-11-01T00:00:00Z'),
      image(2, '2026-11-03T00:00:00Z'),
      image(3, '2026-11-03T00:30:00+01:00'),
      image(4, '2026-11-03T00:00:00Z'),
    ];
    expect(readImages(rows).map(({ id }) => id)).toEqual([4, 2, 3, 1]);
  });

  it('count only when they are complete', () => {
    const rows = [image(1, '2026-11-01T00:00:00Z', { status: 'creating' }), image(2, '2026-10-01T00:00:00Z')];
    expect(readImages(rows).map(({ id }) => id)).toEqual([2]);
  });

  it('that do not say what is in them say nothing', () => {
    const labels = { role: 'backup-runner', protocol: 'one' };
    expect(readImages([image(1, '2026-11-01T00:00:00Z', { labels })])).toMatchObject([
      { runnerVersion: undefined, protocol: undefined },
    ]);
  });
});

describe('offers', () => {
  const NOW = new Date('2026-11-21T00:00:00Z');
  const place = (name: string, changes: Partial<ServerTypeReply['locations'][number]> = {}) => ({
    name,
    available: true,
    deprecation: null,
    ...changes,
  });
  const priced = (location: string) => ({ location, price_hourly: { net: '0.0096000000' } });
  const type = (changes: Partial<ServerTypeReply>): ServerTypeReply => ({
    name: 'cx23',
    architecture: 'x86',
    disk: 40,
    prices: [priced('nbg1')],
    locations: [place('nbg1')],
    ...changes,
  });
  const pricing = { currency: 'EUR', primary_ips: [] };
  const availability = (row: ServerTypeReply) => readOffers([row], pricing, NOW).map(({ available }) => available);

  it('are one for each place with a price', () => {
    const row = type({ prices: [priced('nbg1'), priced('hel1')], locations: [place('hel1'), place('nbg1')] });
    expect(readOffers([row], pricing, NOW)).toEqual(
      ['nbg1', 'hel1'].map(location => ({
        type: 'cx23',
        location,
        available: true,
        architecture: 'x86',
        diskGb: 40,
        hourlyPrice: { amount: '0.0096000000', currency: 'EUR' },
      })),
    );
  });

  it('cost what the server and its public address cost in that place', () => {
    const addresses = { type: 'ipv4', prices: [{ location: 'nbg1', price_hourly: { net: '0.0008' } }] };
    const free = { type: 'ipv6', prices: [{ location: 'nbg1', price_hourly: { net: '5' } }] };
    const row = type({ prices: [priced('nbg1'), priced('hel1')] });
    const offers = readOffers([row], { currency: 'EUR', primary_ips: [free, addresses] }, NOW);
    expect(offers.map(({ hourlyPrice }) => hourlyPrice.amount)).toEqual(['0.0104000000', '0.0096000000']);
  });

  it('are not to be had where the API says so, or does not name the place', () => {
    expect(availability(type({ locations: [place('nbg1', { available: false })] }))).toEqual([false]);
    expect(availability(type({ locations: [] }))).toEqual([false]);
  });

  it('end with the day that a deprecation names, not before', () => {
    const until = (day: string) =>
      type({ locations: [place('nbg1', { deprecation: { unavailable_after: `${day}T00:00:00Z` } })] });
    expect(availability(until('2026-11-21'))).toEqual([false]);
    expect(availability(until('2026-11-22'))).toEqual([true]);
  });
});
