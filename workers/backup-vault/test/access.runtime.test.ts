import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { startTestVault, type TestVault } from '@innkeeper/local-stack/testing/start-test-vault';
import { vaultTokens } from '@innkeeper/shared/backup/vault-tokens';
import { VaultScope } from '@innkeeper/shared/contracts/backup/vault-token';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { basic, clientOf, nameOf, type VaultClient } from './support/vault-client.ts';

const START = new Date('2026-11-01T02:30:00Z');
const DAY_MS = 86_400_000;
const daysOn = (days: number): Date => new Date(START.getTime() + days * DAY_MS);

let vault: TestVault;
let append: VaultClient;
let read: VaultClient;
beforeAll(async () => {
  vault = await startTestVault({ clock: 'set' });
  await vault.setTime(START);
  append = await clientOf(vault, 'append', { now: START });
  read = await clientOf(vault, 'read', { now: START });
});
afterAll(() => vault.close());

describe('who is let in', () => {
  test('nobody without a token, and restic is told how to bring one', async () => {
    const response = await fetch(`${vault.url}/company/config`);
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="backup vault", charset="UTF-8"',
    ]);
    expect(await response.json()).toEqual({ error: 'unauthorised' });
  });

  test('nobody with a token of another key, time, length or repository', async () => {
    const now = START;
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const tokens = vaultTokens(await exportJWK(privateKey), () => 'forged');
    const forged = await clientOf({ url: vault.url, tokens }, 'read', { now });
    const expired = await clientOf(vault, 'read', { now: daysOn(-1) });
    const early = await clientOf(vault, 'read', { now: daysOn(1) });
    const long = await clientOf(vault, 'read', { now, hours: 13 });
    const foreign = await clientOf(vault, 'maintain', { now, repository: 'another' });
    const outcomes = [];
    for (const client of [forged, expired, early, long, foreign]) {
      outcomes.push(await client.outcome('GET', 'company/data/'));
    }
    expect(outcomes).toEqual([...Array.from({ length: 4 }, () => '401 unauthorised'), '403 foreign_repository']);
    const reasons = ['forged', 'expired', 'not_yet_valid', 'too_long_lived', 'foreign_repository'];
    for (const reason of reasons) expect(vault.logged.join('\n')).toContain(`"reason":"${reason}"`);
    expect(vault.logged.join('\n')).not.toContain(forged.token);
  });

  test('anybody may ask whether it is well', async () => {
    const response = await fetch(`${vault.url}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
  });
});

describe('paths', () => {
  test.each([
    ['company/data/../config', 404],
    ['company/%2e%2e/another/config', 403],
    ['company%2fconfig', 400],
    ['company//config', 400],
    ['company/data/..%2f..%2fconfig', 400],
    ['company/data/xyz', 400],
    ['company/%00/', 400],
    ['company/data', 404],
    ['_vault/company/other', 404],
  ])('%s ends with %i', async (path, status) => {
    expect((await append.send('GET', path)).status).toBe(status);
  });
});

/** Sent as it stands: `fetch` would tidy paths, methods and headers. */
const sendRaw = async (method: string, target: string, headers: readonly string[] = []): Promise<number> => {
  const authorization = ['host', 'vault', 'authorization', basic(append.token)];
  const { hostname, port } = new URL(vault.url);
  const sent = httpRequest({ hostname, port, method, path: target, headers: [...authorization, ...headers] });
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  answer.resume();
  return answer.statusCode ?? 0;
};

describe('what no client of restic sends', () => {
  const name = nameOf('a pack');
  test.each([
    ['GET', '/company/../company-2/config', 400],
    ['GET', '/company/data/%2e%2e/%2e%2e/company-2/config', 400],
    ['GET', '/company/data/..%5c..%5cconfig', 400],
    ['GET', 'http://elsewhere/company-2/config', 403],
    ['GET', `/company/data/${name.toUpperCase()}`, 400],
    ['GET', `/company/data/${name}?x`, 400],
    ['HEAD', '/company/data/', 405],
    ['PUT', `/company/data/${name}`, 405],
    ['PATCH', `/company/data/${name}`, 405],
    ['OPTIONS', `/company/data/${name}`, 405],
    ['PROPFIND', '/company/data/', 405],
    ['delete', `/company/data/${name}`, 403],
  ])('%s %s ends with %i', async (method, target, status) => {
    expect(await sendRaw(method, target)).toBe(status);
  });

  test('two tokens at once are none', async () => {
    expect(await sendRaw('GET', '/company/data/', ['authorization', basic(read.token)])).toBe(401);
  });
});

describe('repositories whose names begin alike', () => {
  test.each(['company-2', 'company/inner', 'compan'])('company and %s do not know of each other', async repository => {
    const [other, reader] = [
      await clientOf(vault, 'create', { now: START, repository }),
      await clientOf(vault, 'read', { now: START, repository }),
    ];
    const key = nameOf(repository);
    expect(await other.outcome('POST', `${repository}/keys/${key}`, repository)).toBe('200');
    expect(await reader.names('keys')).toEqual([key]);
    expect(await read.names('keys')).toEqual([]);
    for (const scope of VaultScope.options) {
      const client = await clientOf(vault, scope, { now: START });
      for (const method of ['GET', 'DELETE']) {
        expect(await client.outcome(method, `${repository}/keys/${key}`)).toBe('403 foreign_repository');
      }
      expect(await client.outcome('POST', `${repository}/?create=true`)).toBe('403 foreign_repository');
      expect(await client.outcome('GET', `_vault/${repository}/audit`)).toBe('403 foreign_repository');
    }
    expect(await reader.outcome('GET', 'company/keys/')).toBe('403 foreign_repository');
  });
});
