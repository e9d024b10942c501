import type { ReadJob } from '@innkeeper/shared/contracts/read-job';
import type { DocumentFields } from '@innkeeper/shared/ports/document-store';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { expect, test } from 'vitest';
import { describeReports } from './describe-reports.ts';
import { readReports, readReportsOf } from './read-reports.ts';

const report = (index: number, change: Partial<ReadJob> = {}): ReadJob => ({
  v: 1,
  jobId: `guesty-reservations-gap-check-${index}`,
  source: 'guesty',
  purpose: 'gap-check',
  resource: 'reservations',
  window: {},
  state: 'done',
  counts: { pages: 1, read: 10, sent: 0, vanished: 0, unreadable: 0 },
  examples: [],
  startedAt: '2026-11-21T09:00:00.000Z',
  updatedAt: '2026-11-21T09:00:01.000Z',
  // Two of each, so that a page ends between equals.
  endedAt: new Date(Date.UTC(2026, 10, 1) + Math.floor(index / 2) * 300_000).toISOString(),
  ...change,
});

async function storeWith(reports: readonly (ReadJob & { readonly unreadable?: readonly object[] })[]) {
  const store = inMemoryDocumentStore();
  for (const one of reports) {
    await store.commit([{ op: 'set', path: `reports/${one.jobId}`, fields: one as unknown as DocumentFields }]);
  }
  return store;
}

test('the newest reports come first, of one vendor as of both', async () => {
  const calls = { source: 'aircall', resource: 'calls' } as const;
  const all = Array.from({ length: 450 }, (_none, index) =>
    report(index, index === 3 ? { ...calls, jobId: 'aircall-calls-gap-check-3' } : {}),
  );
  const store = await storeWith(all);
  const ids = async (vendors: readonly ReadJob['source'][], last: number) => {
    const read = await readReports(store, { vendors, last });
    if (!read.ok) throw new Error(read.error);
    return read.value.map(({ jobId }) => Number(jobId.split('-').at(-1)));
  };
  const newest = await ids(['guesty', 'aircall'], 300);
  expect(newest).toHaveLength(300);
  expect(new Set(newest).size).toBe(300);
  expect(new Set(newest.slice(0, 2))).toEqual(new Set([448, 449]));
  expect(await ids(['aircall'], 5)).toEqual([3]);
});

test('one that another release wrote is named', async () => {
  const store = await storeWith([{ ...report(1), v: 2 as 1 }]);
  const read = await readReports(store, { vendors: ['guesty'], last: 5 });
  expect(read.ok ? '' : read.error).toContain('another release');
});

test('what was withheld, vanished and not understood is told with the records it is about', async () => {
  const counts = { pages: 3, read: 240, sent: 7, vanished: 1, unreadable: 1 };
  const examples = ['guesty:reservation:r1', 'guesty:reservation:r2'];
  const unreadable = [{ key: 'guesty:reservation:r9', reason: 'payload_unexpected', detail: 'status' }];
  const store = await storeWith([
    { ...report(1, { counts, examples, endedAt: '2026-11-21T09:05:00.000Z' }), unreadable },
  ]);
  const later = report(2);
  const read = await readReportsOf(store, [report(1), later]);
  if (!read.ok) throw new Error(read.error);
  expect(describeReports(read.value).split('\n')).toEqual([
    '✓ 2026-11-21 09:05 UTC  gap-check   guesty reservations: 240 read, 7 missing or older here, sent to be healed; ' +
      '1 no longer shown by the vendor, to be read one by one; 1 not understood',
    '    guesty:reservation:r1',
    '    guesty:reservation:r2',
    '    and 6 more',
    '    ! guesty:reservation:r9: payload_unexpected: status',
    '✓ 2026-11-01 00:05 UTC  gap-check   guesty reservations: 10 read, nothing differed',
  ]);
});
