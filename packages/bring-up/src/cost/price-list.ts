/**
 * What vendors ask, as it could be read and when. Prices without VAT. `readAt` of a month means a third party quoted the
 * vendor's page then; `undefined` means nobody looked it up again: an order of magnitude, to be compared with the bill.
 */
export interface Price {
  readonly amount: number;
  readonly currency: 'EUR' | 'USD';
  readonly readAt: string | undefined;
}

const eur = (amount: number, readAt?: string): Price => ({ amount, currency: 'EUR', readAt });
const usd = (amount: number, readAt?: string): Price => ({ amount, currency: 'USD', readAt });

/** A month of a server in Hetzner's European places, without its address; hourly, at most this. */
export const HETZNER_SERVER_MONTH: ReadonlyMap<string, Price> = new Map([
  ['cx23', eur(5.49, '2026-09')],
  ['cx33', eur(8.49, '2026-09')],
  ['cx43', eur(15.99, '2026-09')],
  ['cx53', eur(29.49, '2026-09')],
  ['cpx12', eur(11.49, '2026-09')],
  ['cpx22', eur(19.49, '2026-09')],
  ['cpx32', eur(35.49, '2026-09')],
  ['ccx13', eur(42.99, '2026-09')],
]);

/** Hours that Hetzner counts a month as. */
export const HETZNER_MONTH_HOURS = 672;

/** Billed with every server that has one, which all of ours have. */
export const HETZNER_IPV4_MONTH = eur(0.5, '2026-09');

/** Disk backups cost a share of the server. */
export const HETZNER_DISK_BACKUP_SHARE = 0.2;

/** Per compressed gigabyte and month; the exact figure could not be found. */
export const HETZNER_SNAPSHOT_GB_MONTH = eur(0.014, '2026-11');

/** Beyond what the plan of 5 USD includes; whole account. */
export const CLOUDFLARE = {
  workersPlanMonth: usd(5, '2026-08-03'),
  workerRequestsIncluded: 10_000_000,
  workerRequestsMillion: usd(0.3, '2026-08-03'),
  queueOperationsIncluded: 1_000_000,
  queueOperationsMillion: usd(0.4, '2026-08'),
  durableRequestsIncluded: 1_000_000,
  durableRequestsMillion: usd(0.15, '2026-08'),
  r2GigabytesIncluded: 10,
  r2GigabyteMonth: usd(0.015, '2026-08-03'),
  neuronsIncludedPerDay: 10_000,
  neuronsThousand: usd(0.011, '2026-11'),
  neuronsPerMillionTokens: 1_075,
} as const;

/** A zone's own plan, paid by the month. */
export const CLOUDFLARE_ZONE_MONTH: Readonly<Record<'free' | 'pro' | 'business', Price>> = {
  free: usd(0),
  pro: usd(25),
  business: usd(250),
};

/** Firestore's of its dearest European place, Cloud Run's of its dearer tier: the bill is not above it. */
export const GOOGLE = {
  firestoreReads100k: usd(0.06),
  firestoreWrites100k: usd(0.18),
  firestoreDeletes100k: usd(0.02),
  firestoreGigabyteMonth: usd(0.18),
  /** Minimum instances between requests. */
  idleVcpuSecond: usd(0.0000035),
  idleGibibyteSecond: usd(0.0000035),
  busyVcpuSecond: usd(0.0000336),
  busyGibibyteSecond: usd(0.0000035),
  pubsubTebibyte: usd(40),
  pubsubGibibytesIncluded: 10,
  loggingGibibyte: usd(0.5),
  loggingGibibytesIncluded: 50,
  kmsKeyMonth: usd(0.06),
  secretVersionMonth: usd(0.06),
  secretVersionsIncluded: 6,
} as const;
