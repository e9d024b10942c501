import { Secret } from '@innkeeper/shared/config/secret';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeApiTokensContract } from '../testing/api-tokens-contract.ts';
import { describeDatabaseKeysContract } from '../testing/database-keys-contract.ts';
import { describeSecretStoreContract } from '../testing/secret-store-contract.ts';
import {
  ACCOUNT,
  CLUSTER,
  PROJECT,
  QDRANT_ACCOUNT,
  type StandInVendors,
  startStandInVendors,
  TOKENS,
} from '../testing/stand-in-vendors.ts';
import { describeWorkerSecretsContract } from '../testing/worker-secrets-contract.ts';
import { cloudflareApiTokens } from './cloudflare-api-tokens.ts';
import { cloudflareWorkerSecrets } from './cloudflare-worker-secrets.ts';
import { googleFunctionSecrets } from './google-function-secrets.ts';
import { googleSecretStore } from './google-secret-store.ts';
import { qdrantCloudKeys } from './qdrant-cloud-keys.ts';

let vendors: StandInVendors;
beforeEach(async () => {
  vendors = await startStandInVendors();
  vendors.cloudflare.workers.set('llm-query', { secrets: new Map(), versions: 1, isNewestDeployed: true });
  vendors.cloudflare.accountTokens.delete('embeddings');
});
afterEach(() => vendors.close());

const google = (token: string = TOKENS.google) => ({
  fetch,
  accessToken: () => Promise.resolve(new Secret(token)),
  project: PROJECT,
});
const store = (token?: string) => googleSecretStore({ ...google(token), url: `${vendors.urls.google}/v1` });
const cloudflare = (token: string = TOKENS.cloudflare) => ({
  fetch,
  url: vendors.urls.cloudflare,
  accountId: ACCOUNT,
  token: new Secret(token),
});
const keys = (managementKey: string = TOKENS.qdrant) =>
  qdrantCloudKeys({
    fetch,
    url: vendors.urls.qdrant,
    managementKey: new Secret(managementKey),
    accountId: QDRANT_ACCOUNT,
    clusterId: CLUSTER,
    clusterUrl: vendors.urls.qdrant,
  });

describeSecretStoreContract('Secret Manager', store);
describeWorkerSecretsContract('Cloudflare', () => cloudflareWorkerSecrets(cloudflare()));
describeApiTokensContract('Cloudflare', () => cloudflareApiTokens(cloudflare()), 'original-plan');
describeDatabaseKeysContract('Qdrant Cloud', keys);

describe('a token that is wrong or has expired', () => {
  const refused = { ok: false, error: { kind: 'unauthorized' } };

  test('at Google', async () => expect(await store('old').versions('groq-api-key')).toMatchObject(refused));
  test('at Cloudflare', async () => {
    vendors.cloudflare.callers.set('old', { rights: ['Workers Scripts Write'], expiresAtMs: 1 });
    expect(await cloudflareWorkerSecrets(cloudflare('old')).names('llm-query')).toMatchObject(refused);
  });
  test('at Cloudflare, when it cannot even be one', async () =>
    expect(await cloudflareWorkerSecrets(cloudflare('half.a.token')).names('llm-query')).toMatchObject(refused));
  test('at Qdrant Cloud', async () => expect(await keys('old').list()).toMatchObject(refused));
});

describe('a right that is missing is named', () => {
  test('at Google', async () => {
    vendors.google.callers.set('reader', ['secretmanager.versions.list']);
    const right = 'roles/secretmanager.secretVersionAdder in project innkeeper-prod';
    expect(await store('reader').mayAdd('groq-api-key')).toEqual({ ok: true, value: false });
    expect(await store('reader').add('groq-api-key', new Secret('x'))).toEqual({
      ok: false,
      error: { kind: 'forbidden', service: 'Google', right },
    });
  });

  test('at Cloudflare', async () => {
    vendors.cloudflare.callers.set('reader', { rights: ['Workers Scripts Read'] });
    const changed = await cloudflareWorkerSecrets(cloudflare('reader')).change('llm-query', { A: new Secret('x') });
    expect(changed).toMatchObject({ error: { kind: 'forbidden', right: 'Workers Scripts Write' } });
  });

  test('at Qdrant Cloud', async () => {
    vendors.qdrant.managementKeys.set('reader', ['read:api_keys']);
    const made = await keys('reader').create({ name: 'innkeeper-read', access: 'read_only' });
    expect(made).toMatchObject({ error: { kind: 'forbidden', right: 'the permission write:api_keys' } });
  });
});

test('a vendor that does not answer is unreachable', async () => {
  await vendors.close();
  expect(await store().versions('groq-api-key')).toEqual({
    ok: false,
    error: { kind: 'unreachable', service: 'Google' },
  });
  vendors = await startStandInVendors();
});

test('a Worker whose newest version is not deployed is left alone', async () => {
  vendors.cloudflare.workers.set('llm-query', { secrets: new Map(), versions: 2, isNewestDeployed: false });
  const changed = await cloudflareWorkerSecrets(cloudflare()).change('llm-query', { A: new Secret('x') });
  expect(changed).toMatchObject({ error: { kind: 'newer_version_waits', worker: 'llm-query' } });
});

test('a function says with which versions it was deployed', async () => {
  const functions = googleFunctionSecrets({ ...google(), region: 'europe-west3', url: `${vendors.urls.google}/v2` });
  expect(await functions.deployed('records')).toEqual({ ok: true, value: undefined });
  vendors.google.functions.set('records', { updatedAtMs: 5, secrets: { 'a-key': '3', 'b-key': 'latest' } });
  expect(await functions.deployed('records')).toEqual({
    ok: true,
    value: { updatedAtMs: 5, versions: { 'a-key': 3, 'b-key': 'latest' } },
  });
});
