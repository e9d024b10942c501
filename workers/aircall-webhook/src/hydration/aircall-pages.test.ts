import type { AircallPage, ListWanted } from '@innkeeper/shared/adapters/aircall/aircall-client';
import type { JobPurpose, ReadJob } from '@innkeeper/shared/contracts/read-job';
import { VENDOR_READ_EVENT } from '@innkeeper/shared/contracts/vendor-read';
import type { PageReader } from '@innkeeper/shared/jobs/page-reader';
import { describe, expect, test } from 'vitest';
import { aircallConsumer } from '../testing/aircall-consumer.ts';
import { walkPages } from '../testing/walk-pages.ts';
import { createAircallPages } from './aircall-pages.ts';
import type { AircallReads } from './aircall-reads.ts';

const NOW_MS = Date.parse('2026-11-21T09:00:00Z');

const planOf = (pages: PageReader, resource: string) => {
  const plan = pages.resources.find(candidate => candidate.resource === resource);
  if (plan === undefined) throw new Error(`no plan for ${resource}`);
  return plan;
};

/** Aircall’s list of calls as it is capped: pages of fifty, nothing beyond the ten thousandth record. */
function cappedCalls(startedAt: readonly number[]): Pick<AircallReads, 'calls' | 'contacts'> {
  const all = startedAt.map((at, id) => ({ id, started_at: at }));
  const calls = (wanted: ListWanted): ReturnType<AircallReads['calls']> => {
    const query = new URLSearchParams(wanted.next);
    const from = Number(query.get('from') ?? wanted.from ?? 0);
    const number = Number(query.get('page') ?? 1);
    const skipped = startedAt.findIndex(at => at >= from);
    const total = skipped === -1 ? 0 : all.length - skipped;
    const reached = Math.min(number * 50, total);
    const next = reached < total ? { next: `from=${from}&page=${number + 1}` } : {};
    const things = all.slice(skipped + (number - 1) * 50, skipped + reached);
    const value: AircallPage = { things, reached, total, ...next };
    return number > 200
      ? Promise.resolve({ outcome: 'failed', failure: { kind: 'vendor_unavailable', detail: 'beyond the cap' } })
      : Promise.resolve({ outcome: 'found', value, beganAtMs: NOW_MS });
  };
  return { calls, contacts: calls };
}

describe('beyond ten thousand records', () => {
  test.each([
    [9_999, 1],
    [10_000, 60],
    [10_001, 60],
    [20_000, 7],
    [23_456, 400],
  ])('a walk over %i calls, %i in a second, misses none', async (count, perSecond) => {
    const startedAt = Array.from({ length: count }, (_, id) => 1_700_000_000 + Math.floor(id / perSecond));
    const { ids } = await walkPages(createAircallPages(cappedCalls(startedAt)), 'calls', {});
    expect(new Set(ids).size).toBe(count);
  });

  test('more than that in one second do not hold up the walk', async () => {
    const startedAt = [...Array.from({ length: 12_000 }, () => 1_700_000_000), 1_700_000_009];
    const { ids } = await walkPages(createAircallPages(cappedCalls(startedAt)), 'calls', {});
    expect(ids.at(-1)).toBe('12000');
  });
});

