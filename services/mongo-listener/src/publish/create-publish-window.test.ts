import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import { ok } from '@innkeeper/shared/result/result';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../alerts/alert.ts';
import { OUTAGE_MS, watchOutage } from '../status/outage.ts';
import { inMemoryChangePublisher, type PublishFault } from '../testing/in-memory-change-publisher.ts';
import { type VirtualClock, virtualClock } from '../testing/virtual-clock.ts';
import { createPublishWindow, type WindowLimits } from './create-publish-window.ts';
import { documentStoreParking } from './parking.ts';

const LIMITS: WindowLimits = {
  entries: 20,
  bytes: 1_000_000,
  batchEntries: 5,
  batchBytes: 100_000,
  concurrentBatches: 3,
};

function openWindow(fault?: PublishFault, options: { limits?: WindowLimits; clock?: VirtualClock } = {}) {
  const clock = options.clock ?? virtualClock();
  const publisher = inMemoryChangePublisher(fault);
  const store = inMemoryDocumentStore();
  const alerts: Alert[] = [];
  const counts = { published: 0, parked: 0, ignored: new Array<string>() };
  const lease = { valid: true };
  const window = createPublishWindow(
    {
      publisher,
      parking: documentStoreParking(store),
      leaseValid: () => lease.valid,
      counts: {
        published: changes => {
          counts.published += changes;
        },
        parked: things => {
          counts.parked += things;
        },
        ignored: reason => counts.ignored.push(reason),
      },
      clock,
      random: () => 0.5,
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      alert: alert => alerts.push(alert),
      outage: watchOutage(clock, OUTAGE_MS),
    },
    options.limits ?? LIMITS,
  );
  return { window, publisher, store, alerts, counts, lease, clock };
}

const removed = (messageId: string, version: number): ChatChange => ({
  v: 1,
  kind: 'message-removed',
  origin: 'stream',
  version,
  messageId,
});
const source = (id: unknown, origin: 'stream' | 'snapshot' = 'stream') =>
  ({ followed: 'message', id, origin }) as const;
const change = (messageId: string, version: number) =>
  ({ kind: 'change', change: removed(messageId, version) }) as const;

