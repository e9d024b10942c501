import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import type { JWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startGoogle } from '../src/google/start-google.ts';
import { generateWorkloadKey } from '../src/google/workload-key.ts';
import type { StandInServer } from '../src/stand-ins/stand-in-server.ts';
import { type RunningWorkers, startWorkers } from '../src/workers-host/start-workers.ts';
import { temporaryDirectory } from './fixtures/temporary-directory.ts';

const DIRECTORY = path.join(import.meta.dirname, 'fixtures/document-worker');
const IDENTITY = {
  audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/x',
  issuer: 'https://workers.example',
  subject: 'document-worker',
};
const ACCOUNT = 'writer@example.iam.gserviceaccount.com';

const googleState = temporaryDirectory();
const states = [googleState];
let google: StandInServer;
let key: { privateKey: JWK; publicKey: JWK };
const running: RunningWorkers[] = [];

beforeAll(async () => {
  key = await generateWorkloadKey();
  google = await startGoogle({
    port: 0,
    stateDirectory: googleState.path,
    firestoreHost: firestoreEmulatorHost(),
    workload: { ...IDENTITY, publicKeys: [key.publicKey] },
    serviceAccounts: [{ email: ACCOUNT, publicKeys: [] }],
  });
});
afterEach(async () => {
  for (const workers of running.splice(0)) await workers.close();
});
afterAll(async () => {
  await google.close();
  for (const state of states) state.remove();
});

function newState(): string {
  const state = temporaryDirectory();
  states.push(state);
  return state.path;
}

async function startWorker(stateDirectory: string, variables: Readonly<Record<string, string>> = {}) {
  const workers = await startWorkers({
    stateDirectory,
    log: { info() {}, warn() {}, error() {} },
    workers: [
      {
        directory: DIRECTORY,
        variables: {
          GOOGLE_CLOUD_PROJECT: 'google-token',
          FIRESTORE_BASE_URL: `${google.url}/v1`,
          GOOGLE_STS_URL: `${google.url}/v1/token`,
          GOOGLE_IAM_CREDENTIALS_URL: `${google.url}/v1`,
          GOOGLE_WORKLOAD_AUDIENCE: IDENTITY.audience,
          GOOGLE_WORKLOAD_ISSUER: IDENTITY.issuer,
          GOOGLE_WORKLOAD_SUBJECT: IDENTITY.subject,
          GOOGLE_WORKLOAD_KEY: JSON.stringify(key.privateKey),
          ...variables,
        },
      },
    ],
  });
  running.push(workers);
  const url = workers.urlOf('document-worker');
  const answer = (response: Response): Promise<unknown> => response.json();
  return {
    put: async (id: string, text: string) => answer(await fetch(`${url}/${id}`, { method: 'PUT', body: text })),
    get: async (id: string) => answer(await fetch(`${url}/${id}`)),
  };
}

function withIssuedTokens<T>(use: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path.join(googleState.path, 'issued-tokens.sqlite'));
  try {
    return use(database);
  } finally {
    database.close();
  }
}

const tokensIssued = (): number =>
  withIssuedTokens(database => Number(database.prepare('SELECT count(*) AS n FROM issued').get()?.['n']));

const revokeAllTokens = (): void => withIssuedTokens(database => database.exec('DELETE FROM issued'));

describe('a Worker’s way to Firestore', () => {
  test('many requests at once share one token, which outlives the Worker’s restart', async () => {
    const state = newState();
    const before = tokensIssued();
    const worker = await startWorker(state);
    const ids = Array.from({ length: 20 }, (_value, index) => `many-${index}`);
    expect(await Promise.all(ids.map(id => worker.put(id, id)))).toEqual(ids.map(() => ({ ok: true })));
    expect(await Promise.all(ids.map(id => worker.get(id)))).toEqual(ids.map(text => ({ ok: true, text })));
    expect(tokensIssued() - before).toBe(1);

    for (const workers of running.splice(0)) await workers.close();
    const restarted = await startWorker(state);
    expect(await restarted.get('many-3')).toEqual({ ok: true, text: 'many-3' });
    expect(tokensIssued() - before).toBe(1);
  });

  test('a token that Google no longer takes is replaced once, without the callers noticing', async () => {
    const worker = await startWorker(newState());
    await worker.put('kept', 'text');
    revokeAllTokens();
    const reads = await Promise.all(Array.from({ length: 10 }, () => worker.get('kept')));
    expect(reads).toEqual(reads.map(() => ({ ok: true, text: 'text' })));
    expect(tokensIssued()).toBe(1);
  });

  test('the Worker may act as a service account', async () => {
    const worker = await startWorker(newState(), { GOOGLE_SERVICE_ACCOUNT: ACCOUNT });
    expect(await worker.put('account', 'x')).toEqual({ ok: true });
  });

  test('a key that Google does not know is denied, and says so', async () => {
    const { privateKey } = await generateWorkloadKey();
    const worker = await startWorker(newState(), { GOOGLE_WORKLOAD_KEY: JSON.stringify(privateKey) });
    expect(await worker.get('a')).toEqual({
      ok: false,
      error: { kind: 'denied', detail: 'firestore getAll: no token (sts token exchange: 400 invalid_grant)' },
    });
  });

  test('Google being down is unavailable, and over when it is back', async () => {
    const worker = await startWorker(newState());
    google.setFaults({ status: 503, pathPrefix: '/v1/token' });
    expect(await worker.get('a')).toEqual({
      ok: false,
      error: { kind: 'unavailable', detail: 'firestore getAll: no token (sts token exchange: 503)' },
    });
    google.setFaults({});
    expect(await worker.put('a', 'x')).toEqual({ ok: true });
  });
});
