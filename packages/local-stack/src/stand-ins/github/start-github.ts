import { requestRate } from '../request-rate.ts';
import type { RunningStandIn } from '../run-stand-in.ts';
import { type Faults, parseJson, type StandInReply, type StandInRequest, startStandIn } from '../stand-in-server.ts';
import {
  changeComment,
  changeIssue,
  createComment,
  createIssue,
  createLabel,
  deleteComment,
  type GitHubCall,
  listComments,
  listIssues,
} from './github-issues.ts';
import { githubError } from './github-replies.ts';
import { createGitHubWorld, type GitHubWorld, type TokenRow } from './github-world.ts';

/**
 * GitHub's REST API as far as workflows report through it: issues, comments, labels, for the tokens it was given, with
 * pages, permissions and the secondary limit on what is written. Shapes: the public reference of 2022-11-28.
 */
export interface GitHubOptions {
  readonly repository: string;
  readonly tokens: Readonly<Record<string, TokenRow>>;
  readonly hasIssues?: boolean;
  /** Writes a minute before the secondary limit refuses; GitHub names 80. */
  readonly writesPerMinute?: number;
  readonly now?: () => number;
}

export interface GitHubStandIn extends RunningStandIn {
  readonly world: GitHubWorld;
  setFaults(faults: Faults): void;
}

const MINUTE_MS = 60_000;
const VERSION = '2022-11-28';

export async function startGitHub(options: GitHubOptions): Promise<GitHubStandIn> {
  const world = createGitHubWorld(options.repository, { hasIssues: options.hasIssues ?? true });
  for (const [token, row] of Object.entries(options.tokens)) world.tokens.set(token, row);
  const window = { name: 'content', limit: options.writesPerMinute ?? 80, windowMs: MINUTE_MS };
  const rate = requestRate([window], options.now ?? Date.now);

  const answer = (request: StandInRequest): StandInReply => {
    if ((request.headers['user-agent'] ?? '') === '') {
      return githubError(403, 'Request forbidden by administrative rules. Please send a User-Agent header.');
    }
    const version = request.headers['x-github-api-version'];
    if (version !== undefined && version !== VERSION) return githubError(400, `Unsupported API version: ${version}`);
    const bearer = /^(?:token|bearer)\s+(?<token>\S+)$/iu.exec(request.headers['authorization'] ?? '')?.groups?.[
      'token'
    ];
    if (bearer === undefined) return githubError(404, 'Not Found'); // A private repository, to a stranger.
    const token = world.tokens.get(bearer);
    if (token === undefined || token.expired === true) return githubError(401, 'Bad credentials');

    const root = `/repos/${world.repository}`;
    if (!request.url.pathname.startsWith(`${root}/`)) return githubError(404, 'Not Found');
    const path = request.url.pathname.slice(root.length);
    const found = routeOf(request.method, path);
    if (found === undefined) return githubError(404, 'Not Found');
    if (!isAllowed(world, token, found)) return githubError(403, 'Resource not accessible by integration');
    if (found.writes) {
      const { exceeded } = rate.take();
      if (exceeded !== undefined) return secondaryLimit(exceeded.resetMs);
    }
    const json = parseJson(request.body);
    if (found.writes && request.method !== 'DELETE' && json === undefined)
      return githubError(400, 'Problems parsing JSON');
    return found.answer(world, found.id, { url: request.url, json, login: token.login });
  };

  const server = await startStandIn({ name: 'github', port: 0, answer });
  return { url: server.url, world, setFaults: faults => server.setFaults(faults), close: () => server.close() };
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (world: GitHubWorld, id: number, call: GitHubCall) => StandInReply;
}

const ROUTES: readonly Route[] = [
  { method: 'GET', path: /^\/issues$/u, answer: (world, _, call) => listIssues(world, call) },
  { method: 'POST', path: /^\/issues$/u, answer: (world, _, call) => createIssue(world, call) },
  { method: 'PATCH', path: /^\/issues\/(?<id>\d+)$/u, answer: changeIssue },
  { method: 'GET', path: /^\/issues\/(?<id>\d+)\/comments$/u, answer: listComments },
  { method: 'POST', path: /^\/issues\/(?<id>\d+)\/comments$/u, answer: createComment },
  { method: 'PATCH', path: /^\/issues\/comments\/(?<id>\d+)$/u, answer: changeComment },
  { method: 'DELETE', path: /^\/issues\/comments\/(?<id>\d+)$/u, answer: deleteComment },
  { method: 'POST', path: /^\/labels$/u, answer: (world, _, call) => createLabel(world, call) },
];

interface FoundRoute extends Pick<Route, 'answer'> {
  readonly id: number;
  readonly writes: boolean;
  readonly isComment: boolean;
}

function routeOf(method: string, path: string): FoundRoute | undefined {
  for (const route of ROUTES) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match === null) continue;
    const isComment = path.startsWith('/issues/comments/');
    return { answer: route.answer, id: Number(match.groups?.['id']), writes: method !== 'GET', isComment };
  }
  return undefined;
}

/** Comments on a pull request need its permission, whichever route they go by. */
function isAllowed(world: GitHubWorld, token: TokenRow, { id, writes, isComment }: FoundRoute): boolean {
  const issue = world.issues.get(isComment ? (world.comments.get(id)?.issue ?? 0) : id);
  const granted = issue?.isPullRequest === true ? token.pullRequests : token.issues;
  return granted === 'write' || (granted === 'read' && !writes);
}

const secondaryLimit = (resetMs: number): StandInReply => ({
  ...githubError(403, 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'),
  headers: { 'retry-after': String(Math.ceil(resetMs / 1000)) },
});
