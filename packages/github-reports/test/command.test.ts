import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type GitHubStandIn, startGitHub } from '@innkeeper/local-stack/stand-ins/github/start-github';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '../src/main.ts');
const TOKEN = 'invented-token-of-the-job';

let github: GitHubStandIn;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-reports-'));
  const bot = { login: 'github-actions[bot]', issues: 'write', pullRequests: 'write' } as const;
  github = await startGitHub({
    repository: 'example/innkeeper',
    tokens: { [TOKEN]: bot, 'invented-old-token': { ...bot, expired: true } },
  });
});
afterEach(async () => {
  await github.close();
  await rm(folder, { recursive: true });
});

const file = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};

async function run(args: readonly string[], environment: Record<string, string> = {}) {
  const env = {
    PATH: process.env['PATH'],
    GITHUB_TOKEN: TOKEN,
    GITHUB_REPOSITORY: 'example/innkeeper',
    GITHUB_API_URL: github.url,
    GITHUB_RUN_ID: '42',
    ...environment,
  };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, ...args], { env });
    return { exitCode: 0, output: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, output: stdout + stderr };
  }
}

describe('the command of the workflows', () => {
  it('opens, syncs and closes issues', async () => {
    const body = await file('body.md', 'The Workers did not answer.');
    const open = ['issue', 'open', '--key', 'deploy/prod', '--title', 'Not deployed', '--body-file', body];
    expect(await run(open)).toEqual({ exitCode: 0, output: 'deploy/prod: opened, #1\n' });
    expect(github.world.issues.get(1)?.body).toContain('https://github.com/example/innkeeper/actions/runs/42');

    const none = await file('none.json', '[]');
    expect((await run(['issues', 'sync', '--scope', 'deploy', '--from', none])).output).toBe(
      'deploy/prod: closed, #1\n',
    );
    expect((await run(['issue', 'close', '--key', 'deploy/prod'])).output).toBe('deploy/prod: nothing is open\n');
  });

  it('opens one issue though two of it run at once', async () => {
    const from = await file('found.json', '[{"key":"prod","title":"prod differs","body":"Two resources."}]');
    const sync = ['issues', 'sync', '--scope', 'drift', '--from', from];
    const runs = await Promise.all([run(sync), run(sync)]);
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    expect([...github.world.issues.values()].filter(({ state }) => state === 'open')).toHaveLength(1);
  });

  it('comments on a pull request', async () => {
    const row = {
      title: 'A change',
      body: '',
      state: 'open',
      stateReason: null,
      labels: [],
      author: 'person',
    } as const;
    github.world.issues.set(7, { ...row, number: 7, isPullRequest: true });
    const body = await file('comment.md', '## What this would change');
    const comment = ['comment', '--pr', '7', '--marker', 'infrastructure', '--body-file', body];
    expect(await run(comment)).toEqual({ exitCode: 0, output: 'comment 1001 on #7: written\n' });
    expect((await run(comment)).output).toBe('comment 1001 on #7: unchanged\n');
  });

  it('says that the token has expired', async () => {
    const ended = await run(['issue', 'close', '--key', 'a'], { GITHUB_TOKEN: 'invented-old-token' });
    expect(ended).toEqual({ exitCode: 1, output: expect.stringMatching(/expired or was revoked/u) as string });
    expect(ended.output).not.toContain('invented-old-token');
  });

  it.each([
    [['issue', 'reopen'], /"issue reopen" is no command/u],
    [['issue', 'close', '--key', 'a b'], /--key: must be 1 to 200 letters/u],
    [['issues', 'sync', '--scope', 'drift', '--from', '/nowhere'], /cannot be read: ENOENT/u],
    [['comment', '--pr', '0', '--marker', 'a'], /--pr: must be the number/u],
  ])('says how it is called: %j', async (args, sentence) => {
    const ended = await run(args);
    expect(ended.exitCode).toBe(2);
    expect(ended.output).toMatch(sentence);
  });

  it('says which variable is missing', async () => {
    const ended = await run(['issue', 'close', '--key', 'a'], { GITHUB_TOKEN: '', GITHUB_REPOSITORY: 'innkeeper' });
    expect(ended.exitCode).toBe(2);
    expect(ended.output).toMatch(/GITHUB_TOKEN: missing[\s\S]*GITHUB_REPOSITORY: must be owner\/repository/u);
  });
});
