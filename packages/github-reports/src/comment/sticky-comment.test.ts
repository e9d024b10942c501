import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AUTHOR, type GitHubFixture, startGitHubFixture } from '../testing/github-fixture.ts';
import { createGitHubCommentStore } from './github-comment-store.ts';
import { writeStickyComment } from './sticky-comment.ts';

const RUN = 'https://github.com/example/innkeeper/actions/runs/1';
const PULL_REQUEST = 7;

let fixture: GitHubFixture;
beforeEach(async () => {
  fixture = await startGitHubFixture();
  fixture.github.world.issues.set(PULL_REQUEST, {
    number: PULL_REQUEST,
    title: 'A change',
    body: '',
    state: 'open',
    stateReason: null,
    labels: [],
    author: 'person',
    isPullRequest: true,
  });
});
afterEach(() => fixture.github.close());

const write = (text: string, marker = 'infrastructure') => {
  const store = createGitHubCommentStore(fixture.client, fixture.repository, {
    pullRequest: PULL_REQUEST,
    author: AUTHOR,
  });
  return writeStickyComment(store, { marker, text, runUrl: RUN });
};
const put = (id: number, author: string, body: string) =>
  fixture.github.world.comments.set(id, { id, issue: PULL_REQUEST, body, author });
const bodies = () => [...fixture.github.world.comments.values()].map(({ body }) => body);

describe('the comment of a pull request', () => {
  it('is written once and replaced afterwards', async () => {
    expect(await write('first')).toMatchObject({ value: { done: 'written' } });
    expect(await write('second')).toMatchObject({ value: { done: 'replaced' } });
    expect(await write('second')).toMatchObject({ value: { done: 'unchanged' } });
    expect(bodies()).toEqual([expect.stringContaining('second')]);
  });

  it('is another one for another marker', async () => {
    await write('plan');
    await write('sizes', 'sizes');
    expect(bodies()).toHaveLength(2);
  });

  it('is found behind a hundred others', async () => {
    await write('first');
    for (let id = 2_000; id < 2_150; id += 1) put(id, 'person', 'nice');
    expect(await write('second')).toMatchObject({ value: { done: 'replaced' } });
  });

  it('is never the comment of somebody who copied the marker', async () => {
    put(1, 'person', '<!-- innkeeper-comment infrastructure -->\nmine');
    expect(await write('ours')).toMatchObject({ value: { done: 'written' } });
    expect(bodies()).toContain('<!-- innkeeper-comment infrastructure -->\nmine');
  });

  it('is one again where two runs wrote two', async () => {
    put(1, AUTHOR, '<!-- innkeeper-comment infrastructure -->\none');
    put(2, AUTHOR, '<!-- innkeeper-comment infrastructure -->\ntwo');
    expect(await write('three')).toMatchObject({ value: { done: 'replaced', id: 1 } });
    expect(bodies()).toEqual([expect.stringContaining('three')]);
  });

  it('is cut to what GitHub takes, says so, and holds no credential', async () => {
    await write(`token = "${'x'.repeat(40)}"\n${'line of a plan\n'.repeat(20_000)}`);
    expect(bodies()[0]?.length).toBeLessThanOrEqual(65_536);
    expect(bodies()[0]).toMatch(/2\d\d,\d{3} characters are left out here\. .*runs\/1/u);
    expect(bodies()[0]).not.toContain('xxxx');
  });
});
