import { isOurs } from './own-address.ts';
import { type Problem, type SubscriptionBook, secretOf, settleSecrets } from './subscription-book.ts';
import type { RemoteSubscription } from './webhook-registry.ts';

/**
 * From what we keep and what the vendor shows to the one next step towards: exactly one live subscription with the wanted
 * events and a known secret, two while secrets are rotated, never none. Pure.
 */
export interface Wanted {
  /** The Worker's own address, without a query. */
  readonly address: string;
  readonly events: readonly string[];
}

/** The vendor as this pass knows it: listed once, then changed by each step's own answer. */
export interface View {
  readonly remotes: readonly RemoteSubscription[];
  /** Ids whose secret the vendor showed during this pass. */
  readonly verified: ReadonlySet<string>;
  /** Ids that were updated during this pass, whatever came of it. */
  readonly updated: ReadonlySet<string>;
  /** Why the vendor did not take an update. */
  readonly refusal?: Problem;
}

export type Step =
  | { readonly kind: 'create'; readonly url: string }
  | { readonly kind: 'update'; readonly subscription: RemoteSubscription }
  | { readonly kind: 'fetch_secret'; readonly subscription: RemoteSubscription }
  | { readonly kind: 'remove'; readonly subscription: RemoteSubscription }
  | { readonly kind: 'wait'; readonly untilMs: number; readonly problem: Problem }
  | { readonly kind: 'settled'; readonly problem?: Problem };

/** How long two subscriptions live side by side, so that what the vendor still retries arrives under either secret. */
export const OVERLAP_MS = 24 * 3_600_000;
/** A creation shows in the vendor's list by then, or it never happened. */
const CREATION_SHOWS_MS = 60_000;

/** How long events that the vendor refused are left out. */
const REFUSED_MS = 24 * 3_600_000;

/** What is wanted, without what the vendor does not take. */
export function acceptable({ refused }: SubscriptionBook, wanted: Wanted, nowMs: number): Wanted {
  if (refused === undefined || nowMs >= refused.atMs + REFUSED_MS) return wanted;
  return { ...wanted, events: wanted.events.filter(event => !refused.events.includes(event)) };
}

/** What a look at the vendor's list changes in what we believe. */
export function believe(book: SubscriptionBook, view: View, wanted: Wanted, nowMs: number): SubscriptionBook {
  const ours = view.remotes.filter(remote => isOurs(remote.url, wanted.address));
  const isShown = (url: string | undefined): boolean => ours.some(remote => remote.url === url);
  const since = new Map(book.seen.map(seen => [seen.id, seen.sinceMs]));
  return {
    ...chooseCurrent(atAddress(book, wanted), isShown, ours, nowMs),
    secrets: settleSecrets(book, new Set(ours.map(remote => remote.id)), nowMs),
    seen: ours.map(remote => ({ ...remote, sinceMs: since.get(remote.id) ?? nowMs })),
    foreign: view.remotes.length - ours.length,
  };
}

/** A creation that the vendor's own list shows, or that it would show by now, is no longer uncertain. */
export function settleCreation(
  { creating, ...book }: SubscriptionBook,
  listed: readonly RemoteSubscription[],
  nowMs: number,
): SubscriptionBook {
  const isOver =
    creating === undefined ||
    nowMs >= creating.atMs + CREATION_SHOWS_MS ||
    listed.some(remote => remote.url === creating.url);
  return isOver ? book : { ...book, creating };
}

/** A Worker that moved begins anew at its new address; what it had elsewhere is no longer its own. */
function atAddress(book: SubscriptionBook, { address }: Wanted): SubscriptionBook {
  if (book.address === address) return book;
  const { rotation: _rotation, creating: _creating, ...rest } = book;
  return { ...rest, address, currentUrl: address };
}

