import * as z from 'zod';
import type { StandInReply } from '../stand-in-server.ts';
import { githubError, invalid, pageOf, presentComment, presentIssue } from './github-replies.ts';
import type { GitHubWorld, IssueRow } from './github-world.ts';

/** Issues, their comments, and labels. Bodies are checked strictly: GitHub overlooks unknown fields, we do not. */
export interface GitHubCall {
  readonly url: URL;
  readonly json: unknown;
  readonly login: string;
}

const CHARACTERS_MAX = 65_536;
const TITLE_CHARACTERS_MAX = 256;

const NewIssue = z.strictObject({
  title: z.string(),
  body: z.string().optional(),
  labels: z.array(z.string()).default([]),
});
const IssueChange = z.strictObject({
  title: z.string().optional(),
  body: z.string().optional(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'not_planned', 'duplicate', 'reopened']).optional(),
});
const Comment = z.strictObject({ body: z.string() });
const NewLabel = z.strictObject({
  name: z.string().min(1).max(50),
  color: z
    .string()
    .regex(/^[0-9a-f]{6}$/iu)
    .optional(),
  description: z.string().max(100).optional(),
});

export function listIssues(world: GitHubWorld, { url }: GitHubCall): StandInReply {
  const state = url.searchParams.get('state') ?? 'open';
  const labels = url.searchParams.get('labels')?.split(',') ?? [];
  const sign = url.searchParams.get('direction') === 'asc' ? 1 : -1;
  const rows = [...world.issues.values()]
    .filter(row => state === 'all' || row.state === state)
    .filter(row => labels.every(label => row.labels.includes(label)))
    .toSorted((one, other) => sign * (one.number - other.number));
  return pageOf(rows.map(presentIssue), url);
}

export function createIssue(world: GitHubWorld, { json, login }: GitHubCall): StandInReply {
  if (!world.hasIssues) return githubError(410, 'Issues has been disabled in this repository.');
  const parsed = NewIssue.safeParse(json);
  if (!parsed.success) return unreadable(parsed.error);
  const { title, body = '', labels } = parsed.data;
  const problem = textProblem('Issue', { title, body });
  if (problem !== undefined) return problem;
  for (const label of labels) world.labels.add(label);
  const row: IssueRow = {
    number: world.takeNumber(),
    title,
    body,
    state: 'open',
    stateReason: null,
    labels,
    author: login,
    isPullRequest: false,
  };
  world.issues.set(row.number, row);
  return { status: 201, body: presentIssue(row) };
}

export function changeIssue(world: GitHubWorld, number: number, { json }: GitHubCall): StandInReply {
  const row = world.issues.get(number);
  if (row === undefined) return githubError(404, 'Not Found');
  const parsed = IssueChange.safeParse(json);
  if (!parsed.success) return unreadable(parsed.error);
  const { title = row.title, body = row.body, state = row.state, state_reason: reason } = parsed.data;
  const problem = textProblem('Issue', { title, body });
  if (problem !== undefined) return problem;
  Object.assign(row, { title, body, state, stateReason: state === 'open' ? null : (reason ?? 'completed') });
  return { status: 200, body: presentIssue(row) };
}

export function listComments(world: GitHubWorld, issue: number, { url }: GitHubCall): StandInReply {
  if (!world.issues.has(issue)) return githubError(404, 'Not Found');
  const rows = [...world.comments.values()].filter(row => row.issue === issue);
  return pageOf(rows.map(presentComment), url);
}

export function createComment(world: GitHubWorld, issue: number, { json, login }: GitHubCall): StandInReply {
  if (!world.issues.has(issue)) return githubError(404, 'Not Found');
  const parsed = Comment.safeParse(json);
  if (!parsed.success) return unreadable(parsed.error);
  const problem = textProblem('IssueComment', parsed.data);
  if (problem !== undefined) return problem;
  const row = { id: world.takeCommentId(), issue, body: parsed.data.body, author: login };
  world.comments.set(row.id, row);
  return { status: 201, body: presentComment(row) };
}

export function changeComment(world: GitHubWorld, id: number, { json }: GitHubCall): StandInReply {
  const row = world.comments.get(id);
  if (row === undefined) return githubError(404, 'Not Found');
  const parsed = Comment.safeParse(json);
  if (!parsed.success) return unreadable(parsed.error);
  const problem = textProblem('IssueComment', parsed.data);
  if (problem !== undefined) return problem;
  row.body = parsed.data.body;
  return { status: 200, body: presentComment(row) };
}

export function deleteComment(world: GitHubWorld, id: number): StandInReply {
  return world.comments.delete(id) ? { status: 204 } : githubError(404, 'Not Found');
}

export function createLabel(world: GitHubWorld, { json }: GitHubCall): StandInReply {
  const parsed = NewLabel.safeParse(json);
  if (!parsed.success) return unreadable(parsed.error);
  if (world.labels.has(parsed.data.name)) return invalid('Label', 'name', 'already_exists');
  world.labels.add(parsed.data.name);
  return { status: 201, body: parsed.data };
}

function textProblem(
  resource: string,
  { title, body }: { readonly title?: string; readonly body: string },
): StandInReply | undefined {
  if (title?.trim() === '') return invalid(resource, 'title', 'missing_field');
  if (title !== undefined && title.length > TITLE_CHARACTERS_MAX)
    return invalid(resource, 'title', 'custom', `title is too long (maximum is ${TITLE_CHARACTERS_MAX} characters)`);
  if (resource === 'IssueComment' && body.trim() === '') return invalid(resource, 'body', 'missing_field');
  return body.length > CHARACTERS_MAX
    ? invalid(resource, 'body', 'custom', `body is too long (maximum is ${CHARACTERS_MAX} characters)`)
    : undefined;
}

const unreadable = (error: z.ZodError): StandInReply =>
  githubError(422, `Invalid request.\n\n${z.prettifyError(error)}`);
