import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WorkloadCredentials } from '@innkeeper/shared/adapters/google-auth/google-config';
import { FIRESTORE_SCOPE, LOG_WRITING_SCOPE } from '@innkeeper/shared/adapters/google-auth/google-scope';
import { serviceAccountTokens } from '@innkeeper/shared/adapters/google-auth/service-account-tokens';
import { workloadIdentityTokens } from '@innkeeper/shared/adapters/google-auth/workload-identity-tokens';
import { Secret } from '@innkeeper/shared/config/secret';
import { importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalServer, sendJson, serveLocal } from '../http/serve-local.ts';
import type { StandInServer } from '../stand-ins/stand-in-server.ts';
import { startGoogle } from './start-google.ts';
import { generateServiceAccountKey, generateWorkloadKey } from './workload-key.ts';

const AUDIENCE = '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/x';
const IDENTITY = { issuer: 'https://workers.example', subject: 'guesty-webhook', audience: AUDIENCE };
const ACCOUNT = 'writer@example.iam.gserviceaccount.com';
const LIFETIME_MS = 60_000;

let nowMs = Date.UTC(2026, 10, 21, 9);
const now = () => nowMs;
let key: { privateKey: JWK; publicKey: JWK };
let accountKey: Awaited<ReturnType<typeof generateServiceAccountKey>>;
let google: StandInServer;
let upstream: LocalServer;
const stateDirectory = mkdtempSync(join(tmpdir(), 'google-'));

const open = (changes: Partial<Parameters<typeof startGoogle>[0]> = {}) =>
  startGoogle({
    port: 0,
    stateDirectory,
    firestoreHost: upstream.address,
    workload: { ...IDENTITY, publicKeys: [key.publicKey] },
    serviceAccounts: [{ email: ACCOUNT, publicKeys: [accountKey.publicKey] }],
    tokenLifetimeMs: LIFETIME_MS,
    now,
    ...changes,
  });

beforeAll(async () => {
  // Stands where the emulator does and tells what reached it.
  upstream = await serveLocal({
    name: 'upstream',
    port: 0,
    handle: async (request, response) =>
      sendJson(response, 200, [request.method, request.url, request.headers['authorization']]),
  });
  key = await generateWorkloadKey();
  accountKey = await generateServiceAccountKey({ email: ACCOUNT, tokenUri: 'unknown until it listens' });
  google = await open();
});

afterAll(async () => {
  await google.close();
  await upstream.close();
  rmSync(stateDirectory, { recursive: true });
});

beforeEach(() => {
  nowMs = Date.UTC(2026, 10, 21, 9);
});

const credentials = (changes: Partial<WorkloadCredentials> = {}): WorkloadCredentials => ({
  kind: 'workload',
  ...IDENTITY,
  key: new Secret(JSON.stringify(key.privateKey)),
  stsUrl: `${google.url}/v1/token`,
  iamCredentialsUrl: `${google.url}/v1`,
  ...changes,
});

const obtain = (changes: Partial<WorkloadCredentials> = {}) =>
  workloadIdentityTokens({ credentials: credentials(changes), scope: FIRESTORE_SCOPE, fetch, now })();

const callFirestore = (token: string | undefined) =>
  fetch(`${google.url}/v1/projects/p/databases/(default)/documents:commit?x=1`, {
    method: 'POST',
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    body: '{}',
  });

