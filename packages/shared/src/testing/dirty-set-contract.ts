/** What every `DirtySet` owes its callers; run against the one in memory and the one in a Durable Object. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Backlog, DirtyEntry } from '../hydration/dirty-set.ts';
import type { Lane, Mark } from '../ports/hydration-gate.ts';

/** The set as a test reaches it: in the same process, or through a Worker. `reopen` is what a crash leaves of it. */
export interface DirtySetUnderTest {
  mark(marks: readonly Mark[], nowMs: number): Promise<void>;
  take(nowMs: number, batchMax: Readonly<Record<string, number>>): Promise<readonly DirtyEntry[]>;
  settle(entries: readonly DirtyEntry[]): Promise<void>;
  postpone(entries: readonly DirtyEntry[], notBeforeMs: number): Promise<void>;
  defer(entries: readonly DirtyEntry[], notBeforeMs: number): Promise<void>;
  nextDueMs(): Promise<number | undefined>;
  isLiveDue(nowMs: number): Promise<boolean>;
  backlog(nowMs: number): Promise<Backlog>;
  reopen(): Promise<void>;
}

const MAX = { reservation: 3, guest: 2 };

const mark = (id: string, changes: Partial<Mark> = {}): Mark => ({
  subject: 'reservation',
  id,
  seenAtMs: 1,
  lane: 'live',
  cause: { eventId: `event-of-${id}`, event: 'reservation.updated.v2', receivedAt: '2026-11-21T10:00:00.000Z' },
  ...changes,
});

const ids = (entries: readonly DirtyEntry[]): string[] => entries.map(entry => entry.id);

