import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GitHubStandIn, startGitHub } from './start-github.ts';

let github: GitHubStandIn;
let nowMs: number;
beforeEach(async () => {
  nowMs = Date.parse('2026-11-22T03:00:00Z');
  github = await startGitHub({
    repository: 'example/innkeeper',
    tokens: {
      writer: { login: 'github-actions[bot]', issues: 'write', pullRequests: 'none' },
      reader: { login: 'github-actions[bot]', issues: 'read', pullRequests: 'read' },
      old: { login: 'github-actions[bot]', issues: 'write', pullRequests: 'write', expired: true },
    },
    writesPerMinute: 50,
    now: () => nowMs,
  });
});
afterEach(() => github.close());

async function ask(
  method: string,
  path: string,
  body?: object,
  token = 'writer',
  headers: Record<string, string> = {},
) {
  const answer = await fetch(`${github.url}/repos/example/innkeeper${path}`, {
    method,
    headers: { 'user-agent': 'test', authorization: `Bearer ${token}`, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    headers: answer.headers,
    json: (text === '' ? undefined : JSON.parse(text)) as Record<string, unknown>,
  };
}
const open = (title: string, more: object = {}) => ask('POST', '/issues', { title, ...more });

describe('the GitHub stand-in', () => {
  it('opens issues, makes their labels, and closes them with a reason', async () => {
    expect(await open('one', { labels: ['new'], body: 'text' })).toMatchObject({ status: 201, json: { number: 1 } });
    expect(await ask('POST', '/labels', { name: 'new' })).toMatchObject({
      status: 422,
      json: { errors: [{ resource: 'Label', code: 'already_exists' }] },
    });
    const closed = await ask('PATCH', '/issues/1', { state: 'closed', state_reason: 'not_planned' });
    expect(closed.json).toMatchObject({ state: 'closed', state_reason: 'not_planned', title: 'one' });
    expect((await ask('GET', '/issues?labels=new')).json).toEqual([]);
    expect((await ask('GET', '/issues?labels=new&state=all')).json).toMatchObject([{ number: 1 }]);
  });

  it('gives pages with links to their neighbours', async () => {
    for (let index = 0; index < 5; index += 1) await open(`issue ${index}`);
    const first = await ask('GET', '/issues?per_page=2&direction=asc');
    expect(first.json).toMatchObject([{ number: 1 }, { number: 2 }]);
    expect(first.headers.get('link')).toMatch(/[?&]page=2>; rel="next", <[^>]*[?&]page=3>; rel="last"/u);
    const last = await ask('GET', '/issues?per_page=2&direction=asc&page=3');
    expect(last.json).toMatchObject([{ number: 5 }]);
    expect(last.headers.get('link')).not.toContain('next');
  });

  it.each([
    ['a title that is empty', { title: ' ' }, /missing_field/u],
    ['a title that is too long', { title: 'x'.repeat(257) }, /title is too long/u],
    ['a body that is too long', { title: 'x', body: 'x'.repeat(65_537) }, /body is too long/u],
    ['a field that nobody reads', { title: 'x', lables: [] }, /lables/u],
  ])('refuses %s', async (_, body, said) => {
    const answer = await ask('POST', '/issues', body);
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.json)).toMatch(said);
  });

  it('believes nobody without a token, with an old one, or one that it does not know', async () => {
    expect((await ask('GET', '/issues', undefined, 'old')).status).toBe(401);
    expect((await ask('GET', '/issues', undefined, 'invented')).status).toBe(401);
    expect((await ask('GET', '/issues', undefined, '', { authorization: '' })).status).toBe(404);
    expect((await ask('GET', '/issues', undefined, 'writer', { 'x-github-api-version': '1999-01-01' })).status).toBe(
      400,
    );
  });

  it('lets a token do what it was given, and comments on pull requests need a right of their own', async () => {
    expect((await ask('POST', '/issues', { title: 'x' }, 'reader')).status).toBe(403);
    await open('x');
    expect((await ask('POST', '/issues/1/comments', { body: 'x' })).status).toBe(201);
    const row = github.world.issues.get(1);
    if (row !== undefined) github.world.issues.set(2, { ...row, number: 2, isPullRequest: true });
    expect((await ask('POST', '/issues/2/comments', { body: 'x' })).status).toBe(403);
    expect((await ask('GET', '/issues/2/comments', undefined, 'reader')).status).toBe(200);
  });

  it('changes and removes comments, and knows what is not there', async () => {
    await open('x');
    const { id } = (await ask('POST', '/issues/1/comments', { body: 'a' })).json;
    expect((await ask('PATCH', `/issues/comments/${String(id)}`, { body: 'b' })).json).toMatchObject({ body: 'b' });
    expect((await ask('DELETE', `/issues/comments/${String(id)}`)).status).toBe(204);
    expect((await ask('DELETE', `/issues/comments/${String(id)}`)).status).toBe(404);
    expect((await ask('PATCH', '/issues/9', { title: 'x' })).status).toBe(404);
    expect((await ask('GET', '/pulls')).status).toBe(404);
  });

  it('refuses to write too much in a minute, and says for how long', async () => {
    for (let index = 0; index < 50; index += 1) expect((await open(`issue ${index}`)).status).toBe(201);
    const refused = await open('one too many');
    expect(refused.status).toBe(403);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect((await ask('GET', '/issues')).status).toBe(200);
    nowMs += 60_000;
    expect((await open('a minute later')).status).toBe(201);
  });
});
