import type { StandInReply } from '../stand-in-server.ts';
import type { CommentRow, IssueRow } from './github-world.ts';

/** Answers in GitHub's form. Pure. */
export const githubError = (status: number, message: string, more: object = {}): StandInReply => ({
  status,
  body: { message, ...more, documentation_url: 'https://docs.github.com/rest', status: String(status) },
});

/** 422; `code` is one of GitHub's: missing, missing_field, invalid, already_exists, custom. */
export const invalid = (resource: string, field: string, code: string, message?: string): StandInReply =>
  githubError(422, 'Validation Failed', {
    errors: [{ resource, field, code, ...(message === undefined ? {} : { message }) }],
  });

const PER_PAGE_DEFAULT = 30;
const PER_PAGE_MAX = 100;

/** One page, with links to its neighbours in the header. What is no number counts as the default, as at GitHub. */
export function pageOf(rows: readonly object[], url: URL): StandInReply {
  const perPage = Math.min(PER_PAGE_MAX, positive(url.searchParams.get('per_page')) ?? PER_PAGE_DEFAULT);
  const page = positive(url.searchParams.get('page')) ?? 1;
  const last = Math.max(1, Math.ceil(rows.length / perPage));
  const link = (to: number, relation: string): string => {
    const target = new URL(url);
    target.searchParams.set('page', String(to));
    return `<${target.href}>; rel="${relation}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, 'prev'), link(1, 'first')] : []),
    ...(page < last ? [link(page + 1, 'next'), link(last, 'last')] : []),
  ];
  return {
    status: 200,
    body: rows.slice((page - 1) * perPage, page * perPage),
    ...(links.length === 0 ? {} : { headers: { link: links.join(', ') } }),
  };
}

function positive(text: string | null): number | undefined {
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 ? number : undefined;
}

const userOf = (login: string): object => ({ login, type: login.endsWith('[bot]') ? 'Bot' : 'User' });

export const presentIssue = (row: IssueRow): object => ({
  number: row.number,
  title: row.title,
  body: row.body === '' ? null : row.body,
  state: row.state,
  state_reason: row.stateReason,
  user: userOf(row.author),
  labels: row.labels.map(name => ({ name })),
  ...(row.isPullRequest ? { pull_request: { url: `https://api.github.com/pulls/${row.number}` } } : {}),
});

export const presentComment = (row: CommentRow): object => ({
  id: row.id,
  body: row.body,
  user: userOf(row.author),
});
