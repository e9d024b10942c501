import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { GitHubProblem } from '../github/github-problem.ts';
import type { IssueStore, StoredIssue } from '../issues/issue-store.ts';

interface Row extends StoredIssue {
  readonly isOpen: boolean;
  readonly reason?: 'completed' | 'not_planned';
  readonly comments: readonly string[];
}

/** Issues in memory, and what a test looks at afterwards. */
export interface InMemoryIssueStore extends IssueStore {
  readonly rows: ReadonlyMap<number, Row>;
}

export function createInMemoryIssueStore(): InMemoryIssueStore {
  const rows = new Map<number, Row>();

  const change = (number: number, next: (row: Row) => Row): Promise<Result<void, GitHubProblem>> => {
    const row = rows.get(number);
    if (row === undefined) {
      return Promise.resolve(err({ kind: 'not_found', sentence: `GitHub knows nothing of #${number}.` }));
    }
    rows.set(number, next(row));
    return Promise.resolve(ok(undefined));
  };

  return {
    rows,
    listOpen: () =>
      Promise.resolve(
        ok([...rows.values()].filter(row => row.isOpen).map(({ number, title, body }) => ({ number, title, body }))),
      ),
    open(draft) {
      const issue = { number: rows.size + 1, ...draft };
      rows.set(issue.number, { ...issue, isOpen: true, comments: [] });
      return Promise.resolve(ok(issue));
    },
    replace: (number, draft) => change(number, row => ({ ...row, ...draft })),
    comment: (number, text) => change(number, row => ({ ...row, comments: [...row.comments, text] })),
    close: (number, reason) => change(number, row => (row.isOpen ? { ...row, isOpen: false, reason } : row)),
  };
}