describe('a publish window', () => {
  it('sends what is offered in one go as one batch, live and backfill apart', async () => {
    const batches: number[] = [];
    const { window, publisher } = openWindow(async changes => {
      batches.push(changes.length);
      return undefined;
    });
    for (const id of ['a', 'b', 'c']) expect(window.offer(source(id), change(id, 1))).toBeUndefined();
    await window.offer(source('d', 'snapshot'), change('d', 1));
    expect(await window.flushed()).toEqual(ok(undefined));
    expect(batches).toEqual([3, 1]);
    expect(publisher.live).toHaveLength(3);
    expect(publisher.backfill).toEqual([removed('d', 1)]);
  });

  it('writes what is parked where a person sees it, before anything counts as acknowledged', async () => {
    const { window, store, counts, alerts } = openWindow();
    void window.offer(source('m/1'), { kind: 'parked', reason: 'no_room', detail: 'rid: invalid_type' });
    void window.offer(source({ odd: 1 }), { kind: 'parked', reason: 'id_not_text', detail: '_id: object' });
    await window.flushed();
    expect(store.documents.get('parked/mongo-listener:message:m%2F1')?.fields).toMatchObject({
      by: 'mongo-listener',
      reason: 'no_room',
      subject: 'mongodb:rocketchat_message/m/1',
    });
    expect([...store.documents.keys()]).toHaveLength(2);
    expect(counts.parked).toBe(2);
    expect(alerts).toMatchObject([{ kind: 'document_parked', subject: 'mongodb:rocketchat_message/m/1' }]);
  });

  it('takes back what was known of a thing that cannot be read any more', async () => {
    const { window, publisher, store } = openWindow();
    const meaning = {
      kind: 'parked',
      reason: 'wrong_type',
      detail: 'msg: found number',
      change: removed('a', 2),
    } as const;
    void window.offer(source('a'), change('a', 1));
    void window.offer(source('a'), meaning);
    await window.flushed();
    expect(publisher.live).toEqual([removed('a', 1), removed('a', 2)]);
    expect(store.documents.has('parked/mongo-listener:message:a')).toBe(true);
  });

  it('only counts what is ignored', async () => {
    const { window, counts } = openWindow();
    expect(window.offer(source('a'), { kind: 'ignored', reason: 'pinned' })).toBeUndefined();
    await window.flushed();
    expect(counts).toMatchObject({ published: 0, ignored: ['pinned'] });
  });

  it('stops its reader at the limit, and for as long as Pub/Sub refuses; then loses nothing', async () => {
    let isDown = true;
    const clock = virtualClock();
    const down: PublishFault = async () =>
      isDown ? { phase: 'before', error: { kind: 'unavailable', detail: 'down' } } : undefined;
    const { window, publisher, alerts } = openWindow(down, { clock });
    let offered = 0;
    const reading = (async () => {
      for (; offered < 200; offered += 1) await window.offer(source(offered), change(`m${offered}`, 1));
    })();
    await clock.advance(3_600_000);
    expect(offered).toBe(LIMITS.entries - 1);
    expect(window.inFlight.count).toBe(LIMITS.entries);
    expect(alerts).toHaveLength(6);
    expect(new Set(alerts.map(({ kind }) => kind))).toEqual(new Set(['publish_unavailable']));
    isDown = false;
    await clock.until(reading);
    await clock.until(window.flushed());
    expect(new Set(publisher.live.map(each => 'messageId' in each && each.messageId)).size).toBe(200);
  });

  it('stops its reader by bytes as well', () => {
    const { window } = openWindow(() => new Promise(() => undefined), { limits: { ...LIMITS, bytes: 1_000 } });
    const text = 'a'.repeat(200);
    const message: ChatChange = {
      v: 1,
      kind: 'message',
      version: 1,
      origin: 'stream',
      messageId: 'm',
      roomId: 'r',
      authorId: 'u',
      authorUsername: 'anna',
      text,
      role: 'evidence',
      sentAt: '2026-11-21T09:00:00.000Z',
    };
    expect(window.offer(source('m'), { kind: 'change', change: message })).toBeInstanceOf(Promise);
  });

  it('sends nothing while the lease may be lost, and goes on once it is sure again', async () => {
    const { window, publisher, lease, clock } = openWindow();
    lease.valid = false;
    void window.offer(source('a'), change('a', 1));
    await clock.advance(60_000);
    expect(publisher.live).toEqual([]);
    lease.valid = true;
    await clock.until(window.flushed());
    expect(publisher.live).toHaveLength(1);
  });

  it('finds the one change that Pub/Sub can never take, parks it, and publishes the others in order', async () => {
    const { window, publisher, store } = openWindow(async changes =>
      changes.some(each => 'messageId' in each && each.messageId === 'bad')
        ? { phase: 'before', error: { kind: 'refused', detail: 'gRPC status 3' } }
        : undefined,
    );
    for (const id of ['a', 'b', 'bad', 'c', 'd']) void window.offer(source(id), change(id, 1));
    await window.flushed();
    expect(publisher.live.map(each => 'messageId' in each && each.messageId)).toEqual(['a', 'b', 'c', 'd']);
    expect(store.documents.get('parked/mongo-listener:message:bad')?.fields).toMatchObject({
      reason: 'pubsub_refused',
    });
  });

  it('says so at once where it may not publish, and goes on trying', async () => {
    let isDenied = true;
    const { window, alerts, publisher, clock } = openWindow(async () =>
      isDenied ? { phase: 'before', error: { kind: 'denied', detail: 'gRPC status 7' } } : undefined,
    );
    void window.offer(source('a'), change('a', 1));
    await clock.advance(1_000);
    expect(alerts).toEqual([{ kind: 'publish_denied', detail: 'gRPC status 7' }]);
    isDenied = false;
    await clock.until(window.flushed());
    expect(publisher.live).toHaveLength(1);
  });

  it('lets everybody go when it is closed, and reaches nothing more', async () => {
    const clock = virtualClock();
    const { window } = openWindow(() => clock.pause(1_000).then(() => undefined), { clock });
    let reached = false;
    const offers = Array.from({ length: LIMITS.entries }, (_, at) => window.offer(source(at), change(`m${at}`, 1)));
    window.whenAcknowledged(() => {
      reached = true;
    });
    const flushed = window.flushed();
    window.close();
    expect(await flushed).toMatchObject({ ok: false, error: { kind: 'closed' } });
    await offers.at(-1);
    expect(await window.flushed()).toMatchObject({ ok: false });
    await clock.advance(60_000);
    expect(reached).toBe(false);
  });

  it('loses nothing and keeps the order of every thing, whatever fails (simulated)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 120 }), async (seed, changes) => {
        const dice = xoroshiro128plus(seed);
        const chance = (share: number): boolean => uniformFloat64(dice) < share;
        const clock = virtualClock();
        const arrived: { readonly key: string; readonly version: number }[] = [];
        const keys = new Set<string>();
        const nameOf = (one: { readonly key: string; readonly version: number }) => `${one.key} ${one.version}`;
        const { window } = openWindow(
          async batch => {
            if (chance(0.5)) await clock.pause(uniformInt(dice, 1, 2_000));
            const phase = chance(0.3) ? 'before' : chance(0.2) ? 'after' : undefined;
            if (phase !== 'before') {
              for (const each of batch) {
                const one = { key: 'messageId' in each ? each.messageId : '', version: each.version };
                arrived.push(one);
                keys.add(nameOf(one));
              }
            }
            const kind = chance(0.2) ? 'denied' : 'unavailable';
            return phase === undefined ? undefined : { phase, error: { kind, detail: 'simulated' } };
          },
          { clock },
        );
        const offered: { readonly key: string; readonly version: number }[] = [];
        const acknowledged: number[] = [];
        const feed = async () => {
          for (let version = 1; version <= changes; version += 1) {
            const key = `m${uniformInt(dice, 1, 8)}`;
            offered.push({ key, version });
            await window.offer(source(key), change(key, version));
            window.whenAcknowledged(() => {
              acknowledged.push(version);
              // Publish before token: everything up to here arrived.
              expect(offered.slice(0, version).filter(before => !keys.has(nameOf(before)))).toEqual([]);
            });
            if (chance(0.2)) await clock.pause(uniformInt(dice, 1, 500));
          }
        };
        await clock.until(feed());
        await clock.until(window.flushed());
        expect(acknowledged).toEqual(offered.map(({ version }) => version));
        for (const key of new Set(offered.map(each => each.key))) {
          const firsts = [...new Set(arrived.filter(each => each.key === key).map(each => each.version))];
          expect(firsts).toEqual(offered.filter(each => each.key === key).map(each => each.version));
          expect(arrived.findLast(each => each.key === key)?.version).toBe(firsts.at(-1));
        }
      }),
      { numRuns: 60 },
    );
  });
});
