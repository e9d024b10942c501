import { ok, type Result, unreachable } from '@innkeeper/shared/result/result';
import type { CommentStore } from '../comment/comment-store.ts';
import { writeStickyComment } from '../comment/sticky-comment.ts';
import type { GitHubProblem } from '../github/github-problem.ts';
import type { IssueStore } from '../issues/issue-store.ts';
import { type Reported, reportFinding, resolveFinding } from '../issues/report-finding.ts';
import { type Synced, syncFindings } from '../issues/sync-findings.ts';
import { syncJobs } from '../issues/sync-jobs.ts';
import type { Order } from './read-order.ts';

export interface Stores {
  readonly issues: IssueStore;
  readonly commentsOf: (pullRequest: number) => CommentStore;
  readonly runUrl: string;
}

/** Does what was asked. The lines say what became of it, for the run's log. */
export async function performOrder(order: Order, stores: Stores): Promise<Result<readonly string[], GitHubProblem>> {
  const { issues, runUrl } = stores;
  switch (order.kind) {
    case 'open': {
      const done = await reportFinding(issues, order.finding, runUrl);
      return done.ok ? ok([lineOf(done.value)]) : done;
    }
    case 'close': {
      const done = await resolveFinding(issues, order.key, runUrl);
      if (!done.ok) return done;
      return ok([done.value === undefined ? `${order.key}: nothing is open` : lineOf(done.value)]);
    }
    case 'sync': {
      const done = await syncFindings(issues, order.scope, order.findings, runUrl);
      return done.ok ? ok(linesOf(done.value)) : done;
    }
    case 'sync_jobs': {
      const done = await syncJobs(issues, order.jobs, runUrl);
      return done.ok ? ok(linesOf(done.value)) : done;
    }
    case 'comment': {
      const done = await writeStickyComment(stores.commentsOf(order.pullRequest), { ...order, runUrl });
      return done.ok ? ok([`comment ${done.value.id} on #${order.pullRequest}: ${done.value.done}`]) : done;
    }
    default:
      return unreachable(order);
  }
}

const lineOf = ({ key, done, number }: Reported): string => `${key}: ${done}, #${number}`;

const linesOf = ({ reported, postponed }: Synced): string[] => [
  ...reported.map(lineOf),
  ...postponed.map(key => `${key}: too many at once, opened by the next run`),
];
