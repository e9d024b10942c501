import {
  type GitHubOptions,
  type GitHubStandIn,
  startGitHub,
} from '@innkeeper/local-stack/stand-ins/github/start-github';
import { Secret } from '@innkeeper/shared/config/secret';
import { createGitHubClient, type GitHubClient } from '../github/github-client.ts';
import type { Repository } from '../github/repository.ts';

/** A stand-in of GitHub with the token of a workflow, and a client that notes its waits instead of waiting. */
export interface GitHubFixture {
  readonly github: GitHubStandIn;
  readonly client: GitHubClient;
  readonly repository: Repository;
  readonly waits: readonly number[];
}

export const AUTHOR = 'github-actions[bot]';
export const TOKEN = 'invented-token-of-the-job';

export async function startGitHubFixture(options: Partial<GitHubOptions> = {}): Promise<GitHubFixture> {
  let nowMs = Date.parse('2026-11-22T03:00:00Z');
  const github = await startGitHub({
    repository: 'example/innkeeper',
    tokens: { [TOKEN]: { login: AUTHOR, issues: 'write', pullRequests: 'write' } },
    writesPerMinute: 1_000,
    now: () => nowMs,
    ...options,
  });
  const waits: number[] = [];
  const client = createGitHubClient({
    token: new Secret(TOKEN),
    baseUrl: github.url,
    now: () => nowMs,
    wait: ms => {
      waits.push(ms);
      nowMs += ms;
      return Promise.resolve();
    },
  });
  return { github, client, repository: { owner: 'example', repo: 'innkeeper' }, waits };
}
