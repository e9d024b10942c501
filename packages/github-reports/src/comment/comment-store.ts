import type { Result } from '@innkeeper/shared/result/result';
import type { GitHubProblem } from '../github/github-problem.ts';

export interface StoredComment {
  readonly id: number;
  readonly body: string;
}

/** Our own comments on one pull request. Nobody else's is ever read as ours: anybody could write the marker. */
export interface CommentStore {
  /** Oldest first. */
  listOwn(): Promise<Result<readonly StoredComment[], GitHubProblem>>;
  write(body: string): Promise<Result<StoredComment, GitHubProblem>>;
  replace(id: number, body: string): Promise<Result<void, GitHubProblem>>;
  /** Removing what is gone changes nothing. */
  remove(id: number): Promise<Result<void, GitHubProblem>>;
}
