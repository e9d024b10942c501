import {
  CURRENCY,
  hourly,
  IPV4_MONTHLY,
  money,
  PLACES,
  type Place,
  SOLD_TYPES,
  type SoldType,
  type SystemImage,
} from './hetzner-catalogue.ts';
import type { ImageRow, SoldOut } from './hetzner-rows.ts';

/** Types, places, prices and images as the API shows them. Pure. */
export function presentType(type: SoldType, soldOut: SoldOut): object {
  const announced = soldOut.filter(gap => gap.announced);
  return {
    id: type.id,
    name: type.name,
    description: type.name.toUpperCase(),
    category: type.cpuType === 'shared' ? 'Shared vCPU' : 'Dedicated vCPU',
    architecture: type.architecture,
    cores: type.cores,
    cpu_type: type.cpuType,
    memory: type.memoryGb,
    disk: type.diskGb,
    storage_type: 'local',
    deprecated: type.unavailableAfter !== undefined,
    prices: pricesOf(type),
    locations: type.locations.map(name => {
      const available = type.unavailableAfter === undefined && !isSoldOut(announced, type.name, name);
      return {
        id: PLACES.find(place => place.name === name)?.id ?? 0,
        name,
        available,
        recommended: available,
        deprecation:
          type.unavailableAfter === undefined
            ? null
            : { announced: '2025-10-16T00:00:00Z', unavailable_after: type.unavailableAfter },
      };
    }),
  };
}

export function isSoldOut(gaps: SoldOut, type: string, location: string): boolean {
  return gaps.some(gap => (gap.type ?? type) === type && (gap.location ?? location) === location);
}

export function presentPlace(place: Place): object {
  const { id, name, city, country, zone, at } = place;
  return {
    id,
    name,
    description: `${city} DC Park 1`,
    city,
    country,
    network_zone: zone,
    latitude: at[0],
    longitude: at[1],
  };
}

export function presentPricing(): object {
  const everywhere = (net: number) => PLACES.map(({ name }) => ({ location: name, price_monthly: money(net) }));
  const address = (net: number) => everywhere(net).map(row => ({ ...row, price_hourly: money(hourly(net)) }));
  return {
    currency: CURRENCY,
    vat_rate: '19.000000',
    image: { price_per_gb_month: money(0.011) },
    volume: { price_per_gb_month: money(0.044) },
    server_backup: { percentage: '20.0000000000' },
    floating_ip: { price_monthly: money(3) },
    floating_ips: [{ type: 'ipv4', prices: everywhere(3) }],
    load_balancer_types: [],
    primary_ips: [
      { type: 'ipv4', prices: address(IPV4_MONTHLY) },
      { type: 'ipv6', prices: address(0) },
    ],
    server_types: SOLD_TYPES.map(type => ({ id: type.id, name: type.name, prices: pricesOf(type) })),
  };
}

export function presentSystemImage(image: SystemImage): object {
  return {
    id: image.id,
    type: 'system',
    status: 'available',
    name: image.name,
    description: image.description,
    architecture: image.architecture,
    disk_size: image.diskGb,
    image_size: null,
    created: image.createdAt,
    created_from: null,
    bound_to: null,
    deleted: null,
    deprecated: null,
    labels: {},
    os_flavor: image.flavor,
    os_version: image.version,
    protection: { delete: false },
    rapid_deploy: true,
  };
}

export function presentImage(image: ImageRow): object {
  return {
    id: image.id,
    type: 'snapshot',
    status: image.status,
    name: null,
    description: image.description,
    architecture: image.architecture,
    disk_size: image.diskGb,
    image_size: image.status === 'creating' ? null : 1.4,
    created: image.createdAt,
    created_from: image.createdFrom ?? { id: 1, name: 'backup-template' },
    bound_to: null,
    deleted: null,
    deprecated: null,
    labels: image.labels,
    os_flavor: 'debian',
    os_version: '12',
    protection: { delete: false },
    rapid_deploy: false,
  };
}

const INCLUDED_TRAFFIC_BYTES = 20 * 1024 ** 4;

const pricesOf = (type: SoldType) =>
  type.locations.map(location => ({
    location,
    price_hourly: money(hourly(type.monthly)),
    price_monthly: money(type.monthly),
    included_traffic: INCLUDED_TRAFFIC_BYTES,
    price_per_tb_traffic: money(1),
  }));