function chooseCurrent(
  book: SubscriptionBook,
  isShown: (url: string | undefined) => boolean,
  ours: readonly RemoteSubscription[],
  nowMs: number,
): SubscriptionBook {
  const { rotation, ...rest } = book;
  if (rotation !== undefined && isShown(rotation.url)) {
    const successor = pick(book, ours, rotation.url);
    const known = successor === undefined ? undefined : secretOf(book, successor.id);
    const isOver = known !== undefined && nowMs >= known.sinceMs + OVERLAP_MS;
    // Where the old one ended on its own, the new one takes over at once.
    if (isOver || !isShown(book.currentUrl)) return { ...rest, currentUrl: rotation.url };
  }
  if (isShown(book.currentUrl) || ours.length === 0) return book;
  const adopted = ours.find(remote => remote.url === book.address) ?? ours.find(remote => remote.url !== rotation?.url);
  return adopted === undefined ? book : { ...book, currentUrl: adopted.url };
}

/** The subscription at an address; of several the one whose secret is known. */
function pick(
  book: SubscriptionBook,
  ours: readonly RemoteSubscription[],
  url: string | undefined,
): RemoteSubscription | undefined {
  const there = ours.filter(remote => remote.url === url);
  return there.find(remote => secretOf(book, remote.id) !== undefined) ?? there[0];
}

export function nextStep(book: SubscriptionBook, view: View, wanted: Wanted): Step {
  const ours = view.remotes.filter(remote => isOurs(remote.url, wanted.address));
  if (book.intent === 'unset') return { kind: 'settled', problem: neverRegistered(ours.length) };
  if (book.intent === 'off') {
    const [last] = ours;
    return last === undefined ? { kind: 'settled', problem: SWITCHED_OFF } : { kind: 'remove', subscription: last };
  }
  const current = pick(book, ours, book.currentUrl);
  if (current === undefined) return create(book, book.currentUrl);
  const successor = pick(book, ours, book.rotation?.url);
  const staying = successor === undefined ? [current] : [current, successor];

  const unfit = staying.find(remote => !isFit(remote, wanted) && !view.updated.has(remote.id));
  if (unfit !== undefined) return { kind: 'update', subscription: unfit };
  const unverified = staying.find(remote => !view.verified.has(remote.id));
  if (unverified !== undefined) return { kind: 'fetch_secret', subscription: unverified };
  if (book.rotation !== undefined && successor === undefined) return create(book, book.rotation.url);
  const stubborn = staying.find(remote => !isFit(remote, wanted));
  if (stubborn !== undefined) {
    // Others at our address may deliver what it does not: they stay, and are taken.
    const unread = ours.find(remote => !view.verified.has(remote.id));
    return unread === undefined
      ? { kind: 'settled', problem: view.refusal ?? notTaken(stubborn) }
      : { kind: 'fetch_secret', subscription: unread };
  }
  const surplus = ours.find(remote => !staying.includes(remote));
  if (surplus !== undefined) return { kind: 'remove', subscription: surplus };
  return { kind: 'settled' };
}

function create(book: SubscriptionBook, url: string): Step {
  if (book.creating?.url !== url) return { kind: 'create', url };
  return { kind: 'wait', untilMs: book.creating.atMs + CREATION_SHOWS_MS, problem: CREATION_UNCERTAIN };
}

export function isFit(remote: RemoteSubscription, { events }: Wanted): boolean {
  const has = new Set(remote.events);
  return remote.active && has.size === new Set(events).size && events.every(event => has.has(event));
}

const neverRegistered = (ours: number): Problem => ({
  reason: 'never_registered',
  detail:
    ours === 0
      ? 'No subscription was ever registered. Register one: pnpm webhooks register.'
      : 'A subscription at this address exists and is not looked after. Adopt it: pnpm webhooks register.',
});

const SWITCHED_OFF: Problem = {
  reason: 'disabled_by_operator',
  detail: 'An operator disabled it; nothing is delivered. Subscribe again: pnpm webhooks register.',
};

const CREATION_UNCERTAIN: Problem = {
  reason: 'creation_uncertain',
  detail:
    'The vendor did not say whether it created the subscription. It is looked for, then created again, by itself.',
};

const notTaken = (remote: RemoteSubscription): Problem => ({
  reason: 'change_not_taken',
  detail: `The vendor took the change of ${remote.id} and shows ${
    remote.active ? 'other events than asked for' : 'it switched off'
  }. Compare with: pnpm webhooks list, and change it in the vendor's dashboard.`,
});
