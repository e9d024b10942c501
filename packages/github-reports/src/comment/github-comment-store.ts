import { ok } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { type GitHubClient, settle } from '../github/github-client.ts';
import type { Repository } from '../github/repository.ts';
import type { CommentStore } from './comment-store.ts';

const Comment = z.object({
  id: z.int(),
  body: z.string().default(''),
  user: z.object({ login: z.string() }).nullable(),
});

/** `author`: the login that the token writes as, `github-actions[bot]` in a workflow. */
export function createGitHubCommentStore(
  client: GitHubClient,
  { owner, repo }: Repository,
  { pullRequest, author }: { readonly pullRequest: number; readonly author: string },
): CommentStore {
  const place = { owner, repo };
  const comments = `/repos/…/issues/${pullRequest}/comments`;
  return {
    listOwn: () =>
      settle(`GET ${comments}`, async () => {
        const rows = await client.paginate('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
          ...place,
          issue_number: pullRequest,
          per_page: 100,
        });
        const own = z
          .array(Comment)
          .parse(rows)
          .filter(({ user }) => user?.login === author);
        return own.map(({ id, body }) => ({ id, body })).toSorted((one, other) => one.id - other.id);
      }),
    write: body =>
      settle(`POST ${comments}`, async () => {
        const { data } = await client.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
          ...place,
          issue_number: pullRequest,
          body,
        });
        const comment = Comment.parse(data);
        return { id: comment.id, body: comment.body };
      }),
    replace: (id, body) =>
      settle(`PATCH /repos/…/issues/comments/${id}`, async () => {
        await client.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
          ...place,
          comment_id: id,
          body,
        });
      }),
    async remove(id) {
      const removed = await settle(`DELETE /repos/…/issues/comments/${id}`, async () => {
        await client.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', { ...place, comment_id: id });
      });
      return !removed.ok && removed.error.kind === 'not_found' ? ok(undefined) : removed;
    },
  };
}
