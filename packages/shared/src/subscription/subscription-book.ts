import type { RemoteSubscription } from './webhook-registry.ts';

/**
 * What a Worker keeps of its subscription, written down before and after every step at the vendor, so that whoever finds
 * it after a crash can go on. Holds secrets: it never leaves the object that keeps it. Pure.
 */
export interface SubscriptionBook {
  readonly v: 1;
  /** `unset` until an operator registers for the first time: until then nothing is changed at the vendor. */
  readonly intent: 'unset' | 'live' | 'off';
  /** The Worker's own address at the time of writing. */
  readonly address: string;
  /** Address of the subscription that stays. */
  readonly currentUrl: string;
  /** While there is a successor, which takes over once both have lived side by side for long enough. */
  readonly rotation?: { readonly url: string; readonly beganAtMs: number };
  /** A creation whose answer may have been lost. */
  readonly creating?: { readonly url: string; readonly atMs: number };
  /** Mapped events that the vendor did not take, and when it said so last. */
  readonly refused?: { readonly events: readonly string[]; readonly atMs: number };
  readonly secrets: readonly KeptSecret[];
  /** Ours as the vendor listed them last. */
  readonly seen: readonly SeenSubscription[];
  /** How many others the vendor listed. */
  readonly foreign: number;
  readonly checkedAtMs?: number;
  /** Tries that failed in a row, and when the next may be made. */
  readonly failures: number;
  readonly retryAtMs?: number;
  /** Newest first. */
  readonly history: readonly Deed[];
  readonly problem?: Problem;
}

export interface KeptSecret {
  /** The vendor's id of the subscription that signs with it. */
  readonly id: string;
  readonly secret: string;
  readonly sinceMs: number;
  /** When it was no longer the vendor's; taken for a while longer. */
  readonly goneAtMs?: number;
}

export interface SeenSubscription extends RemoteSubscription {
  readonly sinceMs: number;
}

export interface Deed {
  readonly atMs: number;
  /** snake_case. */
  readonly did: string;
  readonly detail: string;
}

export interface Problem {
  /** snake_case fact. */
  readonly reason: string;
  /** What is wrong and what to do, in a sentence or two. */
  readonly detail: string;
}

/** Where the book is kept. A `write` that resolved survives a crash. I/O. */
export interface SubscriptionStore {
  read(): Promise<SubscriptionBook | undefined>;
  write(book: SubscriptionBook): Promise<void>;
}

const HISTORY_MAX = 20;
/** Deliveries that were under way when their subscription ended; vendors wait 15 s at most for an answer. */
const GRACE_MS = 10 * 60_000;

export const openBook = (address: string): SubscriptionBook => ({
  v: 1,
  intent: 'unset',
  address,
  currentUrl: address,
  secrets: [],
  seen: [],
  foreign: 0,
  failures: 0,
  history: [],
});

export const noteDeed = (book: SubscriptionBook, deed: Deed): SubscriptionBook => ({
  ...book,
  history: [deed, ...book.history].slice(0, HISTORY_MAX),
});

/** The secret a subscription signs with now, as far as we know. */
export const secretOf = (book: SubscriptionBook, id: string): KeptSecret | undefined =>
  book.secrets.find(kept => kept.id === id && kept.goneAtMs === undefined);

export function keepSecret(book: SubscriptionBook, id: string, secret: string, nowMs: number): SubscriptionBook {
  const before = book.secrets.map(kept =>
    kept.id === id && kept.goneAtMs === undefined ? { ...kept, goneAtMs: nowMs } : kept,
  );
  return { ...book, secrets: [...before, { id, secret, sinceMs: nowMs }] };
}

/** Every secret that may sign a delivery now. */
export const takenSecrets = (book: SubscriptionBook, nowMs: number): readonly string[] => [
  ...new Set(book.secrets.filter(kept => isTaken(kept, nowMs)).map(kept => kept.secret)),
];

/** Brings what is kept in line with the subscriptions that there are. */
export function settleSecrets(
  book: SubscriptionBook,
  present: ReadonlySet<string>,
  nowMs: number,
): readonly KeptSecret[] {
  return book.secrets
    .map(kept => (present.has(kept.id) ? kept : { ...kept, goneAtMs: kept.goneAtMs ?? nowMs }))
    .filter(kept => isTaken(kept, nowMs));
}

const isTaken = (kept: KeptSecret, nowMs: number): boolean =>
  kept.goneAtMs === undefined || nowMs < kept.goneAtMs + GRACE_MS;
