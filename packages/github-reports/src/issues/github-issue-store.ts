import { ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { type GitHubClient, settle } from '../github/github-client.ts';
import type { GitHubProblem } from '../github/github-problem.ts';
import type { Repository } from '../github/repository.ts';
import type { IssueStore } from './issue-store.ts';

/** The issues of a repository that carry `LABEL`. Strangers set no labels, so none of theirs is taken for ours. */
export const LABEL = 'innkeeper-report';

const Issue = z.object({
  number: z.int(),
  title: z.string(),
  body: z.string().nullable(),
  /** GitHub lists pull requests as issues, too. */
  pull_request: z.unknown().optional(),
});
const stored = ({ number, title, body }: z.infer<typeof Issue>) => ({ number, title, body: body ?? '' });

export function createGitHubIssueStore(client: GitHubClient, { owner, repo }: Repository): IssueStore {
  const place = { owner, repo };
  let hasLabel = false;

  const makeLabel = async (): Promise<Result<void, GitHubProblem>> => {
    if (hasLabel) return ok(undefined);
    const made = await settle('POST /repos/…/labels', async () => {
      try {
        await client.request('POST /repos/{owner}/{repo}/labels', {
          ...place,
          name: LABEL,
          color: 'd4a017',
          description: 'Opened, kept up to date and closed by a workflow',
        });
      } catch (error) {
        if (!isThereAlready(error)) throw error;
      }
    });
    hasLabel = made.ok;
    return made;
  };

  return {
    listOpen: () =>
      settle('GET /repos/…/issues', async () => {
        const rows = await client.paginate('GET /repos/{owner}/{repo}/issues', {
          ...place,
          labels: LABEL,
          state: 'open',
          sort: 'created',
          direction: 'asc',
          per_page: 100,
        });
        const issues = z
          .array(Issue)
          .parse(rows)
          .filter(row => row.pull_request === undefined);
        return issues.map(stored).toSorted((one, other) => one.number - other.number);
      }),
    async open(draft) {
      const labelled = await makeLabel();
      if (!labelled.ok) return labelled;
      return settle('POST /repos/…/issues', async () => {
        const { data } = await client.request('POST /repos/{owner}/{repo}/issues', {
          ...place,
          ...draft,
          labels: [LABEL],
        });
        return stored(Issue.parse(data));
      });
    },
    replace: (number, draft) =>
      settle(`PATCH /repos/…/issues/${number}`, async () => {
        await client.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
          ...place,
          issue_number: number,
          ...draft,
        });
      }),
    comment: (number, body) =>
      settle(`POST /repos/…/issues/${number}/comments`, async () => {
        await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
          ...place,
          issue_number: number,
          body,
        });
      }),
    close: (number, reason) =>
      settle(`PATCH /repos/…/issues/${number}`, async () => {
        await client.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
          ...place,
          issue_number: number,
          state: 'closed',
          state_reason: reason,
        });
      }),
  };
}

const Refused = z.object({
  status: z.literal(422),
  response: z.object({ data: z.object({ errors: z.array(z.object({ code: z.string() })) }) }),
});

function isThereAlready(error: unknown): boolean {
  const refused = Refused.safeParse(error);
  return refused.success && refused.data.response.data.errors.some(({ code }) => code === 'already_exists');
}
