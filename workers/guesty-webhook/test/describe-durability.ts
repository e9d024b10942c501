import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { GuestyWorker } from './start-guesty-worker.ts';

/** While a part is away, deliveries are taken all the same and arrive once it is back. */
export function describeDurability(worker: () => GuestyWorker): void {
  const SWEEP = '* * * * *';
  const home = { timezone: 'Europe/Vienna', defaultCheckInTime: '15:00', defaultCheckOutTime: '10:00' };
  const listing = (id: string, changes: object = {}) =>
    JSON.stringify({
      event: 'listing.updated',
      listing: { _id: id, ...home, nickname: id, lastUpdatedAt: '2026-11-20T09:00:00.000Z' },
      ...changes,
    });
  async function fields(path: `${string}/${string}`): Promise<Record<string, unknown> | undefined> {
    const found = await worker().store.getAll([path]);
    if (!found.ok) throw new Error(found.error.detail);
    return found.value[0]?.fields;
  }
  const outcome = async (eventId: string): Promise<unknown> => (await fields(`events/${eventId}`))?.['outcome'];
  async function unsent(): Promise<number> {
    const state = await worker().operator().state();
    if (!state.ok) throw new Error(state.error.detail);
    return state.value.unsent;
  }

  const receivedAt = '2026-11-20T09:00:00.000Z';
  const envelope = { v: 1, source: 'guesty', receivedAt };

  describe('durability', () => {
    test('while the queue refuses, deliveries rest in the bucket through a restart, and are swept once it is back', async () => {
      await worker().runCron(SWEEP);
      worker().setQueueOutage('refusing');
      const answers = await Promise.all([
        worker().deliver(listing('unsent-small'), { id: 'msg_unsent_small' }),
        worker().deliver(listing('unsent-small'), { id: 'msg_unsent_small' }),
        worker().deliver(listing('unsent-large', { padding: 'ü'.repeat(100_000) }), { id: 'msg_unsent_large' }),
      ]);
      expect(answers.map(answer => answer.status)).toEqual([200, 200, 200]);
      await worker().runCron(SWEEP);
      expect(await unsent()).toBe(2);
      await worker().restart();
      expect(await unsent()).toBe(2);
      await Promise.all([worker().runCron(SWEEP), worker().runCron(SWEEP)]);
      await worker().quiet();
      expect(await unsent()).toBe(0);
      expect([await outcome('msg_unsent_small'), await outcome('msg_unsent_large')]).toEqual(['written', 'written']);
    });

    test('a poison message among others holds none of them up', async () => {
      const others = Array.from({ length: 10 }, (_none, index) => `msg_beside_${index}`);
      const poison = JSON.stringify({ event: 'listing.updated', listing: { _id: 7, ...home } });
      const answers = await Promise.all([
        worker().deliver(poison, { id: 'msg_poison_listing' }),
        ...others.map(id => worker().deliver(listing(`home-of-${id}`), { id })),
      ]);
      expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([200]));
      await worker().quiet();
      expect(new Set(await Promise.all(others.map(outcome)))).toEqual(new Set(['written']));
      expect(await fields('parked/guesty-msg_poison_listing')).toMatchObject({
        reason: 'payload_unexpected',
        detail: 'unexpected: listing._id',
      });
    });

    test('what the queue gave up on is parked with its payload, and can be replayed', async () => {
      const body = { inline: listing('given-up') };
      await worker().putOnQueue('guesty-deliveries-dead', { ...envelope, eventId: 'msg_given_up', body });
      await worker().idle();
      expect(await fields('parked/guesty-msg_given_up')).toMatchObject({
        reason: 'attempts_exhausted',
        subject: 'events/msg_given_up',
      });
      await worker()
        .operator()
        .replay({ replayId: 'replay-0', eventIds: ['msg_given_up'] });
      await worker().quiet();
      expect(await fields('events/msg_given_up')).toMatchObject({ outcome: 'written', receivedAt });
      expect(await fields('parked/guesty-msg_given_up')).toBeUndefined();
    });

    test.each(['guesty-deliveries', 'guesty-deliveries-dead'])(
      'what is no delivery on %s is kept where a person finds it, and acknowledged',
      async queue => {
        const messages = [
          { v: 99, from: queue },
          { ...envelope, eventId: 'a/b', body: { inline: queue } },
        ];
        for (const message of messages) await worker().putOnQueue(queue, message);
        await worker().idle();
        for (const message of messages) {
          const id = createHash('sha256').update(JSON.stringify(message)).digest('hex');
          expect(await fields(`parked/guesty-${id}`)).toMatchObject({ reason: 'delivery_unreadable', attempts: 1 });
        }
      },
    );

    test('a replay of what was parked is read again under its own id', async () => {
      const replayed = await worker()
        .operator()
        .replay({ replayId: 'replay-1', eventIds: ['msg_poison_listing', 'msg_beside_1', 'msg_never_seen'] });
      expect(replayed).toMatchObject({
        ok: true,
        value: { events: [{ outcome: 'sent' }, { outcome: 'sent' }, { outcome: 'unknown' }] },
      });
      await worker().quiet();
      expect(await fields('events/msg_poison_listing')).toMatchObject({ outcome: 'parked', replay: 'replay-1' });
      expect(await fields('events/msg_beside_1')).toMatchObject({ outcome: 'same', replay: 'replay-1' });
    });
  });
}
