import type { OperateRequest } from '../contracts/operate.ts';
import type { SubscriptionState } from '../contracts/subscription-state.ts';
import { err, ok, type Result, unreachable } from '../result/result.ts';
import { describeSubscription } from './describe-subscription.ts';
import { createLook, type Finding, type LookPorts } from './look-at-vendor.ts';
import type { Wanted } from './next-step.ts';
import { rotatedAddress } from './own-address.ts';
import { noteDeed, openBook, type SubscriptionBook, takenSecrets } from './subscription-book.ts';

/**
 * Keeps one live subscription at a vendor with exactly the mapped events and a known secret. Every step is written down
 * before and after it is made, so it goes on wherever it was interrupted; one action at a time. I/O by ports.
 */
export interface SubscriptionKeeping {
  /** Every secret that may sign a delivery now. */
  secrets(): Promise<readonly string[]>;
  state(): Promise<SubscriptionState>;
  /** What the vendor could not be brought to is the state's `problem`. */
  act(action: SubscriptionAction): Promise<Result<SubscriptionState, ActionRefused>>;
  /** Looks, and repairs what an operator once registered. Not before the time that a failed try asked to wait for. */
  check(): Promise<SubscriptionState>;
  /** When `check` tries again what failed or was too early; `undefined`: at its regular turn. ms since 1970. */
  dueMs(): Promise<number | undefined>;
}

export type SubscriptionAction = OperateRequest<'subscription'>['action'];

export interface ActionRefused {
  readonly kind: 'not_registered' | 'not_ready';
  readonly detail: string;
}

export interface KeepSubscriptionPorts extends LookPorts {
  /** 1 to 32 lower-case letters and digits, never the same twice. */
  readonly newId: () => string;
}

/** A vendor shows a new subscription's secret late; longer than this is worth a person's look. */
const SECRET_LATE_MS = 15 * 60_000;
/** In a row; with their back-off, after four minutes. */
const FAILURES_WORTH_A_LOOK = 9;

export function keepSubscription(ports: KeepSubscriptionPorts): SubscriptionKeeping {
  const { store, wanted, now, log } = ports;
  const look = createLook(ports);
  const read = async (): Promise<SubscriptionBook> => (await store.read()) ?? openBook(wanted.address);
  const shown = (book: SubscriptionBook): SubscriptionState => describeSubscription(book, wanted);

  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  };

  const conclude = async (before: SubscriptionBook, finding: Finding): Promise<SubscriptionBook> => {
    const { problem: _solved, ...rest } = finding.book;
    const book = { ...rest, ...(finding.problem === undefined ? {} : { problem: finding.problem }) };
    await store.write(book);
    tell(before, book);
    return book;
  };

  const tell = (before: SubscriptionBook, book: SubscriptionBook): void => {
    const { problem } = book;
    if (problem === undefined) {
      if (before.problem !== undefined) log.info('subscription.recovered', { was: before.problem.reason });
      return;
    }
    const level = isExpected(problem.reason, book, now()) ? 'warn' : 'error';
    log[level]('subscription.unwell', { reason: problem.reason, detail: problem.detail });
  };

  const repair = async (begin: (book: SubscriptionBook) => SubscriptionBook): Promise<SubscriptionState> => {
    const before = await read();
    const book = begin(before);
    // What was asked for outlives a crash before the vendor hears of it.
    if (book !== before) await store.write(book);
    return shown(await conclude(before, await look.repair(book)));
  };

  const act = async (action: SubscriptionAction): Promise<Result<SubscriptionState, ActionRefused>> => {
    switch (action) {
      case 'list':
      case 'verify': {
        const before = await read();
        return ok(shown(await conclude(before, await look[action](before))));
      }
      case 'register':
        return ok(await repair(book => intend(tryRefused(book), 'live', 'registered', now())));
      case 'rotate': {
        const before = await read();
        if (before.intent !== 'live') return err(NOT_REGISTERED);
        if (!canRotate(before)) return err(NOT_READY);
        return ok(await repair(book => beginRotation(book, ports.newId(), wanted, now())));
      }
      case 'disable':
        return ok(await repair(book => intend(book, 'off', 'disabled', now())));
      default:
        return unreachable(action);
    }
  };

  return {
    secrets: async () => takenSecrets(await read(), now()),
    state: async () => shown(await read()),
    act: action => inTurn(() => act(action)),
    check: () =>
      inTurn(async () => {
        const book = await read();
        return now() < (book.retryAtMs ?? 0) ? shown(book) : repair(same => same);
      }),
    dueMs: async () => (await read()).retryAtMs,
  };
}

/** Wanted so, or usual for a while: told, and nobody is woken. */
function isExpected(reason: string, { seen, failures }: SubscriptionBook, nowMs: number): boolean {
  switch (reason) {
    case 'never_registered':
    case 'disabled_by_operator':
    case 'creation_uncertain':
    case 'events_refused': // told as an error when it happened
      return true;
    case 'secret_pending':
    case 'secret_not_shown':
      return seen.some(({ sinceMs }) => nowMs - sinceMs < SECRET_LATE_MS);
    case 'vendor_unavailable':
      return failures < FAILURES_WORTH_A_LOOK;
    default:
      return false;
  }
}

const tryRefused = ({ refused: _before, ...book }: SubscriptionBook): SubscriptionBook => book;

function intend(book: SubscriptionBook, intent: 'live' | 'off', did: string, atMs: number): SubscriptionBook {
  if (book.intent === intent) return book;
  const { rotation: _ended, ...rest } = book;
  return noteDeed({ ...rest, intent }, { atMs, did, detail: 'by an operator' });
}

/** Only a subscription that lives and whose secret is known can get a successor. */
const canRotate = ({ currentUrl, seen, ...book }: SubscriptionBook): boolean =>
  seen.some(({ id, url, active }) => url === currentUrl && active && book.secrets.some(kept => kept.id === id));

/** One that is under way goes on. */
function beginRotation(book: SubscriptionBook, id: string, { address }: Wanted, atMs: number): SubscriptionBook {
  if (book.rotation !== undefined) return book;
  const url = rotatedAddress(address, id);
  return noteDeed({ ...book, rotation: { url, beganAtMs: atMs } }, { atMs, did: 'rotation_began', detail: url });
}

const NOT_REGISTERED: ActionRefused = {
  kind: 'not_registered',
  detail: 'there is no subscription whose secret could be rotated; register one first',
};

const NOT_READY: ActionRefused = {
  kind: 'not_ready',
  detail: 'the subscription does not live or its secret is not known yet; see verify, and rotate once it is well',
};
