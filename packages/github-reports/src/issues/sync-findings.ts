import { ok, type Result } from '@innkeeper/shared/result/result';
import type { GitHubProblem } from '../github/github-problem.ts';
import { type Finding, readMark } from './finding.ts';
import type { IssueStore } from './issue-store.ts';
import { type Reported, reportFinding, resolveFinding } from './report-finding.ts';

/** One broken service can fail everything at once; the rest is said in the next run, when these are looked at. */
const OPENED_AT_ONCE_MAX = 20;

export interface Synced {
  readonly reported: readonly Reported[];
  /** Keys that were not opened this time. */
  readonly postponed: readonly string[];
}

/**
 * Makes the open issues of one scope say what `findings` says: opens, brings up to date, and closes those whose key
 * is gone. Keys of findings are those within the scope; issues of other scopes are not looked at.
 */
export async function syncFindings(
  store: IssueStore,
  scope: string,
  findings: readonly Finding[],
  runUrl: string,
): Promise<Result<Synced, GitHubProblem>> {
  const listed = await store.listOpen();
  if (!listed.ok) return listed;
  const open = new Set(listed.value.flatMap(({ body }) => readMark(body)?.key ?? []));
  const wanted = findings.map(finding => ({ ...finding, key: `${scope}/${finding.key}` }));
  const unknown = wanted.filter(({ key }) => !open.has(key));
  const postponed = new Set(unknown.slice(OPENED_AT_ONCE_MAX).map(({ key }) => key));

  const reported: Reported[] = [];
  for (const finding of wanted.filter(({ key }) => !postponed.has(key))) {
    const done = await reportFinding(store, finding, runUrl);
    if (!done.ok) return done;
    reported.push(done.value);
  }
  const found = new Set(wanted.map(({ key }) => key));
  for (const key of open) {
    if (!key.startsWith(`${scope}/`) || found.has(key)) continue;
    const done = await resolveFinding(store, key, runUrl);
    if (!done.ok) return done;
    if (done.value !== undefined) reported.push(done.value);
  }
  return ok({ reported, postponed: [...postponed] });
}
