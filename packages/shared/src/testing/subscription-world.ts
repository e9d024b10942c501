import type { SubscriptionState } from '../contracts/subscription-state.ts';
import type { Log } from '../log/log.ts';
import {
  type KeepSubscriptionPorts,
  keepSubscription,
  type SubscriptionAction,
  type SubscriptionKeeping,
} from '../subscription/keep-subscription.ts';
import { isOurs } from '../subscription/own-address.ts';
import type { SubscriptionBook } from '../subscription/subscription-book.ts';
import {
  type CallFate,
  type InMemoryWebhookRegistry,
  inMemoryWebhookRegistry,
  type RegistryCall,
  type RegistryRow,
} from './in-memory-webhook-registry.ts';

/**
 * A Worker that keeps its subscription at a vendor, on a clock of its own: the vendor in memory, a store that survives
 * the end of the process, the cron and the alarm.
 */
export interface SubscriptionWorld {
  readonly vendor: InMemoryWebhookRegistry;
  readonly keeping: () => SubscriptionKeeping;
  /** What was logged, newest last. */
  readonly log: readonly string[];
  now(): number;
  ours(): readonly RegistryRow[];
  /** Lets time pass, with the alarm and the five-minute cron in it. */
  pass(ms: number): Promise<void>;
  /** The process ends; what was written stays. */
  restart(): void;
}

export interface SubscriptionWorldOptions {
  readonly secretDelayMs?: number;
  readonly listDelayMs?: number;
  readonly fate?: (call: RegistryCall, id: string | undefined) => CallFate;
  /** Before and after each write to the store; may throw to end the process there. */
  readonly atWrite?: (moment: 'before' | 'after') => void;
  readonly cronMs?: number;
  /** After every turn of the clock. */
  readonly watch?: () => Promise<void>;
}

export const ADDRESS = 'https://guesty.example.com/webhooks/guesty';
export const EVENTS = ['guest.created', 'guest.updated', 'reservation.created.v2'];
const CRON_MS = 5 * 60_000;

export function subscriptionWorld(options: SubscriptionWorldOptions = {}): SubscriptionWorld {
  const { secretDelayMs = 0, listDelayMs = 0, cronMs = CRON_MS, fate, atWrite = () => undefined, watch } = options;
  let nowMs = Date.UTC(2026, 10, 21, 8);
  let nextCronMs = nowMs + cronMs;
  let book: SubscriptionBook | undefined;
  let ids = 0;
  const lines: string[] = [];
  const now = (): number => nowMs;
  const vendor = inMemoryWebhookRegistry({ now, secretDelayMs, listDelayMs, ...(fate === undefined ? {} : { fate }) });
  const record =
    (level: string): Log['info'] =>
    (event, fields) =>
      void lines.push(`${level} ${event} ${JSON.stringify(fields ?? {})}`);
  const ports: KeepSubscriptionPorts = {
    registry: vendor,
    store: {
      read: async () => structuredClone(book),
      async write(next) {
        atWrite('before');
        book = structuredClone(next);
        atWrite('after');
      },
    },
    wanted: { address: ADDRESS, events: EVENTS },
    now,
    newId: () => {
      ids += 1;
      return `r${ids}`;
    },
    log: { info: record('info'), warn: record('warn'), error: record('error') },
  };
  let keeping = keepSubscription(ports);

  const turn = async (untilMs: number): Promise<void> => {
    const alarmMs = (await keeping.dueMs()) ?? Number.POSITIVE_INFINITY;
    nowMs = Math.max(nowMs, Math.min(alarmMs, nextCronMs, untilMs));
    const isDue = nowMs >= alarmMs || nowMs >= nextCronMs;
    if (nowMs >= nextCronMs) nextCronMs += cronMs;
    if (isDue) await keeping.check();
    await watch?.();
  };

  return {
    vendor,
    keeping: () => keeping,
    log: lines,
    now,
    ours: () => vendor.rows().filter(row => isOurs(row.url, ADDRESS)),
    async pass(ms) {
      const untilMs = nowMs + ms;
      await turn(untilMs);
      while (now() < untilMs) await turn(untilMs);
    },
    restart() {
      keeping = keepSubscription(ports);
    },
  };
}

/** What an operator is answered; a refusal is thrown by its kind. */
export async function actOn(world: SubscriptionWorld, action: SubscriptionAction): Promise<SubscriptionState> {
  const answered = await world.keeping().act(action);
  if (!answered.ok) throw new Error(answered.error.kind);
  return answered.value;
}

export async function registeredWorld(options: SubscriptionWorldOptions = {}): Promise<SubscriptionWorld> {
  const world = subscriptionWorld(options);
  await actOn(world, 'register');
  return world;
}

export const secretsAtVendor = (world: SubscriptionWorld): readonly string[] => world.ours().map(row => row.secret);
