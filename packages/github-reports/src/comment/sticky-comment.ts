import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { GitHubProblem } from '../github/github-problem.ts';
import { BODY_CHARACTERS_MAX, fitText } from '../text/fit-text.ts';
import { stripSecrets } from '../text/strip-secrets.ts';
import type { CommentStore, StoredComment } from './comment-store.ts';

/** The one comment of a pull request that carries a marker: written once, then replaced. */
export interface CommentDraft {
  readonly marker: string;
  /** Markdown of any length. */
  readonly text: string;
  readonly runUrl: string;
}

export interface Commented {
  readonly done: 'written' | 'replaced' | 'unchanged';
  readonly id: number;
}

const mark = (marker: string): string => `<!-- innkeeper-comment ${marker} -->\n`;

export async function writeStickyComment(
  store: CommentStore,
  { marker, text, runUrl }: CommentDraft,
): Promise<Result<Commented, GitHubProblem>> {
  const start = mark(marker);
  const limit = BODY_CHARACTERS_MAX - start.length;
  const body = start + fitText(stripSecrets(text), limit, `The artifacts of the run have all of it: ${runUrl}`);

  const found = await keepOldest(store, start);
  if (!found.ok) return found;
  if (found.value !== undefined) return replace(store, found.value, body);
  const written = await store.write(body);
  if (!written.ok && written.error.kind !== 'unreachable') return written;
  // Another run may have written one at the same moment: of both the older stays.
  const kept = await keepOldest(store, start);
  if (!kept.ok) return kept;
  if (kept.value === undefined) return written.ok ? ok({ done: 'written', id: written.value.id }) : written;
  if (kept.value.body === body) return ok({ done: 'written', id: kept.value.id });
  return replace(store, kept.value, body);
}

async function replace(
  store: CommentStore,
  comment: StoredComment,
  body: string,
): Promise<Result<Commented, GitHubProblem>> {
  if (comment.body === body) return ok({ done: 'unchanged', id: comment.id });
  const replaced = await store.replace(comment.id, body);
  return replaced.ok ? ok({ done: 'replaced', id: comment.id }) : replaced;
}

async function keepOldest(
  store: CommentStore,
  start: string,
): Promise<Result<StoredComment | undefined, GitHubProblem>> {
  const listed = await store.listOwn();
  if (!listed.ok) return listed;
  const [oldest, ...younger] = listed.value.filter(({ body }) => body.startsWith(start));
  for (const { id } of younger) {
    const removed = await store.remove(id);
    if (!removed.ok) return err(removed.error);
  }
  return ok(oldest);
}
