import { describe, expect, it } from 'vitest';
import type { AccessTokens } from '../../ports/access-tokens.ts';
import type { DocumentPath, StoreError } from '../../ports/document-store.ts';
import { err, ok } from '../../result/result.ts';
import { firestoreRest } from './firestore-rest.ts';
import { type GoogleStatus, GRPC_STATUS, storeErrorOf } from './store-error.ts';

const ROOT = 'projects/p/databases/(default)/documents';
const SECRET_TEXT = 'the guest’s own words';

interface Seen {
  readonly method: string;
  readonly token: string | null;
  readonly body: Record<string, unknown>;
}

/** A store whose Google is the given list of answers; asking for more is an error. */
function storeAgainst(answers: readonly (Response | Error)[], tokens: AccessTokens = { token: async () => ok('t') }) {
  const seen: Seen[] = [];
  const waited: number[] = [];
  const left = [...answers];
  const store = firestoreRest({
    baseUrl: 'https://firestore.example/v1',
    project: 'p',
    database: '(default)',
    tokens,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      seen.push({
        method: request.url.replace(`https://firestore.example/v1/${ROOT}:`, ''),
        token: request.headers.get('authorization'),
        body: (await request.json()) as Record<string, unknown>,
      });
      const answer = left.shift();
      if (answer === undefined) throw new Error('nobody expected this call');
      if (answer instanceof Error) throw answer;
      return answer;
    },
    random: () => 0,
    sleep: async ms => {
      waited.push(ms);
    },
  });
  return { store, seen, waited };
}

const refusal = (status: GoogleStatus, code: number, headers: Record<string, string> = {}) =>
  Response.json({ error: { code, message: `${SECRET_TEXT} in records/x`, status } }, { status: code, headers });

const committed = () =>
  Response.json({ writeResults: [{ updateTime: '2026-11-21T09:41:00.000001Z' }], commitTime: '2026-11-21T09:41:00Z' });

const begun = (transaction: string) =>
  Response.json([{ transaction }, { missing: `${ROOT}/records/a`, readTime: '2026-11-21T09:41:00Z' }]);

const WRITE = { op: 'set', path: 'records/a', fields: { text: SECRET_TEXT } } as const;

describe('what a failed call means', () => {
  it.each<[string, Response, StoreError['kind']]>([
    ['a document that exists already', refusal('ALREADY_EXISTS', 409), 'precondition_failed'],
    ['contention', refusal('ABORTED', 409), 'contention'],
    ['missing rights', refusal('PERMISSION_DENIED', 403), 'denied'],
    ['a database that is not there', refusal('NOT_FOUND', 404), 'denied'],
    ['a value that is not taken', refusal('INVALID_ARGUMENT', 400), 'refused'],
    ['overload', refusal('RESOURCE_EXHAUSTED', 429), 'unavailable'],
    ['an outage', refusal('UNAVAILABLE', 503), 'unavailable'],
    ['a deadline', refusal('DEADLINE_EXCEEDED', 504), 'unavailable'],
    ['a load balancer’s page', new Response('<html>Bad Gateway</html>', { status: 502 }), 'unavailable'],
    ['a gate’s page', new Response('<html>Forbidden</html>', { status: 403 }), 'denied'],
    ['a login page with status 200', new Response('<html>Hello</html>'), 'unavailable'],
    ['an answer of another API', Response.json({ writeResults: 'none' }), 'unavailable'],
  ])('%s', async (_name, answer, kind) => {
    const { store } = storeAgainst([answer]);
    expect(await store.commit([WRITE])).toMatchObject({ ok: false, error: { kind } });
  });

  it('no answer at all is unavailable', async () => {
    const { store } = storeAgainst([new DOMException('slow', 'TimeoutError')]);
    expect(await store.commit([WRITE])).toEqual(
      err({ kind: 'unavailable', detail: 'firestore commit: no answer (TimeoutError)' }),
    );
  });

  it('an error in the middle of a list is an error', async () => {
    const broken = [{ missing: `${ROOT}/records/a` }, { error: { code: 503, message: 'x', status: 'UNAVAILABLE' } }];
    const { store } = storeAgainst([Response.json(broken)]);
    expect(await store.getAll(['records/a'])).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  });

  it.each(['NOT_FOUND', 'FAILED_PRECONDITION'] as const)(
    '%s speaks of the precondition where there is one',
    async status => {
      const { store } = storeAgainst([refusal(status, 400)]);
      const result = await store.commit([{ ...WRITE, precondition: { exists: true } }]);
      expect(result).toMatchObject({ ok: false, error: { kind: 'precondition_failed' } });
    },
  );

  it('passes on how long Google asks to wait, within reason', async () => {
    const { store } = storeAgainst([
      refusal('UNAVAILABLE', 503, { 'retry-after': '7' }),
      refusal('UNAVAILABLE', 503, { 'retry-after': '86400' }),
    ]);
    expect(await store.commit([WRITE])).toMatchObject({ error: { retryAfterMs: 7_000 } });
    expect(await store.commit([WRITE])).toMatchObject({ error: { retryAfterMs: 300_000 } });
  });

  it('never repeats Google’s words, which may quote a document', async () => {
    const { store } = storeAgainst([refusal('INVALID_ARGUMENT', 400)]);
    expect(await store.commit([WRITE])).toEqual(err({ kind: 'refused', detail: 'firestore commit: INVALID_ARGUMENT' }));
  });

  it.each(GRPC_STATUS)('has a meaning for %s', status => {
    const kinds: StoreError['kind'][] = ['precondition_failed', 'contention', 'unavailable', 'denied', 'refused'];
    expect(kinds).toContain(storeErrorOf('commit', status, { preconditions: false }).kind);
  });
});