describe('the bounds of a walk', () => {
  const pages = createAircallPages(cappedCalls([]));
  const days = (window: ReadJob['window']) => Math.round((NOW_MS - Date.parse(window.from ?? '')) / 86_400_000);

  test.each<[JobPurpose, number]>([
    ['backfill', 183],
    ['comparison', 30],
    ['gap-check', 2],
  ])('%s of calls goes back %i days', (purpose, back) => {
    expect(days(planOf(pages, 'calls').window(purpose, NOW_MS, NOW_MS - 300_000))).toBe(back);
  });

  test('after a long pause the gap check goes back to where it ended', () => {
    const since = NOW_MS - 5 * 86_400_000;
    const from = new Date(since).toISOString();
    expect(planOf(pages, 'calls').window('gap-check', NOW_MS, since).from).toBe(from);
    expect(planOf(pages, 'contacts').window('gap-check', NOW_MS, since).from).toBe(from);
  });

  test('a record outside them has not vanished', () => {
    const calls = planOf(pages, 'calls');
    const bounds = calls.window('comparison', NOW_MS, undefined);
    const startedAt = (ms: number) => ({ facts: { startedAt: new Date(ms).toISOString() } });
    expect(calls.covers?.(startedAt(NOW_MS - 86_400_000), bounds)).toBe(true);
    expect(calls.covers?.(startedAt(NOW_MS - 31 * 86_400_000), bounds)).toBe(false);
    expect(calls.covers?.(startedAt(NOW_MS + 1_000), bounds)).toBe(false);
    expect(calls.covers?.({ facts: {} }, bounds)).toBe(false);
    const contacts = planOf(pages, 'contacts');
    expect(contacts.covers?.({ facts: {} }, contacts.window('comparison', NOW_MS, undefined))).toBe(true);
    expect(contacts.covers?.({ facts: {} }, contacts.window('gap-check', NOW_MS, undefined))).toBe(false);
  });
});

describe('calls to ask about what was made of them', () => {
  const ended = (id: number, minutesAgo: number, answered = true) => ({
    id,
    started_at: NOW_MS / 1000 - minutesAgo * 60 - 300,
    answered_at: answered ? NOW_MS / 1000 - minutesAgo * 60 - 290 : null,
    ended_at: NOW_MS / 1000 - minutesAgo * 60,
  });
  const all = [ended(1, 700), ended(2, 20), ended(3, 8), ended(4, 7, false), ended(5, 4), ended(6, 1)];
  const asked: ListWanted[] = [];
  const pages = createAircallPages({
    calls: wanted => {
      asked.push(wanted);
      const value = { things: all, reached: all.length, total: all.length };
      return Promise.resolve({ outcome: 'found', value, beganAtMs: NOW_MS });
    },
    contacts: () => Promise.resolve({ outcome: 'not_found' }),
  });
  const look = async (purpose: JobPurpose, sinceMs: number) => {
    const resource = 'call-insights';
    const window = planOf(pages, resource).window(purpose, NOW_MS, sinceMs);
    const page = await pages.readPage({ purpose, resource, window });
    return page.ok ? page.value.things : [];
  };

  test('those that ended since the last look, less the time the vendor needs', async () => {
    const things = await look('gap-check', NOW_MS - 15 * 60_000);
    expect(things.map(thing => thing.value['id'])).toEqual([3, 5]);
    // Named apart from the calls themselves, which another job may read at the same moment.
    expect(things.map(thing => thing.id)).toEqual(['3~insights', '5~insights']);
    const [first] = asked;
    expect(first?.from).toBeLessThan(NOW_MS / 1000 - 12 * 3_600);
  });

  test('all in which people spoke, for the first fill', async () => {
    const things = await look('backfill', NOW_MS);
    expect(things.map(thing => thing.value['id'])).toEqual([1, 2, 3, 5, 6]);
  });

  test('are marked by the consumer, in the lane that leaves room', async () => {
    const at = aircallConsumer();
    const [thing] = await look('backfill', NOW_MS);
    const readBeganAt = new Date(NOW_MS).toISOString();
    const { kind, value } = thing ?? { kind: 'call', value: {} };
    await at.deliver({ event: VENDOR_READ_EVENT, kind, readBeganAt, purpose: 'backfill', jobId: 'job', value });
    expect(at.events()).toMatchObject([{ outcome: 'marked' }]);
    expect(at.gate.marks.map(({ subject, id, lane }) => [subject, id, lane])).toEqual(
      ['call-transcript', 'call-summary', 'call-topics', 'call-sentiment', 'call-action-items'].map(subject => [
        subject,
        '1',
        'backfill',
      ]),
    );
  });
});
