import { ok, type Result } from '@innkeeper/shared/result/result';
import type { GitHubProblem } from '../github/github-problem.ts';
import type { Finding } from './finding.ts';
import type { IssueStore } from './issue-store.ts';
import { type Reported, reportFinding } from './report-finding.ts';
import { type Synced, syncFindings } from './sync-findings.ts';

/** What the jobs of a workflow found. One that left nothing behind died, and is itself a finding. */
export interface Jobs {
  readonly scope: string;
  /** Names of the jobs that were to run, in their order. */
  readonly expected: readonly string[];
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  /** One begins only after the one before it went well: who never had its turn is not missed. */
  readonly inTurn: boolean;
}

/** By this key a job says that those behind it were not begun. */
const FAILURE = 'failure';

export async function syncJobs(store: IssueStore, jobs: Jobs, runUrl: string): Promise<Result<Synced, GitHubProblem>> {
  const reported: Reported[] = [];
  const postponed: string[] = [];
  for (const name of jobs.expected) {
    const scope = `${jobs.scope}/${name}`;
    const found = jobs.findings.get(name);
    if (found === undefined) {
      // What is open of this job stays: whether it is still so, nobody knows.
      const died = await reportFinding(store, withoutResult(scope), runUrl);
      if (!died.ok) return died;
      reported.push(died.value);
    } else {
      const done = await syncFindings(store, scope, found, runUrl);
      if (!done.ok) return done;
      reported.push(...done.value.reported);
      postponed.push(...done.value.postponed);
    }
    if (jobs.inTurn && (found === undefined || found.some(({ key }) => key === FAILURE))) break;
  }
  return ok({ reported, postponed });
}

const withoutResult = (scope: string): Finding => ({
  key: `${scope}/run`,
  title: `${scope}: the job ended without a result`,
  body:
    'It was cancelled, refused by a reviewer, ran out of time, or its runner was lost, so nothing is known of it. ' +
    'Open the run below, read the last lines of the job, and run it again.',
});
