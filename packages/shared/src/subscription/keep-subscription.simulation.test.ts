import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unreachable } from '../result/result.ts';
import type { CallFate, RegistryRow } from '../testing/in-memory-webhook-registry.ts';
import { ADDRESS, EVENTS, type SubscriptionWorld, subscriptionWorld } from '../testing/subscription-world.ts';
import { isOurs } from './own-address.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What may become of one call at the vendor or one write to the store. */
const FATES = ['fine', 'fine', 'fine', 'lost', 'down', 'limited', 'killed before', 'killed after'] as const;
const ACTIONS = ['register', 'verify', 'list', 'rotate', 'rotate', 'disable', 'register'] as const;
const BY_HAND = [
  ...(['delete', 'delete all', 'switch off', 'other events', 'renew secret'] as const),
  ...(['add one of ours', 'add a stranger', 'refuse an event', 'take it again'] as const),
];
const SPANS_MS = [SECOND, 30 * SECOND, 6 * MINUTE, 3 * HOUR, 25 * HOUR] as const;

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom(...ACTIONS) }) },
  { weight: 3, arbitrary: fc.record({ byHand: fc.constantFrom(...BY_HAND), which: fc.nat(3) }) },
  { weight: 4, arbitrary: fc.record({ passMs: fc.constantFrom(...SPANS_MS) }) },
);
const history = fc.record({
  secretDelayMs: fc.constantFrom(0, 3 * SECOND, 90 * SECOND),
  listDelayMs: fc.constantFrom(0, 20 * SECOND),
  fates: fc.array(fc.constantFrom(...FATES), { maxLength: 120 }),
  steps: fc.array(step, { maxLength: 20 }),
});

class Killed extends Error {}

/** Rarer than the real one, so that days pass quickly. */
const CRON_MS = 30 * MINUTE;
/** How long a secret may stay unknown in calm times: a check, a creation that is uncertain, and a wait between tries. */
const UNKNOWN_MS_MAX = CRON_MS + 2 * MINUTE;

class Simulation {
  readonly world: SubscriptionWorld;
  /** What must not happen and did. */
  readonly wrongs: string[] = [];
  readonly #fates: (typeof FATES)[number][];
  readonly #strangers = new Map<string, RegistryRow>();
  readonly #secretDelayMs: number;
  #calmSinceMs = 0;
  /** What an operator wants. */
  #isOff = true;

