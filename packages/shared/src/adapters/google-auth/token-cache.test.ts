import { describe, expect, it } from 'vitest';
import type { AccessTokenError } from '../../ports/access-tokens.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { durableAccessTokens } from '../cloudflare/durable-access-tokens.ts';
import { type IssuedToken, isFresh, KEEPER_REFRESH } from './issued-token.ts';
import { createTokenCache, type TokenStorage } from './token-cache.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Issues `token-1`, `token-2` … that live an hour, unless told to fail or to wait. */
function tokenIssuer() {
  const state = {
    nowMs: 0,
    issued: 0,
    failure: undefined as AccessTokenError | undefined,
    gate: Promise.resolve(),
  };
  return {
    state,
    now: () => state.nowMs,
    source: async (): Promise<Result<IssuedToken, AccessTokenError>> => {
      await state.gate;
      if (state.failure !== undefined) return err(state.failure);
      state.issued += 1;
      return ok({ token: `token-${state.issued}`, issuedAtMs: state.nowMs, expiresAtMs: state.nowMs + HOUR_MS });
    },
  };
}

describe('a token cache', () => {
  it('answers the kept token until ten minutes before its end, then a new one', async () => {
    const { state, now, source } = tokenIssuer();
    const cached = createTokenCache({ source, now, policy: KEEPER_REFRESH });
    expect(await cached()).toMatchObject({ value: { token: 'token-1' } });
    state.nowMs = 50 * MINUTE_MS - 1;
    expect(await cached()).toMatchObject({ value: { token: 'token-1' } });
    state.nowMs = 50 * MINUTE_MS;
    expect(await cached()).toMatchObject({ value: { token: 'token-2' } });
  });

  it('uses half of a short token’s life', () => {
    const short: IssuedToken = { token: 't', issuedAtMs: 0, expiresAtMs: 60_000 };
    expect(isFresh(short, 29_999, KEEPER_REFRESH)).toBe(true);
    expect(isFresh(short, 30_000, KEEPER_REFRESH)).toBe(false);
  });

  it('asks once for all who ask at the same moment', async () => {
    const { state, now, source } = tokenIssuer();
    const cached = createTokenCache({ source, now, policy: KEEPER_REFRESH });
    const answers = await Promise.all(Array.from({ length: 50 }, () => cached()));
    expect(state.issued).toBe(1);
    expect(new Set(answers.map(answer => answer.ok && answer.value.token))).toEqual(new Set(['token-1']));
  });

  it('replaces a refused token once, however many saw the refusal', async () => {
    const { state, now, source } = tokenIssuer();
    const cached = createTokenCache({ source, now, policy: KEEPER_REFRESH });
    await cached();
    const answers = await Promise.all([cached('token-1'), cached('token-1'), cached('token-1')]);
    expect(answers.map(answer => answer.ok && answer.value.token)).toEqual(['token-2', 'token-2', 'token-2']);
    expect(await cached('token-1')).toMatchObject({ value: { token: 'token-2' } });
    expect(state.issued).toBe(2);
  });

  it('lets nobody who reports a refusal have the refused token from a call under way', async () => {
    const { now, source } = tokenIssuer();
    const cached = createTokenCache({ source, now, policy: KEEPER_REFRESH });
    await cached();
    const [plain, refusing] = await Promise.all([cached(), cached('token-1')]);
    expect(plain).toMatchObject({ value: { token: 'token-1' } });
    expect(refusing).toMatchObject({ value: { token: 'token-2' } });
  });

  it('lives on the old token while no new one is to be had, and fails when the old one ends', async () => {
    const { state, now, source } = tokenIssuer();
    const cached = createTokenCache({ source, now, policy: KEEPER_REFRESH });
    await cached();
    state.failure = { kind: 'unavailable', detail: 'down' };
    state.nowMs = 55 * MINUTE_MS;
    expect(await cached()).toMatchObject({ value: { token: 'token-1' } });
    expect(await cached('token-1')).toEqual(err(state.failure));
    state.nowMs = 60 * MINUTE_MS;
    expect(await cached()).toEqual(err(state.failure));
    state.failure = undefined;
    expect(await cached()).toMatchObject({ value: { token: 'token-2' } });
  });

  it('finds its token again after a restart', async () => {
    const { state, now, source } = tokenIssuer();
    let kept: IssuedToken | undefined;
    const storage: TokenStorage = {
      read: async () => kept,
      write: async token => {
        kept = token;
      },
    };
    await createTokenCache({ source, now, policy: KEEPER_REFRESH, storage })();
    const restarted = createTokenCache({ source, now, policy: KEEPER_REFRESH, storage });
    expect(await restarted()).toMatchObject({ value: { token: 'token-1' } });
    expect(state.issued).toBe(1);
  });
});

const isolateTokens = ({ source, now }: ReturnType<typeof tokenIssuer>) => durableAccessTokens({ keeper: source, now });

describe('access tokens of an isolate', () => {
  it('remember the token until five minutes before its end', async () => {
    const issuer = tokenIssuer();
    const tokens = isolateTokens(issuer);
    expect(await tokens.token()).toEqual(ok('token-1'));
    issuer.state.nowMs = 55 * MINUTE_MS - 1;
    expect(await tokens.token()).toEqual(ok('token-1'));
    issuer.state.nowMs = 55 * MINUTE_MS;
    expect(await tokens.token()).toEqual(ok('token-2'));
  });

  it('never answer a refused token again', async () => {
    const tokens = isolateTokens(tokenIssuer());
    await tokens.token();
    expect(await tokens.token({ refused: 'token-1' })).toEqual(ok('token-2'));
    expect(await tokens.token()).toEqual(ok('token-2'));
  });

  it('say what went wrong when there is no token at all', async () => {
    const issuer = tokenIssuer();
    issuer.state.failure = { kind: 'denied', detail: 'no' };
    expect(await isolateTokens(issuer).token()).toEqual(err({ kind: 'denied', detail: 'no' }));
  });

  it('survive a keeper that cannot be reached while the remembered token is good', async () => {
    const issuer = tokenIssuer();
    let reachable = true;
    const tokens = durableAccessTokens({
      now: issuer.now,
      keeper: () => (reachable ? issuer.source() : Promise.reject(new Error('the object was moved'))),
    });
    await tokens.token();
    reachable = false;
    issuer.state.nowMs = 57 * MINUTE_MS;
    expect(await tokens.token()).toEqual(ok('token-1'));
    issuer.state.nowMs = 60 * MINUTE_MS;
    expect(await tokens.token()).toEqual(err({ kind: 'unavailable', detail: 'token keeper: no answer (Error)' }));
  });
});