export function describeDirtySetContract(name: string, makeSet: () => Promise<DirtySetUnderTest>): void {
  describe(`${name} keeps the dirty set’s contract`, () => {
    test('nothing marked is nothing to do', async () => {
      const set = await makeSet();
      expect(await set.take(5, MAX)).toEqual([]);
      expect(await set.nextDueMs()).toBeUndefined();
      expect(await set.isLiveDue(5)).toBe(false);
      expect(await set.backlog(5)).toEqual({
        byLane: { live: 0, backfill: 0 },
        bySubject: {},
        oldestMs: 0,
        failing: 0,
      });
    });

    test('what is marked is due at once, with all that was said of it', async () => {
      const set = await makeSet();
      await set.mark([mark('a', { seenAtMs: 7 })], 10);
      expect(await set.nextDueMs()).toBe(10);
      expect(await set.isLiveDue(10)).toBe(true);
      const [entry] = await set.take(10, MAX);
      expect(entry).toEqual({ ...mark('a', { seenAtMs: 7 }), generation: 1, attempts: 0, firstMarkedAtMs: 10 });
    });

    test('marking twice is once: the newest time, the better lane, the newer cause', async () => {
      const set = await makeSet();
      const cause = { eventId: 'newer', event: 'reservation.created.v2', receivedAt: '2026-11-21T11:00:00.000Z' };
      await set.mark([mark('a', { seenAtMs: 5, lane: 'backfill' })], 10);
      await set.mark(
        [mark('a', { seenAtMs: 9, lane: 'live', cause }), mark('a', { seenAtMs: 3, lane: 'backfill' })],
        20,
      );
      const batch = await set.take(20, MAX);
      expect(batch).toEqual([
        { ...mark('a', { seenAtMs: 9, cause }), generation: 3, attempts: 0, firstMarkedAtMs: 10 },
      ]);
    });

    test('a batch is of one subject, no larger than one read, live first and then the oldest', async () => {
      const set = await makeSet();
      await set.mark([mark('slow', { lane: 'backfill' })], 1);
      await set.mark([mark('b')], 3);
      await set.mark([mark('a')], 2);
      await set.mark([mark('g', { subject: 'guest' })], 4);
      await set.mark([mark('c')], 5);
      expect(ids(await set.take(9, MAX))).toEqual(['a', 'b', 'c']);
      expect(await set.isLiveDue(9)).toBe(true);
      expect(ids(await set.take(9, MAX))).toEqual(['g']);
      expect(await set.isLiveDue(9)).toBe(false);
      expect(ids(await set.take(9, MAX))).toEqual(['slow']);
      expect(await set.take(9, MAX)).toEqual([]);
      expect(await set.nextDueMs()).toBeUndefined();
    });

    test('ids with odd characters are ids; the same id of another subject is another thing', async () => {
      const set = await makeSet();
      const odd = ["'; DROP TABLE dirty; --", 'a/b%c', 'ünïcode 🏠', 'two\nlines', ' '];
      await set.mark(
        odd.map(id => mark(id)),
        1,
      );
      await set.mark([mark('a/b%c', { subject: 'guest' })], 1);
      const taken = [...(await set.take(1, MAX)), ...(await set.take(1, MAX)), ...(await set.take(1, MAX))];
      expect(taken.map(({ subject, id }) => `${subject} ${id}`).sort()).toEqual(
        [...odd.map(id => `reservation ${id}`), 'guest a/b%c'].sort(),
      );
    });

    test('settled is gone; marked while it was read, it is read once more', async () => {
      const set = await makeSet();
      await set.mark([mark('a'), mark('b')], 1);
      const batch = await set.take(2, MAX);
      await set.mark([mark('b', { seenAtMs: 8 })], 3);
      expect(await set.take(4, MAX)).toEqual([]);
      await set.settle(batch);
      const again = await set.take(4, MAX);
      expect(again).toMatchObject([{ id: 'b', seenAtMs: 8, attempts: 0, firstMarkedAtMs: 3 }]);
      await set.settle(again);
      expect(await set.backlog(9)).toMatchObject({ byLane: { live: 0, backfill: 0 } });
    });

    test('postponed is due at its time, and counts its attempts', async () => {
      const set = await makeSet();
      await set.mark([mark('a')], 1);
      await set.postpone(await set.take(1, MAX), 500);
      expect(await set.take(499, MAX)).toEqual([]);
      expect(await set.isLiveDue(499)).toBe(false);
      expect(await set.nextDueMs()).toBe(500);
      const [entry] = await set.take(500, MAX);
      expect(entry).toMatchObject({ id: 'a', attempts: 1, firstMarkedAtMs: 1 });
    });

    test('deferred is due at its time, and counts no attempt', async () => {
      const set = await makeSet();
      await set.mark([mark('a')], 1);
      await set.defer(await set.take(1, MAX), 500);
      expect(await set.take(499, MAX)).toEqual([]);
      expect(await set.backlog(499)).toMatchObject({ failing: 0 });
      expect(await set.take(500, MAX)).toMatchObject([{ id: 'a', attempts: 0 }]);
    });

    test('news make what was postponed due at once, whether they come after the failure or during the read', async () => {
      const set = await makeSet();
      await set.mark([mark('a'), mark('b')], 1);
      const batch = await set.take(1, MAX);
      await set.mark([mark('a')], 2);
      await set.postpone(batch, 500);
      expect(await set.take(3, MAX)).toMatchObject([{ id: 'a', attempts: 1 }]);
      await set.mark([mark('b')], 4);
      expect(await set.take(4, MAX)).toMatchObject([{ id: 'b', attempts: 1, generation: 2 }]);
    });

    test('what was being read when the process ended is due again', async () => {
      const set = await makeSet();
      await set.mark([mark('a'), mark('b')], 1);
      await set.settle((await set.take(1, { reservation: 1 })).slice(0, 1));
      expect(ids(await set.take(1, MAX))).toEqual(['b']);
      await set.reopen();
      expect(await set.nextDueMs()).toBe(1);
      expect(ids(await set.take(1, MAX))).toEqual(['b']);
    });

    test('what is settled or postponed after a crash, though taken before it, is so', async () => {
      const set = await makeSet();
      await set.mark([mark('a'), mark('b')], 1);
      const batch = await set.take(1, MAX);
      await set.reopen();
      await set.settle(batch.filter(entry => entry.id === 'a'));
      await set.postpone(
        batch.filter(entry => entry.id !== 'a'),
        40,
      );
      expect(await set.take(39, MAX)).toEqual([]);
      expect(ids(await set.take(40, MAX))).toEqual(['b']);
    });

    test('the backlog says how much waits, of what, how long and how much of it fails', async () => {
      const set = await makeSet();
      await set.mark([mark('a'), mark('b', { lane: 'backfill' })], 10);
      await set.mark([mark('g', { subject: 'guest', lane: 'backfill' })], 20);
      await set.postpone((await set.take(20, MAX)).slice(0, 1), 900);
      expect(await set.backlog(50)).toEqual({
        byLane: { live: 1, backfill: 2 },
        bySubject: { reservation: 2, guest: 1 },
        oldestMs: 40,
        failing: 1,
      });
    });

    test('whatever is done in whatever order, every mark is taken until a read that began after it was settled', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async steps => {
          const set = await makeSet();
          const owed = new Map<string, number>();
          let marks = 0;
          let taken: { readonly entries: readonly DirtyEntry[]; readonly marksBefore: number }[] = [];
          for (const [now, { act, id, lane }] of steps.entries()) {
            if (act === 'mark') {
              await set.mark([mark(id, { lane })], now);
              owed.set(id, (marks += 1));
            } else if (act === 'take') {
              taken.push({ entries: await set.take(now, MAX), marksBefore: marks });
            } else if (act === 'reopen') {
              await set.reopen();
              taken = [];
            } else {
              const [read, ...others] = taken;
              taken = others;
              if (read === undefined) continue;
              if (act === 'postpone') await set.postpone(read.entries, now);
              else await set.settle(read.entries);
              if (act === 'settle') {
                for (const entry of read.entries)
                  if ((owed.get(entry.id) ?? 0) <= read.marksBefore) owed.delete(entry.id);
              }
            }
          }
          await set.reopen();
          const left: string[] = [];
          for (let batch = await set.take(99, MAX); batch.length > 0; batch = await set.take(99, MAX)) {
            left.push(...ids(batch));
          }
          expect(left.sort()).toEqual([...owed.keys()].sort());
        }),
        { numRuns: 40 },
      );
    });
  });
}

const step = fc.record({
  act: fc.constantFrom('mark', 'mark', 'take', 'settle', 'postpone', 'reopen'),
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  lane: fc.constantFrom<Lane>('live', 'backfill'),
});
