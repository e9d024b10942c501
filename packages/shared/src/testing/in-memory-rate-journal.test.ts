import { inMemoryRateJournal } from './in-memory-rate-journal.ts';
import { describeRateJournalContract } from './rate-journal-contract.ts';

describeRateJournalContract('the journal of calls in memory', () => {
  const journal = inMemoryRateJournal();
  return Promise.resolve({
    load: async sinceMs => journal.load(sinceMs),
    count: async (spanMs, forgetBeforeMs) => journal.count(spanMs, forgetBeforeMs),
    close: async untilMs => journal.close(untilMs),
  });
});
