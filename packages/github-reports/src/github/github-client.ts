import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { RequestError } from '@octokit/request-error';
import { type FailedAnswer, type GitHubProblem, problemOf } from './github-problem.ts';
import { waitBeforeRetry } from './wait-before-retry.ts';

/** Octokit that waits where GitHub asks for it, and whose failures are values (`settle`). Does I/O. */
const GitHub = Octokit.plugin(paginateRest);
export type GitHubClient = InstanceType<typeof GitHub>;

export interface GitHubAccess {
  readonly token: Secret;
  /** `https://api.github.com`, or a server's `/api/v3`. */
  readonly baseUrl: string;
  readonly wait: (ms: number) => Promise<void>;
  readonly now: () => number;
}

const REQUEST_TIMEOUT_MS = 30_000;

export function createGitHubClient({ token, baseUrl, wait, now }: GitHubAccess): GitHubClient {
  const client = new GitHub({
    auth: token.reveal(),
    baseUrl,
    userAgent: 'innkeeper-reports',
    // What fails is said once, as a value; Octokit would print it as well.
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  client.hook.wrap('request', async (request, options) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await request({
          ...options,
          request: { ...options.request, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) },
        });
      } catch (error) {
        const waitMs = waitBeforeRetry({ method: options.method, answer: answerOf(error), attempt, nowMs: now() });
        if (waitMs === undefined) throw error;
        await wait(waitMs);
      }
    }
  });
  return client;
}

/** What `ask` answers; what GitHub refused becomes a problem. Anything else that is thrown is a bug. */
export async function settle<T>(asked: string, ask: () => Promise<T>): Promise<Result<T, GitHubProblem>> {
  try {
    return ok(await ask());
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const answer = answerOf(error);
    if (answer !== undefined && answer.status < 500) return err(problemOf(asked, answer));
    const why = answer === undefined ? 'no answer came' : `it answered ${answer.status}`;
    return err({
      kind: 'unreachable',
      sentence: `GitHub could not be reached for ${asked} (${why}). Is githubstatus.com well? Then run this again.`,
    });
  }
}

/** Octokit says 500 of its own where no answer came; only a real one has headers. */
function answerOf(error: unknown): FailedAnswer | undefined {
  if (!(error instanceof RequestError) || error.response === undefined) return undefined;
  return { status: error.status, message: error.message, headers: error.response.headers };
}
