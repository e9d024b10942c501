import type { SubscriptionState } from '../contracts/subscription-state.ts';
import type { Wanted } from './next-step.ts';
import { type SeenSubscription, type SubscriptionBook, secretOf } from './subscription-book.ts';

/** The book as operators may see it: without its secrets. Pure. */
export function describeSubscription(book: SubscriptionBook, wanted: Wanted): SubscriptionState {
  const staying = liveOf(book);
  const has = new Set(staying?.events);
  const wants = new Set(wanted.events);
  return {
    v: 1,
    subscriptions: book.seen.map(seen => ({
      id: seen.id,
      url: seen.url,
      role: seen.id === staying?.id ? 'live' : 'retiring',
      active: seen.active,
      hasSecret: secretOf(book, seen.id) !== undefined,
      since: instant(seen.sinceMs),
    })),
    missingEvents: staying === undefined ? [] : [...wants].filter(event => !has.has(event)).sort(),
    surplusEvents: [...has].filter(event => !wants.has(event)).sort(),
    foreign: book.foreign,
    ...(book.checkedAtMs === undefined ? {} : { checkedAt: instant(book.checkedAtMs) }),
    history: book.history.map(({ atMs, did, detail }) => ({ at: instant(atMs), did, detail })),
    ...(book.problem === undefined ? {} : { problem: book.problem }),
  };
}

/** The one that is to stay: the successor as soon as its secret is known. */
function liveOf({ rotation, ...book }: SubscriptionBook): SeenSubscription | undefined {
  const at = (url: string): SeenSubscription | undefined => book.seen.find(seen => seen.url === url);
  const successor = rotation === undefined ? undefined : at(rotation.url);
  return successor !== undefined && secretOf(book, successor.id) !== undefined ? successor : at(book.currentUrl);
}

const instant = (ms: number): string => new Date(ms).toISOString();
