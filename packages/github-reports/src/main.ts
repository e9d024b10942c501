import { setTimeout as wait } from 'node:timers/promises';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { ConfigError, parseConfig } from '@innkeeper/shared/config/parse-config';
import { createGitHubCommentStore } from './comment/github-comment-store.ts';
import { Config, runUrlOf } from './config.ts';
import { createGitHubClient } from './github/github-client.ts';
import { createGitHubIssueStore } from './issues/github-issue-store.ts';
import { performOrder } from './order/perform-order.ts';
import { HELP, OPTIONS, readOrder } from './order/read-order.ts';

/** Exit code 0: done; 1: GitHub did not do it; 2: called wrongly. */
process.exitCode = await main();

async function main(): Promise<number> {
  const { values, positionals } = readArguments(HELP, { options: OPTIONS, allowPositionals: true });
  const order = await readOrder(positionals, values);
  if (!order.ok) return complain(order.error);
  let config: Config;
  try {
    config = parseConfig('github-reports', Config, process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return complain(error.message);
  }
  const client = createGitHubClient({
    token: config.GITHUB_TOKEN,
    baseUrl: config.GITHUB_API_URL,
    wait: ms => wait(ms),
    now: Date.now,
  });
  const done = await performOrder(order.value, {
    issues: createGitHubIssueStore(client, config.GITHUB_REPOSITORY),
    commentsOf: pullRequest =>
      createGitHubCommentStore(client, config.GITHUB_REPOSITORY, { pullRequest, author: config.GITHUB_REPORTS_AUTHOR }),
    runUrl: runUrlOf(config),
  });
  if (!done.ok) {
    console.error(done.error.sentence);
    return 1;
  }
  for (const line of done.value) console.log(line);
  return 0;
}

function complain(sentence: string): number {
  console.error(sentence);
  return 2;
}
