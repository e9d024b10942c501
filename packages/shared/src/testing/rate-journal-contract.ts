/** What every `RateJournal` owes its callers; run against the one in memory and the one in a Durable Object. */
import { describe, expect, test } from 'vitest';
import type { CallSpan } from '../hydration/rate-gate.ts';

/** The journal as a test reaches it: in the same process, or through a Worker. */
export interface RateJournalUnderTest {
  load(sinceMs: number): Promise<{ readonly spans: readonly CallSpan[]; readonly closedUntilMs: number }>;
  count(spanMs: number, forgetBeforeMs: number): Promise<void>;
  close(untilMs: number): Promise<void>;
}

export function describeRateJournalContract(name: string, makeJournal: () => Promise<RateJournalUnderTest>): void {
  describe(`${name} keeps the journal’s contract`, () => {
    test('it counts by span and tells them oldest first', async () => {
      const journal = await makeJournal();
      expect(await journal.load(0)).toEqual({ spans: [], closedUntilMs: 0 });
      for (const span of [20_000, 10_000, 20_000]) await journal.count(span, 0);
      const spans = [
        { spanMs: 10_000, calls: 1 },
        { spanMs: 20_000, calls: 2 },
      ];
      expect(await journal.load(0)).toEqual({ spans, closedUntilMs: 0 });
      expect(await journal.load(10_001)).toEqual({ spans: spans.slice(1), closedUntilMs: 0 });
    });

    test('spans that matter no longer are forgotten', async () => {
      const journal = await makeJournal();
      await journal.count(10_000, 0);
      await journal.count(20_000, 20_000);
      expect(await journal.load(0)).toMatchObject({ spans: [{ spanMs: 20_000, calls: 1 }] });
    });

    test('it keeps until when the vendor asked to wait', async () => {
      const journal = await makeJournal();
      await journal.close(5_000);
      await journal.close(9_000);
      expect(await journal.load(0)).toEqual({ spans: [], closedUntilMs: 9_000 });
    });
  });
}
