import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import type { Server, ServerImage, ServerOffer } from '../ports.ts';
import { addDecimals } from './add-decimals.ts';
import type { ImageReply, PricingReply, ServerReply, ServerTypeReply } from './responses.ts';

/** From Hetzner's rows to ours. Pure. */
const STATUSES: Readonly<Record<string, Server['status']>> = {
  initializing: 'starting',
  starting: 'starting',
  running: 'running',
  off: 'off',
  deleting: 'deleting',
};

export function readServer(row: ServerReply): Server {
  const { ipv4, ipv6 } = row.public_net;
  return {
    id: row.id,
    name: row.name,
    runId: RunId.safeParse(row.labels['run']).data,
    expires: readExpiry(row.labels['expires']),
    status: STATUSES[row.status] ?? 'other',
    type: row.server_type.name,
    location: row.location.name,
    addresses: [ipv4, ipv6].flatMap(address => address?.ip ?? []),
    createdAt: toUtc(row.created),
  };
}

/** Only what can be started from; newest first. */
export function readImages(rows: readonly ImageReply[]): ServerImage[] {
  return rows
    .filter(row => row.status === 'available')
    .map(row => ({
      id: row.id,
      architecture: row.architecture,
      diskGb: row.disk_size,
      runnerVersion: row.labels['runner'],
      protocol: readNumber(row.labels['protocol']),
      createdAt: toUtc(row.created),
    }))
    .sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || b.id - a.id);
}

/** One offer for each place in which a type has a price: that of the server and of the public address it gets. */
export function readOffers(
  rows: readonly ServerTypeReply[],
  { currency, primary_ips }: PricingReply['pricing'],
  now: Date,
): ServerOffer[] {
  const addresses = primary_ips.find(({ type }) => type === 'ipv4')?.prices ?? [];
  return rows.flatMap(row =>
    row.prices.map(({ location, price_hourly: { net } }) => {
      const place = row.locations.find(({ name }) => name === location);
      const address = addresses.find(price => price.location === location);
      const endsAt = place?.deprecation?.unavailable_after;
      const isGone = endsAt !== undefined && Date.parse(endsAt) <= now.getTime();
      return {
        type: row.name,
        location,
        available: place?.available === true && !isGone,
        architecture: row.architecture,
        diskGb: row.disk,
        hourlyPrice: { amount: addDecimals(net, address?.price_hourly.net ?? '0'), currency },
      };
    }),
  );
}

function readExpiry(label: string | undefined): Date | undefined {
  const seconds = readNumber(label);
  return seconds === undefined ? undefined : new Date(seconds * 1000);
}

const readNumber = (label: string | undefined): number | undefined =>
  label !== undefined && /^\d{1,12}$/u.test(label) ? Number(label) : undefined;

const toUtc = (instant: string): string => new Date(instant).toISOString();
