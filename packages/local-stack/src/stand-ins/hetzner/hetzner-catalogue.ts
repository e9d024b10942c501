/** What Hetzner sells and what the project has. Prices are the list of 3 September 2026, net; hourly is monthly / 625. */
interface SoldType {
  readonly id: number;
  readonly name: string;
  readonly architecture: 'x86' | 'arm';
  readonly cpuType: 'shared' | 'dedicated';
  readonly cores: number;
  readonly memoryGb: number;
  readonly diskGb: number;
  readonly monthly: number;
  readonly locations: readonly string[];
  /** No new servers of this type after that. */
  readonly unavailableAfter?: string;
}

export interface Place {
  readonly id: number;
  readonly name: string;
  readonly city: string;
  readonly country: string;
  readonly zone: string;
  readonly at: readonly [number, number];
}

export const PLACES: readonly Place[] = [
  { id: 1, name: 'fsn1', city: 'Falkenstein', country: 'DE', zone: 'eu-central', at: [50.47612, 12.370071] },
  { id: 2, name: 'nbg1', city: 'Nuremberg', country: 'DE', zone: 'eu-central', at: [49.452102, 11.076665] },
  { id: 3, name: 'hel1', city: 'Helsinki', country: 'FI', zone: 'eu-central', at: [60.169855, 24.938379] },
  { id: 4, name: 'ash', city: 'Ashburn, VA', country: 'US', zone: 'us-east', at: [39.045821, -77.487073] },
];

const EUROPE = ['fsn1', 'nbg1', 'hel1'];
const shared = { cpuType: 'shared', architecture: 'x86', locations: EUROPE } as const;

export const SOLD_TYPES: readonly SoldType[] = [
  { ...shared, id: 114, name: 'cx23', cores: 2, memoryGb: 4, diskGb: 40, monthly: 5.99 },
  { ...shared, id: 115, name: 'cx33', cores: 4, memoryGb: 8, diskGb: 80, monthly: 8.99 },
  { ...shared, id: 45, name: 'cax11', architecture: 'arm', cores: 2, memoryGb: 4, diskGb: 40, monthly: 6.49 },
  { ...shared, id: 109, name: 'cpx12', cores: 1, memoryGb: 2, diskGb: 40, monthly: 11.99 },
  { ...shared, id: 110, name: 'cpx22', cores: 2, memoryGb: 4, diskGb: 80, monthly: 19.99 },
  { ...shared, id: 96, name: 'ccx13', cpuType: 'dedicated', cores: 2, memoryGb: 8, diskGb: 80, monthly: 43.49 },
  { ...shared, id: 22, name: 'cpx11', cores: 2, memoryGb: 2, diskGb: 40, monthly: 17.99, locations: ['ash'] },
  {
    ...shared,
    ...{ id: 104, name: 'cx22', cores: 2, memoryGb: 4, diskGb: 40, monthly: 3.79 },
    unavailableAfter: '2026-01-16T00:00:00Z',
  },
];
export type { SoldType };

/** What a server can be made of that is not a project's own. */
export interface SystemImage {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly architecture: 'x86' | 'arm';
  readonly diskGb: number;
  readonly flavor: string;
  readonly version: string;
  readonly createdAt: string;
}

const debian = {
  name: 'debian-12',
  description: 'Debian 12',
  diskGb: 5,
  flavor: 'debian',
  version: '12',
  createdAt: '2023-06-13T06:00:00Z',
} as const;
/** One name, one image for each architecture. */
export const SYSTEM_IMAGES: readonly SystemImage[] = [
  { ...debian, id: 114_690_387, architecture: 'x86' },
  { ...debian, id: 114_690_389, architecture: 'arm' },
];

/** What has been set up in the project beside servers. */
export const PROJECT = { networkId: 4711, firewallId: 815, sshKey: { id: 71, name: 'operators' } } as const;

/** Of a public IPv4 address. */
export const IPV4_MONTHLY = 0.5;
export const CURRENCY = 'EUR';
const VAT = 0.19; // what a German customer pays

/** As the API writes money: texts with ten decimals. */
export function money(net: number): { net: string; gross: string } {
  return { net: net.toFixed(10), gross: (net * (1 + VAT)).toFixed(16) };
}

export const hourly = (monthly: number): number => Math.round((monthly / 625) * 10_000) / 10_000;
