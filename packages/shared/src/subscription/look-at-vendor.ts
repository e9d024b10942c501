import type { Log } from '../log/log.ts';
import { unreachable } from '../result/result.ts';
import { createWith, updateWith } from './change-subscription.ts';
import { acceptable, believe, nextStep, type Step, settleCreation, type View, type Wanted } from './next-step.ts';
import { problemOf } from './registry-problem.ts';
import {
  keepSecret,
  noteDeed,
  type Problem,
  type SubscriptionBook,
  type SubscriptionStore,
  secretOf,
} from './subscription-book.ts';
import type { RegistryError, RemoteSubscription, WebhookRegistry } from './webhook-registry.ts';

/** One pass over the vendor's subscriptions: list once, then step by step until nothing is left to do for now. */
export interface Look {
  /** Reads the vendor's list and changes nothing. */
  list(book: SubscriptionBook): Promise<Finding>;
  /** Compares secrets, too, learns those that are new, and says what `repair` would do. */
  verify(book: SubscriptionBook): Promise<Finding>;
  repair(book: SubscriptionBook): Promise<Finding>;
}

export interface Finding {
  readonly book: SubscriptionBook;
  /** What is still wrong. */
  readonly problem?: Problem;
}

export interface LookPorts {
  readonly registry: WebhookRegistry;
  readonly store: SubscriptionStore;
  readonly wanted: Wanted;
  readonly now: () => number;
  readonly log: Log;
}

/** Enough for a rotation and for clearing away what a person left at our address; the next pass goes on. */
const STEPS_MAX = 20;
const RETRY_FIRST_MS = 1_000;
/** A vendor that is back is noticed within a minute. */
const RETRY_MAX_MS = 60_000;

/** What one step made of the pass: go on with it, or end it here. */
type Stepped =
  | { readonly book: SubscriptionBook; readonly view: View }
  | { readonly book: SubscriptionBook; readonly problem: Problem };

export function createLook(ports: LookPorts): Look {
  const { registry, store, wanted, now, log } = ports;

  const did = (book: SubscriptionBook, what: string, detail: string): SubscriptionBook => {
    log.info(`subscription.${what}`, { detail });
    return noteDeed(book, { atMs: now(), did: what, detail });
  };

  /** Only what may pass by itself is tried again before the regular turn. */
  const failed = (book: SubscriptionBook, error: RegistryError): { book: SubscriptionBook; problem: Problem } => {
    const problem = problemOf(error);
    if (error.kind === 'unavailable') return later(book, problem, error.retryAfterMs);
    const { retryAtMs: _over, ...rest } = book;
    return { book: rest, problem };
  };

  const later = (book: SubscriptionBook, problem: Problem, atLeastMs = 0) => {
    const backOffMs = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** Math.min(book.failures, 10));
    const retryAtMs = now() + Math.max(backOffMs, atLeastMs);
    return { book: { ...book, failures: book.failures + 1, retryAtMs }, problem };
  };

  const create = async (book: SubscriptionBook, view: View, url: string): Promise<Stepped> => {
    const noted = { ...book, creating: { url, atMs: now() } };
    await store.write(noted); // found by whoever goes on should the answer be lost
    const created = await createWith(registry, url, acceptable(book, wanted, now()).events);
    if (!created.ok) {
      const maybeDone = created.error.kind === 'unavailable' && created.error.nothingDone !== true;
      return failed(maybeDone ? noted : book, created.error);
    }
    const { remote, refused } = created.value;
    return {
      book: without(did(noted, 'created', url), refused),
      view: { ...view, remotes: [...view.remotes, remote] },
    };
  };

  const update = async (book: SubscriptionBook, view: View, before: RemoteSubscription): Promise<Stepped> => {
    const changed = await updateWith(registry, before, acceptable(book, wanted, now()).events);
    if (changed.ok) {
      const { remote, refused } = changed.value;
      const what = before.active ? 'events_updated' : 'switched_on';
      return { book: without(did(book, what, before.url), refused), view: replace(view, before.id, remote) };
    }
    switch (changed.error.kind) {
      case 'not_found':
        return { book, view: drop(view, before.id) };
      case 'refused':
        return { book, view: { ...replace(view, before.id, before), refusal: problemOf(changed.error) } };
      case 'unavailable':
      case 'denied':
        return failed(book, changed.error);
      default:
        return unreachable(changed.error);
    }
  };

  /** What the vendor does not take is not asked for again for a day. */
  const without = (book: SubscriptionBook, events: readonly string[]): SubscriptionBook => {
    if (events.length === 0) return book;
    const detail = [...events].sort().join(', ');
    log.error('subscription.events_refused', { events: detail });
    const all = [...new Set([...(book.refused?.events ?? []), ...events])];
    return noteDeed({ ...book, refused: { events: all, atMs: now() } }, { atMs: now(), did: 'events_refused', detail });
  };

  const remove = async (book: SubscriptionBook, view: View, { id, url }: RemoteSubscription): Promise<Stepped> => {
    const removed = await registry.remove(id);
    if (!removed.ok && removed.error.kind !== 'not_found') return failed(book, removed.error);
    return { book: did(book, 'removed', url), view: drop(view, id) };
  };

  const fetchSecret = async (book: SubscriptionBook, view: View, remote: RemoteSubscription): Promise<Stepped> => {
    const known = secretOf(book, remote.id);
    const fetched = await registry.secretOf(remote);
    if (!fetched.ok) {
      if (fetched.error.kind !== 'not_found') return failed(book, fetched.error);
      return later(book, known === undefined ? secretPending(remote) : secretNotShown(remote));
    }
    const secret = fetched.value.reveal();
    const verified = { ...view, verified: new Set([...view.verified, remote.id]) };
    if (known?.secret === secret) return { book, view: verified };
    const what = known === undefined ? 'secret_fetched' : 'secret_changed';
    return { book: did(keepSecret(book, remote.id, secret, now()), what, remote.url), view: verified };
  };

  const perform = (book: SubscriptionBook, view: View, step: Exclude<Step, Ending>): Promise<Stepped> => {
    switch (step.kind) {
      case 'create':
        return create(book, view, step.url);
      case 'update':
        return update(book, view, step.subscription);
      case 'fetch_secret':
        return fetchSecret(book, view, step.subscription);
      case 'remove':
        return remove(book, view, step.subscription);
      default:
        return unreachable(step);
    }
  };

  const pass = async (before: SubscriptionBook, permitted: Permitted): Promise<Finding> => {
    const listed = await registry.list();
    if (!listed.ok) return failed(before, listed.error);
    let view: View = { remotes: listed.value, verified: new Set(), updated: new Set() };
    let book = settleCreation({ ...before, checkedAtMs: now() }, listed.value, now());
    for (let made = 0; made < STEPS_MAX; made += 1) {
      book = believe(book, view, wanted, now());
      if (permitted === 'list') return { book, ...(before.problem === undefined ? {} : { problem: before.problem }) };
      const step = nextStep(book, view, acceptable(book, wanted, now()));
      if (step.kind === 'settled') return settle(forgetTaken(book, wanted), step);
      if (step.kind === 'wait') return { book: { ...book, retryAtMs: step.untilMs }, problem: step.problem };
      if (permitted === 'verify' && step.kind !== 'fetch_secret') return { book, problem: wouldDo(step) };
      await store.write(book);
      const stepped = await perform(book, view, step);
      book = stepped.book;
      if ('problem' in stepped) return { book: believe(book, view, wanted, now()), problem: stepped.problem };
      view = stepped.view;
      await store.write(book);
    }
    return later(book, MUCH_TO_DO);
  };

  return {
    list: book => pass(book, 'list'),
    verify: book => pass(book, 'verify'),
    repair: book => pass(book, 'repair'),
  };
}

