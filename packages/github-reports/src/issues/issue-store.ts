import type { Result } from '@innkeeper/shared/result/result';
import type { GitHubProblem } from '../github/github-problem.ts';

/** One of the repository's open issues that carry our label. */
export interface StoredIssue {
  readonly number: number;
  readonly title: string;
  readonly body: string;
}

export interface IssueDraft {
  readonly title: string;
  readonly body: string;
}

/**
 * The issues that this program opens, apart from everybody else's. Numbers rise with age and are never used twice.
 * After `unreachable` what was asked may have happened.
 */
export interface IssueStore {
  /** Every open one, oldest first. */
  listOpen(): Promise<Result<readonly StoredIssue[], GitHubProblem>>;
  open(draft: IssueDraft): Promise<Result<StoredIssue, GitHubProblem>>;
  replace(number: number, draft: IssueDraft): Promise<Result<void, GitHubProblem>>;
  comment(number: number, text: string): Promise<Result<void, GitHubProblem>>;
  /** Closing what is closed changes nothing. */
  close(number: number, reason: 'completed' | 'not_planned'): Promise<Result<void, GitHubProblem>>;
}
