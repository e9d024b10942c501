import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGoogle } from '@innkeeper/local-stack/google/start-google';
import { generateWorkloadKey } from '@innkeeper/local-stack/google/workload-key';
import type { StandInServer } from '@innkeeper/local-stack/stand-ins/stand-in-server';
import { importJWK, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { defaultGoogleCredential } from '../src/adapters/default-google-credential.ts';

const AUDIENCE = '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/x';
const IDENTITY = { audience: AUDIENCE, issuer: 'https://workers.example', subject: 'operator' };
const directory = mkdtempSync(join(tmpdir(), 'doctor-google-'));
let google: StandInServer;
let key: Awaited<ReturnType<typeof generateWorkloadKey>>;

beforeAll(async () => {
  key = await generateWorkloadKey();
  google = await startGoogle({
    port: 0,
    stateDirectory: directory,
    firestoreHost: '127.0.0.1:1',
    workload: { ...IDENTITY, publicKeys: [key.publicKey] },
  });
});
afterEach(() => {
  google.setFaults({});
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await google.close();
  rmSync(directory, { recursive: true });
});

/** Credentials as a federated identity has them: a file that names the token of somebody else. */
async function signIn(subject: string): Promise<void> {
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: String(key.privateKey.kid) })
    .setIssuer(IDENTITY.issuer)
    .setSubject(subject)
    .setAudience(`https:${AUDIENCE}`)
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(await importJWK(key.privateKey, 'ES256'));
  const tokenFile = join(directory, 'token');
  const file = join(directory, 'credentials.json');
  writeFileSync(tokenFile, token);
  const source = {
    type: 'external_account',
    audience: AUDIENCE,
    subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
    token_url: `${google.url}/v1/token`,
    credential_source: { file: tokenFile },
  };
  writeFileSync(file, JSON.stringify(source));
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', file);
}

describe('Google’s own credentials of this machine', () => {
  it('give a bearer token', async () => {
    await signIn('operator');
    const known = await defaultGoogleCredential().headers();
    expect(known.ok && known.value.headers['authorization']).toMatch(/^Bearer \S+$/u);
  });

  it('are refused where they are no longer good, without a word of what was sent', async () => {
    await signIn('somebody else');
    expect(await defaultGoogleCredential().headers()).toEqual({ ok: false, error: { kind: 'refused' } });
  });

  it('cannot be tried where a stranger’s page answers in Google’s place', async () => {
    await signIn('operator');
    google.setFaults({ status: 404, body: '<html>Sign in to this network</html>' });
    expect(await defaultGoogleCredential().headers()).toEqual({ ok: false, error: { kind: 'unreachable' } });
  });

  it('are missing where there is no file', async () => {
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', join(directory, 'nothing.json'));
    expect(await defaultGoogleCredential().headers()).toEqual({ ok: false, error: { kind: 'missing' } });
  });
});
