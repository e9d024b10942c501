import { afterEach, describe, expect, it } from 'vitest';
import { AUTHOR, type GitHubFixture, startGitHubFixture, TOKEN } from '../testing/github-fixture.ts';
import { describeIssueStore } from '../testing/issue-store-contract.ts';
import { createGitHubIssueStore, LABEL } from './github-issue-store.ts';

let fixture: GitHubFixture;
afterEach(() => fixture.github.close());

const start = async (options: Parameters<typeof startGitHubFixture>[0] = {}) => {
  fixture = await startGitHubFixture(options);
  return createGitHubIssueStore(fixture.client, fixture.repository);
};
const granted = (more: object) => ({
  tokens: { [TOKEN]: { login: AUTHOR, issues: 'write', pullRequests: 'none', ...more } as const },
});

describe('the issue store at GitHub', () => {
  describeIssueStore(() => start());

  it('overlooks pull requests and what others opened', async () => {
    const store = await start();
    const row = { title: 'x', body: '', state: 'open', stateReason: null, author: 'person' } as const;
    const { issues } = fixture.github.world;
    issues.set(900, { ...row, number: 900, labels: ['bug'], isPullRequest: false });
    issues.set(901, { ...row, number: 901, labels: [LABEL], isPullRequest: true });
    expect(await store.listOpen()).toEqual({ ok: true, value: [] });
  });

  it('uses the label that is there', async () => {
    const store = await start();
    fixture.github.world.labels.add(LABEL);
    expect(await store.open({ title: 'a', body: 'b' })).toMatchObject({ ok: true });
  });

  it('waits as long as the secondary limit asks for, and then goes on', async () => {
    const store = await start({ writesPerMinute: 2 });
    expect(await store.open({ title: 'one', body: '' })).toMatchObject({ ok: true });
    expect(await store.open({ title: 'two', body: '' })).toMatchObject({ ok: true });
    expect(fixture.waits).toEqual([60_000]);
    expect(fixture.github.world.issues.size).toBe(2);
  });

  it('gives up on a limit that lasts', async () => {
    const store = await start();
    fixture.github.setFaults({ status: 429, headers: { 'retry-after': '3600' } });
    expect(await store.listOpen()).toMatchObject({ ok: false, error: { kind: 'rate_limited' } });
    expect(fixture.waits).toEqual([]);
  });

  it('reads again where GitHub stumbles', async () => {
    const store = await start();
    fixture.github.setFaults({ status: 502, times: 2 });
    expect(await store.listOpen()).toEqual({ ok: true, value: [] });
    expect(fixture.waits).toEqual([1_000, 2_000]);
  });

  it('does not open an issue twice because the answer was lost', async () => {
    const store = await start();
    fixture.github.world.labels.add(LABEL);
    fixture.github.setFaults({
      pathPrefix: '/repos/example/innkeeper/issues',
      method: 'POST',
      cut: true,
      carriedOut: true,
    });
    expect(await store.open({ title: 'one', body: '' })).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
    expect(fixture.github.world.issues.size).toBe(1);
  });

  it.each([
    ['an expired token', granted({ expired: true }), 'unauthorised', /expired or was revoked/u],
    ['a token that only reads', granted({ issues: 'read' }), 'forbidden', /issues: write/u],
    ['another repository', { repository: 'example/other' }, 'not_found', /GITHUB_REPOSITORY/u],
    ['issues that are off', { hasIssues: false }, 'refused', /switch them on/u],
  ])('says what to do about %s', async (_, options, kind, sentence) => {
    const store = await start(options);
    const opened = await store.open({ title: 'a', body: 'b' });
    expect(opened).toMatchObject({ ok: false, error: { kind } });
    expect(opened.ok ? '' : opened.error.sentence).toMatch(sentence);
    expect(JSON.stringify(opened)).not.toContain(TOKEN);
  });
});
