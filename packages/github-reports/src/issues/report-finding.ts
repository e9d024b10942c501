import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { GitHubProblem } from '../github/github-problem.ts';
import { digestOf, type Finding, readMark, writeBody } from './finding.ts';
import type { IssueStore, StoredIssue } from './issue-store.ts';

/** What became of a finding, and in which issue. */
export interface Reported {
  readonly key: string;
  readonly done: 'opened' | 'updated' | 'unchanged' | 'closed';
  readonly number: number;
}

/**
 * Sees to it that exactly one open issue says this. Two runs that open one at the same moment look again afterwards:
 * whoever comes last sees both, and every run keeps the oldest. A run that dies in between leaves two until the next
 * one, which keeps the oldest as well.
 */
export async function reportFinding(
  store: IssueStore,
  finding: Finding,
  runUrl: string,
): Promise<Result<Reported, GitHubProblem>> {
  const found = await keepOldest(store, finding.key);
  if (!found.ok) return found;
  if (found.value !== undefined) return bringUpToDate(store, found.value, finding, runUrl);

  const opened = await store.open({ title: finding.title, body: writeBody(finding, runUrl) });
  if (!opened.ok && opened.error.kind !== 'unreachable') return opened;
  const kept = await keepOldest(store, finding.key);
  if (!kept.ok) return kept;
  if (kept.value === undefined) return opened.ok ? said(finding, 'opened', opened.value) : opened;
  const isOurs = !opened.ok || kept.value.number === opened.value.number;
  return isOurs ? said(finding, 'opened', kept.value) : bringUpToDate(store, kept.value, finding, runUrl);
}

/** Closes the issue of this key, if there is one, with a sentence. */
export async function resolveFinding(
  store: IssueStore,
  key: string,
  runUrl: string,
): Promise<Result<Reported | undefined, GitHubProblem>> {
  const found = await keepOldest(store, key);
  if (!found.ok || found.value === undefined) return found.ok ? ok(undefined) : found;
  const { number } = found.value;
  const commented = await store.comment(number, `Well again: [this run](${runUrl}) no longer finds it.`);
  if (!commented.ok) return commented;
  const closed = await store.close(number, 'completed');
  return closed.ok ? ok({ key, done: 'closed', number }) : closed;
}

async function bringUpToDate(
  store: IssueStore,
  issue: StoredIssue,
  finding: Finding,
  runUrl: string,
): Promise<Result<Reported, GitHubProblem>> {
  if (readMark(issue.body)?.digest === digestOf(finding)) return said(finding, 'unchanged', issue);
  // People are told of comments, not of edits. First the comment: cut off here, the next run says it once more.
  const commented = await store.comment(
    issue.number,
    `[This run](${runUrl}) finds it changed; the description above says how it is now.`,
  );
  if (!commented.ok) return commented;
  const replaced = await store.replace(issue.number, { title: finding.title, body: writeBody(finding, runUrl) });
  return replaced.ok ? said(finding, 'updated', issue) : replaced;
}

/** The oldest open issue of that key. Younger ones are closed. */
async function keepOldest(store: IssueStore, key: string): Promise<Result<StoredIssue | undefined, GitHubProblem>> {
  const listed = await store.listOpen();
  if (!listed.ok) return listed;
  const [oldest, ...younger] = listed.value.filter(({ body }) => readMark(body)?.key === key);
  for (const { number } of younger) {
    const closed = await store.close(number, 'not_planned');
    if (!closed.ok) return err(closed.error);
  }
  return ok(oldest);
}

const said = (
  { key }: Finding,
  done: Reported['done'],
  { number }: Pick<StoredIssue, 'number'>,
): Result<Reported, never> => ok({ key, done, number });