describe('the token exchange', () => {
  it('gives the configured workload a token that opens Firestore until it runs out', async () => {
    const issued = await obtain();
    expect(issued).toMatchObject({ ok: true, value: { issuedAtMs: nowMs, expiresAtMs: nowMs + LIFETIME_MS } });
    const token = issued.ok ? issued.value.token : '';
    const through = await callFirestore(token);
    expect(await through.json()).toEqual([
      'POST',
      '/v1/projects/p/databases/(default)/documents:commit?x=1',
      'Bearer owner',
    ]);

    nowMs += LIFETIME_MS;
    expect((await callFirestore(token)).status).toBe(401);
  });

  it('gives one that ends with what was exchanged for it, which is most of an hour', async () => {
    const hourly = await open({ stateDirectory: join(stateDirectory, 'hourly'), tokenLifetimeMs: 3_600_000 });
    const issued = await obtain({ stsUrl: `${hourly.url}/v1/token` });
    await hourly.close();
    expect(issued).toMatchObject({ ok: true, value: { expiresAtMs: nowMs + 3_590_000 } });
  });

  it.each([
    [
      'a key it does not know',
      async () => ({ key: new Secret(JSON.stringify((await generateWorkloadKey()).privateKey)) }),
    ],
    [
      'another key under the known name',
      async () => {
        const other = (await generateWorkloadKey()).privateKey;
        return { key: new Secret(JSON.stringify({ ...other, kid: key.privateKey.kid })) };
      },
    ],
    ['another issuer', () => ({ issuer: 'https://elsewhere.example' })],
    ['another subject', () => ({ subject: 'llm-query' })],
    ['another provider', () => ({ audience: AUDIENCE.replace('/x', '/y') })],
  ] as const)('refuses %s', async (_name, change) => {
    expect(await obtain(await change())).toMatchObject({ ok: false, error: { kind: 'denied' } });
  });

  const exchange = async (claims: JWTPayload, form: Record<string, string> = {}, alter = (token: string) => token) => {
    const seconds = Math.floor(nowMs / 1000);
    const assertion = await new SignJWT({
      iss: IDENTITY.issuer,
      sub: IDENTITY.subject,
      aud: `https:${AUDIENCE}`,
      iat: seconds,
      exp: seconds + 300,
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: String(key.privateKey.kid) })
      .sign(await importJWK(key.privateKey, 'ES256'));
    const response = await fetch(`${google.url}/v1/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        audience: AUDIENCE,
        scope: 'https://www.googleapis.com/auth/cloud-platform',
        requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        subject_token: alter(assertion),
        ...form,
      }),
    });
    const body = (await response.json()) as { error?: string };
    return [response.status, body.error ?? 'issued'];
  };
  const seconds = Math.floor(nowMs / 1000);

  it.each<[string, JWTPayload, string]>([
    ['an assertion as it should be', {}, 'issued'],
    ['one that ended a minute ago', { iat: seconds - 400, exp: seconds - 60 }, 'invalid_grant'],
    ['one that claims two hours', { exp: seconds + 7_200 }, 'invalid_grant'],
    ['one from the future', { iat: seconds + 120, exp: seconds + 300 }, 'invalid_grant'],
    ['one for somebody else', { aud: 'https://sts.googleapis.com' }, 'invalid_grant'],
    ['one of another issuer', { iss: 'https://elsewhere.example' }, 'invalid_grant'],
    ['one about another subject', { sub: 'llm-query' }, 'unauthorized_client'],
  ])('meets %s', async (_name, claims, outcome) => {
    expect(await exchange(claims)).toEqual([outcome === 'issued' ? 200 : 400, outcome]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['another token type', { subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' }, 'invalid_request'],
    ['no scope', { scope: '' }, 'invalid_scope'],
  ])('refuses %s', async (_name, form, outcome) => {
    expect(await exchange({}, form)).toEqual([400, outcome]);
  });

  it('refuses claims that were changed after signing, and what is no token at all', async () => {
    const forged = Buffer.from(JSON.stringify({ ...IDENTITY, sub: 'admin' })).toString('base64url');
    expect(await exchange({}, {}, token => token.replace(/\.[^.]+\./u, `.${forged}.`))).toEqual([400, 'invalid_grant']);
    expect(await exchange({}, {}, () => 'nonsense')).toEqual([400, 'invalid_grant']);
  });
});

describe('acting as a service account', () => {
  it('turns the federated token into one of the account', async () => {
    const issued = await obtain({ serviceAccount: ACCOUNT });
    expect(issued).toMatchObject({ ok: true, value: { expiresAtMs: nowMs + LIFETIME_MS } });
    expect((await callFirestore(issued.ok ? issued.value.token : '')).status).toBe(200);
  });

  it('reaches what its scope is for, and nothing else', async () => {
    const asAccount = credentials({ serviceAccount: ACCOUNT });
    const issued = await workloadIdentityTokens({ credentials: asAccount, scope: LOG_WRITING_SCOPE, fetch, now })();
    const token = issued.ok ? issued.value.token : '';
    expect((await callFirestore(token)).status).toBe(403);
    const written = await fetch(`${google.url}/v2/entries:write`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({
        logName: 'projects/p/logs/workers',
        resource: { type: 'global', labels: { project_id: 'p' } },
        entries: [{ textPayload: 'words' }],
      }),
    });
    expect(written.status).toBe(200);
    const kept = await fetch(`${google.url}/_control/log-entries`);
    expect(await kept.json()).toMatchObject({ entries: [{ textPayload: 'words' }] });
  });

  it('is denied for an account that does not trust the workload', async () => {
    expect(await obtain({ serviceAccount: 'other@example.iam.gserviceaccount.com' })).toEqual({
      ok: false,
      error: { kind: 'denied', detail: 'service account impersonation: 403 PERMISSION_DENIED' },
    });
  });
});

describe('the grant for a key file', () => {
  const grant = (changes: Partial<Record<'clientEmail' | 'tokenUri' | 'keyId' | 'privateKey', string>> = {}) => {
    const file = accountKey.keyFile;
    return serviceAccountTokens({
      scope: FIRESTORE_SCOPE,
      credentials: {
        kind: 'service_account',
        clientEmail: changes.clientEmail ?? ACCOUNT,
        tokenUri: changes.tokenUri ?? `${google.url}/token`,
        keyId: changes.keyId ?? file['private_key_id'] ?? '',
        privateKey: new Secret(changes.privateKey ?? file['private_key'] ?? ''),
      },
      fetch,
      now,
    })();
  };

  it('gives a token that opens Firestore', async () => {
    const issued = await grant();
    expect(issued).toMatchObject({ ok: true, value: { expiresAtMs: nowMs + LIFETIME_MS } });
    expect((await callFirestore(issued.ok ? issued.value.token : '')).status).toBe(200);
  });

  it('refuses another key, another account and another audience', async () => {
    const other = await generateServiceAccountKey({ email: ACCOUNT, tokenUri: '' });
    const denied = { ok: false, error: { kind: 'denied', detail: 'service account grant: 400 invalid_grant' } };
    expect(await grant({ privateKey: other.keyFile['private_key'] ?? '' })).toEqual(denied);
    expect(await grant({ clientEmail: 'other@example.iam.gserviceaccount.com' })).toEqual(denied);
    expect(await grant({ tokenUri: `${google.url}/token?elsewhere` })).toEqual(denied);
  });
});

describe('the proxy before Firestore', () => {
  it.each([
    ['no token', undefined],
    ['a token nobody issued', 'ya29.invented'],
    ['the emulator’s own word', 'owner'],
  ])('answers %s as Google does', async (_name, token) => {
    const response = await callFirestore(token);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 401, status: 'UNAUTHENTICATED' } });
  });

  it('knows its tokens after a restart', async () => {
    const issued = await obtain();
    await google.close();
    google = await open();
    expect((await callFirestore(issued.ok ? issued.value.token : '')).status).toBe(200);
  });

  it('says unavailable while the emulator is down', async () => {
    const alone = await startGoogle({
      port: 0,
      stateDirectory,
      firestoreHost: '127.0.0.1:1',
      workload: { ...IDENTITY, publicKeys: [key.publicKey] },
      now,
    });
    const issued = await obtain({ stsUrl: `${alone.url}/v1/token` });
    const response = await fetch(`${alone.url}/v1/projects/p`, {
      headers: { authorization: `Bearer ${issued.ok ? issued.value.token : ''}` },
    });
    await alone.close();
    expect([response.status, await response.json()]).toMatchObject([503, { error: { status: 'UNAVAILABLE' } }]);
  });
});

describe('a token source', () => {
  it.each([
    [{ status: 503 }, 'unavailable', 'sts token exchange: 503'],
    [{ status: 429 }, 'unavailable', 'sts token exchange: 429'],
    [{ status: 500, body: '<html>oops</html>' }, 'unavailable', 'sts token exchange: 500'],
    [
      { status: 403, body: { error: { status: 'PERMISSION_DENIED', message: 'x' } } },
      'denied',
      'sts token exchange: 403 PERMISSION_DENIED',
    ],
    [{ cut: true }, 'unavailable', 'sts token exchange: no answer (TypeError)'],
  ] as const)('names what went wrong: %j', async (faults, kind, detail) => {
    google.setFaults(faults);
    const outcome = await obtain();
    google.setFaults({});
    expect(outcome).toEqual({ ok: false, error: { kind, detail } });
  });
});

describe('a function', () => {
  const metadata = (headers: Record<string, string>) =>
    fetch(`${google.url}/computeMetadata/v1/instance/service-accounts/default/token`, { headers });
  const backups = (headers: Record<string, string>) =>
    fetch(`${google.url}/v1/projects/p/locations/-/backups`, { headers });

  it('is given the token of its machine, and sees the managed backups with it', async () => {
    const granted = await metadata({ 'metadata-flavor': 'Google' });
    const { access_token: token } = (await granted.json()) as { access_token: string };
    const listed = await backups({ authorization: `Bearer ${token}` });
    const { backups: found } = (await listed.json()) as { backups: { snapshotTime: string; state: string }[] };
    expect(found[0]).toMatchObject({ snapshotTime: '2026-11-21T00:00:00.000Z', state: 'READY' });
    expect(found).toHaveLength(7);
  });

  it('is not talked into asking: the header is missing, or nobody has a token', async () => {
    expect((await metadata({})).status).toBe(403);
    expect((await backups({})).status).toBe(401);
  });
});