  constructor(options: { secretDelayMs: number; listDelayMs: number; fates: (typeof FATES)[number][] }) {
    this.#fates = [...options.fates];
    this.#secretDelayMs = options.secretDelayMs;
    this.world = subscriptionWorld({
      secretDelayMs: options.secretDelayMs,
      listDelayMs: options.listDelayMs,
      cronMs: CRON_MS,
      fate: (call, id) => {
        if (call === 'remove' || call === 'update') this.#watchHarm(call, id ?? '');
        return this.#fateOf();
      },
      atWrite: moment => {
        if (this.#fates[0]?.startsWith('killed') === true) this.#mayKill(moment);
      },
      watch: () => this.#watchSecrets(),
    });
  }

  async take(taken: { act: (typeof ACTIONS)[number] } | { byHand: string; which: number } | { passMs: number }) {
    if ('act' in taken) {
      if (taken.act === 'register') this.#isOff = false;
      if (taken.act === 'disable') this.#isOff = true;
      // An operator who gets no answer asks again.
      while (!(await this.#survive(() => this.world.keeping().act(taken.act))));
    } else if ('byHand' in taken) this.#byHand(taken.byHand, taken.which);
    else {
      const untilMs = this.world.now() + taken.passMs;
      while (this.world.now() < untilMs) await this.#survive(() => this.world.pass(untilMs - this.world.now()));
    }
  }

  /** No more faults, and time passes. */
  async calmDown(): Promise<void> {
    this.#fates.length = 0;
    this.world.vendor.refusedEvents.clear();
    this.#calmSinceMs = this.world.now();
    await this.world.pass(30 * HOUR);
  }

  /** How it ended, beside how it had to. */
  async ending() {
    const { world } = this;
    const strangers = [...this.#strangers.values()];
    const rest = {
      strangers: world.vendor.rows().filter(row => !isOurs(row.url, ADDRESS)),
      ours: world.ours().map(({ events, active }) => ({ events, active })),
      secrets: await world.keeping().secrets(),
      problem: (await world.keeping().state()).problem?.reason,
    };
    const live = { ours: [{ events: EVENTS, active: true }], secrets: world.ours().map(row => row.secret) };
    const off = { ours: [], secrets: [], problem: 'disabled_by_operator' };
    return { is: rest, has: { strangers, problem: undefined, ...(this.#isOff ? off : live) } };
  }

  /** Whether it came to its end. */
  async #survive(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      this.world.restart();
      return false;
    }
  }

  #fateOf(): CallFate {
    const fate = this.#fates.shift() ?? 'fine';
    if (fate !== 'fine') this.#calmSinceMs = this.world.now();
    switch (fate) {
      case 'fine':
      case 'lost':
        return fate;
      case 'down':
        return { kind: 'unavailable', detail: 'down' };
      case 'limited':
        return { kind: 'unavailable', detail: 'status 429', retryAfterMs: 3 * SECOND };
      case 'killed before':
      case 'killed after':
        throw new Killed(fate);
      default:
        return unreachable(fate);
    }
  }

  #mayKill(moment: 'before' | 'after'): void {
    const fate = this.#fates.shift();
    this.#calmSinceMs = this.world.now();
    if (fate === `killed ${moment}`) throw new Killed(fate);
  }

  #byHand(what: string, which: number): void {
    const { vendor } = this.world;
    const ours = this.world.ours();
    const id = ours[which % Math.max(1, ours.length)]?.id ?? '';
    this.#calmSinceMs = this.world.now();
    switch (what) {
      case 'delete':
        return vendor.byHand.remove(id);
      case 'delete all':
        return ours.forEach(row => vendor.byHand.remove(row.id));
      case 'switch off':
        return vendor.byHand.change(id, { active: false });
      case 'other events':
        return vendor.byHand.change(id, { events: ['listing.new'] });
      case 'renew secret':
        return vendor.byHand.renewSecret(id);
      case 'refuse an event':
        return void vendor.refusedEvents.add('guest.updated');
      case 'take it again':
        return vendor.refusedEvents.clear();
      case 'add one of ours':
        return void vendor.byHand.add(which === 0 ? ADDRESS : `${ADDRESS}?subscription=hand${which}`, ['listing.new']);
      default: {
        const stranger = vendor.byHand.add(`https://stranger-${which}.example.com/`, ['listing.new']);
        this.#strangers.set(stranger.id, stranger);
      }
    }
  }

  /** Nothing that is not ours is touched, and the last one that works is not removed by us. */
  #watchHarm(call: string, id: string): void {
    const row = this.world.vendor.rows().find(candidate => candidate.id === id);
    if (row === undefined) return;
    if (!isOurs(row.url, ADDRESS)) this.wrongs.push(`${call} of a stranger's ${row.url}`);
    if (call !== 'remove' || this.#isOff) return;
    const left = this.world.ours().filter(other => other.id !== id && other.active && other.events.length > 1);
    if (left.length === 0) this.wrongs.push(`removed ${row.url}, the last that worked`);
  }

  async #watchSecrets(): Promise<void> {
    if (this.#isOff) return;
    const known = new Set(await this.world.keeping().secrets());
    for (const row of this.world.ours()) {
      const sinceMs = Math.max(row.createdAtMs + this.#secretDelayMs, this.#calmSinceMs);
      const isLate = this.world.now() - sinceMs > UNKNOWN_MS_MAX;
      if (isLate && !known.has(row.secret)) this.wrongs.push(`the secret of ${row.url} stays unknown`);
    }
  }
}

describe('whatever fails, whoever meddles and wherever the process is killed', () => {
  it('one subscription lives in the end, strangers are left alone, and no secret stays unknown', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ steps, ...options }) => {
        const simulation = new Simulation(options);
        await simulation.take({ act: 'register' });
        for (const taken of steps) await simulation.take(taken);
        await simulation.calmDown();
        const { is, has } = await simulation.ending();
        expect(simulation.wrongs).toEqual([]);
        expect(is).toEqual(has);
      }),
      { numRuns: 80 },
    );
  }, 30_000);
});
