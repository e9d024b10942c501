/** What every `JobStore` owes its callers; run against the one in memory and the one in a Durable Object. */
import { describe, expect, test } from 'vitest';
import type { StoredJob } from '../jobs/job-store.ts';

/** The store as a test reaches it: in the same process, or through a Worker. */
export interface JobStoreUnderTest {
  all(): Promise<readonly StoredJob[]>;
  get(jobId: string): Promise<StoredJob | undefined>;
  put(stored: StoredJob, seen?: readonly string[]): Promise<void>;
  seen(jobId: string, things: readonly string[]): Promise<readonly string[]>;
  forgetSeen(jobId: string): Promise<void>;
  remove(jobId: string): Promise<void>;
}

const job = (jobId: string, startedAt: string, changes: Partial<StoredJob> = {}): StoredJob => ({
  job: {
    v: 1,
    jobId,
    source: 'guesty',
    purpose: 'comparison',
    resource: 'reservations',
    window: { from: '2025-11-21T00:00:00.000Z' },
    state: 'running',
    counts: { pages: 0, read: 0, sent: 0, vanished: 0, unreadable: 0 },
    examples: ["guesty:reservation:it's"],
    startedAt,
    updatedAt: startedAt,
  },
  phase: 'pages',
  movesWatermark: false,
  attempts: 0,
  notBeforeMs: 0,
  unreadable: [],
  ...changes,
});

const first = job('first', '2026-11-21T10:00:00.000Z');
const second = job('second', '2026-11-21T11:00:00.000Z');

export function describeJobStoreContract(name: string, makeStore: () => Promise<JobStoreUnderTest>): void {
  describe(`${name} keeps the job store’s contract`, () => {
    test('jobs are there as they were put, the newest start first', async () => {
      const store = await makeStore();
      expect(await store.all()).toEqual([]);
      expect(await store.get('first')).toBeUndefined();
      await store.put(first);
      await store.put(second);
      expect(await store.all()).toEqual([second, first]);
      expect(await store.get('first')).toEqual(first);
    });

    test('a job that is put again is replaced', async () => {
      const store = await makeStore();
      await store.put(first);
      const later = { ...first, phase: 'comparison' as const, comparedTo: 'guesty:reservation:x', attempts: 2 };
      await store.put(later);
      expect(await store.all()).toEqual([later]);
    });

    test('a job knows what its pages showed, whatever the names, and no other job does', async () => {
      const store = await makeStore();
      const odd = ['reservation:a', "reservation:'; --", 'reservation:ü\n🏠'];
      await store.put(first, odd.slice(0, 2));
      await store.put(first, odd.slice(1));
      await store.put(second, ['reservation:b']);
      const asked = [...odd, 'reservation:b', 'reservation:c'];
      expect([...(await store.seen('first', asked))].sort()).toEqual([...odd].sort());
      expect(await store.seen('second', asked)).toEqual(['reservation:b']);
      expect(await store.seen('third', asked)).toEqual([]);
    });

    test('what was seen can be forgotten without the job, and goes with it', async () => {
      const store = await makeStore();
      await store.put(first, ['reservation:a']);
      await store.put(second, ['reservation:a']);
      await store.forgetSeen('first');
      expect(await store.seen('first', ['reservation:a'])).toEqual([]);
      expect(await store.get('first')).toEqual(first);
      await store.remove('second');
      expect(await store.get('second')).toBeUndefined();
      await store.put(second);
      expect(await store.seen('second', ['reservation:a'])).toEqual([]);
    });
  });
}
