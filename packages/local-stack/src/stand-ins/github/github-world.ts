/** What the stand-in knows: one repository's issues, comments and labels. In memory; a restart starts afresh. */
export interface IssueRow {
  readonly number: number;
  title: string;
  body: string;
  state: 'open' | 'closed';
  stateReason: 'completed' | 'not_planned' | 'reopened' | null;
  readonly labels: readonly string[];
  readonly author: string;
  readonly isPullRequest: boolean;
}

export interface CommentRow {
  readonly id: number;
  readonly issue: number;
  body: string;
  readonly author: string;
}

/** What a token may do, as a workflow's `permissions` say it. An expired one may do nothing. */
export interface TokenRow {
  readonly login: string;
  readonly issues: 'none' | 'read' | 'write';
  readonly pullRequests: 'none' | 'read' | 'write';
  readonly expired?: boolean;
}

export interface GitHubWorld {
  /** `owner/repo`. */
  readonly repository: string;
  readonly hasIssues: boolean;
  readonly tokens: Map<string, TokenRow>;
  readonly issues: Map<number, IssueRow>;
  readonly comments: Map<number, CommentRow>;
  readonly labels: Set<string>;
  /** Issues and pull requests share one row of numbers. */
  takeNumber(): number;
  takeCommentId(): number;
}

export function createGitHubWorld(repository: string, options: { readonly hasIssues: boolean }): GitHubWorld {
  let lastNumber = 0;
  let lastCommentId = 1_000;
  return {
    repository,
    hasIssues: options.hasIssues,
    tokens: new Map(),
    issues: new Map(),
    comments: new Map(),
    labels: new Set(['bug']),
    takeNumber: () => (lastNumber += 1),
    takeCommentId: () => (lastCommentId += 1),
  };
}