describe('tokens', () => {
  const rotating = (): AccessTokens => {
    let number = 1;
    return {
      token: async request => {
        if (request?.refused === `token-${number}`) number += 1;
        return ok(`token-${number}`);
      },
    };
  };

  it('are replaced once when Google refuses them', async () => {
    const { store, seen } = storeAgainst([refusal('UNAUTHENTICATED', 401), committed()], rotating());
    expect(await store.commit([WRITE])).toMatchObject({ ok: true });
    expect(seen.map(({ token }) => token)).toEqual(['Bearer token-1', 'Bearer token-2']);
    expect(seen[1]?.body).toEqual(seen[0]?.body);
  });

  it('are replaced only once: a second refusal is for an operator', async () => {
    const twice = [refusal('UNAUTHENTICATED', 401), refusal('UNAUTHENTICATED', 401)];
    const { store, seen } = storeAgainst(twice, rotating());
    expect(await store.commit([WRITE])).toMatchObject({ ok: false, error: { kind: 'denied' } });
    expect(seen).toHaveLength(2);
  });

  it.each(['unavailable', 'denied'] as const)('that are %s keep anything from being sent', async kind => {
    const { store, seen } = storeAgainst([], { token: async () => err({ kind, detail: 'why' }) });
    expect(await store.commit([WRITE])).toEqual(err({ kind, detail: 'firestore commit: no token (why)' }));
    expect(seen).toEqual([]);
  });
});

describe('a transaction', () => {
  const paths: DocumentPath[] = ['records/a'];
  const decide = () => ({ writes: [WRITE], value: 'decided' });

  it('begins with its reads and commits under their name', async () => {
    const { store, seen } = storeAgainst([begun('dHg='), committed()]);
    expect(await store.transact(paths, decide)).toEqual(ok('decided'));
    expect(seen.map(({ method, body }) => [method, body['transaction'] ?? body['newTransaction']])).toEqual([
      ['batchGet', { readWrite: {} }],
      ['commit', 'dHg='],
    ]);
  });

  it('tries again after contention, as the same transaction, waiting longer each time', async () => {
    const contended = (name: string) => [begun(name), refusal('ABORTED', 409)];
    const { store, seen, waited } = storeAgainst([...contended('1'), ...contended('2'), begun('3'), committed()]);
    expect(await store.transact(paths, decide)).toEqual(ok('decided'));
    expect(seen.filter(({ method }) => method === 'batchGet').map(({ body }) => body['newTransaction'])).toEqual([
      { readWrite: {} },
      { readWrite: { retryTransaction: '1' } },
      { readWrite: { retryTransaction: '2' } },
    ]);
    expect(waited).toEqual([25, 50]);
  });

  it('gives up after five tries', async () => {
    const tries = Array.from({ length: 5 }, (_value, index) => [begun(String(index)), refusal('ABORTED', 409)]);
    const { store, waited } = storeAgainst(tries.flat());
    expect(await store.transact(paths, decide)).toMatchObject({ ok: false, error: { kind: 'contention' } });
    expect(waited).toEqual([25, 50, 100, 200]);
  });

  it('lets go of its locks when deciding fails, and the failure is seen', async () => {
    const { store, seen } = storeAgainst([begun('dHg='), Response.json({})]);
    const bug = new Error('a bug');
    await expect(
      store.transact(paths, () => {
        throw bug;
      }),
    ).rejects.toBe(bug);
    expect(seen.at(-1)).toMatchObject({ method: 'rollback', body: { transaction: 'dHg=' } });
  });

  it('lets go of its locks when it decided on something Firestore never takes', async () => {
    const { store, seen } = storeAgainst([begun('dHg='), Response.json({})]);
    const refused = await store.transact(paths, () => ({ writes: [{ ...WRITE, fields: { n: 2n ** 64n } }], value: 1 }));
    expect(refused).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(seen.at(-1)?.method).toBe('rollback');
  });
});
