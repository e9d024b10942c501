import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import type { AccessTokens } from '@innkeeper/shared/ports/access-tokens';
import { ok } from '@innkeeper/shared/result/result';
import { describe, expect, test } from 'vitest';
import { firestoreBackups } from './firestore-backups.ts';
import { metadataAccessTokens } from './metadata-access-tokens.ts';

const asked: [string, RequestInit][] = [];
const answering =
  (...answers: (Response | Error)[]): Fetch =>
  async (url, init) => {
    asked.push([url, init]);
    const answer = answers.shift();
    if (answer instanceof Response) return answer;
    throw answer ?? new Error('asked too often');
  };
const lastCall = () => {
  const [url, init] = asked.at(-1) ?? [];
  return { url, headers: init?.headers };
};

describe('the function’s own token', () => {
  test('comes from the metadata server', async () => {
    const fetch = answering(Response.json({ access_token: 'ya29.x', expires_in: 3_599, token_type: 'Bearer' }));
    expect(await metadataAccessTokens('metadata.google.internal', fetch).token()).toEqual(ok('ya29.x'));
    expect(lastCall()).toMatchObject({
      url: 'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token',
      headers: { 'metadata-flavor': 'Google' },
    });
  });

  test.each([
    ['nobody there', new TypeError('fetch failed'), 'unavailable'],
    ['a server in trouble', new Response('', { status: 503 }), 'unavailable'],
    ['no account', new Response('not found', { status: 404 }), 'denied'],
    ['an answer without a token', Response.json({}), 'denied'],
  ])('%s', async (_what, answer, kind) => {
    expect(await metadataAccessTokens('metadata.google.internal', answering(answer)).token()).toMatchObject({
      ok: false,
      error: { kind },
    });
  });
});

describe('the newest managed backup', () => {
  const tokens: AccessTokens = { token: async () => ok('ya29.x') };
  const list = (answer: Response | Error) =>
    firestoreBackups({ url: 'https://firestore.example.com/v1', project: 'p', tokens, fetch: answering(answer) });
  const backup = (name: string, snapshotTime: string, state = 'READY', database = '(default)') => ({
    name: `projects/p/locations/eur3/backups/${name}`,
    database: `projects/p/databases/${database}`,
    databaseUid: 'u',
    snapshotTime,
    expireTime: '2027-01-01T00:00:00Z',
    state,
  });

  test('is the newest that is complete, of the database with the business in it, wherever it lies', async () => {
    const answer = Response.json({
      backups: [
        backup('old', '2026-11-19T03:00:00.123456Z'),
        backup('newest', '2026-11-20T03:00:00Z'),
        backup('unfinished', '2026-11-21T03:00:00Z', 'CREATING'),
        backup('operations', '2026-11-21T03:00:00Z', 'READY', 'ops'),
      ],
    });
    expect(await list(answer).newest()).toEqual(
      ok({ name: 'projects/p/locations/eur3/backups/newest', snapshotTime: '2026-11-20T03:00:00Z' }),
    );
    expect(lastCall()).toMatchObject({
      url: 'https://firestore.example.com/v1/projects/p/locations/-/backups',
      headers: { authorization: 'Bearer ya29.x' },
    });
  });

  test('is none where there is none', async () => {
    expect(await list(Response.json({})).newest()).toEqual(ok(undefined));
  });

  test.each([
    ['no answer', new TypeError('fetch failed'), 'unavailable'],
    ['trouble', new Response('<html>', { status: 502 }), 'unavailable'],
    ['no right', Response.json({ error: { code: 403 } }, { status: 403 }), 'denied'],
    ['another form', Response.json({ backups: [{ name: 'x' }] }), 'unavailable'],
  ])('%s has its name', async (_what, answer, kind) => {
    expect(await list(answer).newest()).toMatchObject({ ok: false, error: { kind } });
  });
});
