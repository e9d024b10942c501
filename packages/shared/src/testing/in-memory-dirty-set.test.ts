import { describeDirtySetContract } from './dirty-set-contract.ts';
import { inMemoryDirtySet } from './in-memory-dirty-set.ts';

describeDirtySetContract('the dirty set in memory', () => {
  const set = inMemoryDirtySet();
  return Promise.resolve({
    mark: async (marks, nowMs) => set.mark(marks, nowMs),
    take: async (nowMs, batchMax) => set.take(nowMs, subject => batchMax[subject] ?? 1),
    settle: async entries => set.settle(entries),
    postpone: async (entries, notBeforeMs) => set.postpone(entries, notBeforeMs),
    defer: async (entries, notBeforeMs) => set.defer(entries, notBeforeMs),
    nextDueMs: async () => set.nextDueMs(),
    isLiveDue: async nowMs => set.isLiveDue(nowMs),
    backlog: async nowMs => set.backlog(nowMs),
    reopen: async () => set.reopen(),
  });
});