type Permitted = 'list' | 'verify' | 'repair';
type Ending = { readonly kind: 'wait' | 'settled' };

const settle = (
  { retryAtMs: _over, ...book }: SubscriptionBook,
  { problem = problemOfRefused(book) }: Extract<Step, { kind: 'settled' }>,
): Finding => ({ book: { ...book, failures: 0 }, ...(problem === undefined ? {} : { problem }) });

/** Events that are subscribed to after all, or no longer mapped, count as refused no more. */
function forgetTaken({ refused, ...book }: SubscriptionBook, wanted: Wanted): SubscriptionBook {
  const has = new Set(book.seen.flatMap(seen => seen.events));
  const events = refused?.events.filter(event => wanted.events.includes(event) && !has.has(event)) ?? [];
  return refused === undefined || events.length === 0 ? book : { ...book, refused: { ...refused, events } };
}

function problemOfRefused({ intent, refused }: SubscriptionBook): Problem | undefined {
  if (refused === undefined || intent !== 'live') return undefined;
  return {
    reason: 'events_refused',
    detail:
      `The vendor does not take ${[...refused.events].sort().join(', ')}; everything else is subscribed to. Have them ` +
      'enabled at the vendor, or take them out of the mapping table. They are tried again daily, and by register.',
  };
}

const replace = (view: View, id: string, remote: RemoteSubscription): View => ({
  ...view,
  remotes: view.remotes.map(other => (other.id === id ? remote : other)),
  updated: new Set([...view.updated, remote.id]),
});

const drop = (view: View, id: string): View => ({
  ...view,
  remotes: view.remotes.filter(remote => remote.id !== id),
});

const secretPending = ({ url }: RemoteSubscription): Problem => ({
  reason: 'secret_pending',
  detail: `The vendor does not show the secret of ${url} yet, as usual just after its creation. It is asked again by itself.`,
});

const secretNotShown = ({ url }: RemoteSubscription): Problem => ({
  reason: 'secret_not_shown',
  detail: `The vendor does not show the secret of ${url}, which is known from before. It is asked again by itself.`,
});

const MUCH_TO_DO: Problem = {
  reason: 'much_to_do',
  detail: 'More was to be put right than one pass does. The rest follows by itself.',
};

/** What `verify` found, as what `register` would do about it. */
function wouldDo(step: Extract<Step, { kind: 'create' | 'update' | 'remove' }>): Problem {
  const repairing = 'Put it right: pnpm webhooks register.';
  switch (step.kind) {
    case 'create':
      return { reason: 'not_subscribed', detail: `There is no subscription at ${step.url}. ${repairing}` };
    case 'update':
      return step.subscription.active
        ? { reason: 'events_differ', detail: `${step.subscription.id} has other events than are mapped. ${repairing}` }
        : { reason: 'switched_off', detail: `${step.subscription.id} is switched off at the vendor. ${repairing}` };
    case 'remove':
      return { reason: 'surplus', detail: `${step.subscription.id} is one too many at our address. ${repairing}` };
    default:
      return unreachable(step);
  }
}
