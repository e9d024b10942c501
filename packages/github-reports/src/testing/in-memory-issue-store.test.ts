import { describe } from 'vitest';
import { createInMemoryIssueStore } from './in-memory-issue-store.ts';
import { describeIssueStore } from './issue-store-contract.ts';

describe('the issue store in memory', () => {
  describeIssueStore(() => Promise.resolve(createInMemoryIssueStore()));
});
