import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type VaultTokens, vaultTokens } from '@innkeeper/shared/backup/vault-tokens';
import { createLog } from '@innkeeper/shared/log/log';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { startWorkers } from '../workers-host/start-workers.ts';
import { repositoryFiles } from './restic-repository.ts';

/** The backup vault as deployed, in workerd, with an empty bucket and a signing key of its own. */
export interface TestVault {
  readonly url: string;
  /** What restic takes as repository: `rest:http://127.0.0.1:1234/company/`. */
  repositoryOf(name: string): string;
  /** Private Ed25519 JWK; the vault knows its public half. */
  readonly signingKey: JWK;
  readonly tokens: VaultTokens;
  /**
   * An empty repository whose password is `REPOSITORY_PASSWORD` of `restic-repository.ts`. Quicker than `restic init`,
   * and so is every call of restic that follows.
   */
  createRepository(name: string): Promise<void>;
  /** Only with `clock: 'set'`: what time it is for the vault from now on, also for what is stored. */
  setTime(instant: Date): Promise<void>;
  /** Only with `clock: 'set'`: from now on `locked` holds what is stored, `failing` fails everything but `head`. */
  setBucket(condition: 'well' | 'locked' | 'failing'): Promise<void>;
  readonly workerdPid: number;
  /** Each line the vault logged. */
  readonly logged: readonly string[];
  close(): Promise<void>;
}

export interface TestVaultOptions {
  /** `set`: the entry of `workers/backup-vault/test/fixtures`, whose time only moves when `setTime` is called. */
  readonly clock?: 'machine' | 'set';
  /** Besides the public key. */
  readonly variables?: Readonly<Record<string, string>>;
}

const HOUR_MS = 3_600_000;
const VAULT = path.resolve(import.meta.dirname, '../../../../workers/backup-vault');

export async function startTestVault({ clock = 'machine', variables = {} }: TestVaultOptions): Promise<TestVault> {
  const stateDirectory = mkdtempSync(path.join(tmpdir(), 'innkeeper-test-vault-'));
  const pair = await generateKeyPair('EdDSA', { extractable: true });
  const signingKey = { ...(await exportJWK(pair.privateKey)), kid: 'test' };
  const publicKey = { ...(await exportJWK(pair.publicKey)), kid: 'test' };
  const logged: string[] = [];
  const workers = await startWorkers({
    stateDirectory,
    log: createLog('workers-host', () => undefined),
    onWorkerLog: line => logged.push(line),
    workers: [
      {
        directory: clock === 'set' ? path.join(VAULT, 'test/fixtures') : VAULT,
        variables: { VAULT_PUBLIC_KEYS: JSON.stringify([publicKey]), ...variables },
      },
    ],
  });
  const url = workers.urlOf('backup-vault');
  const put = async (where: string, body: string): Promise<void> => {
    const response = await fetch(`${url}${where}`, { method: 'PUT', body });
    if (!response.ok) throw new Error(`${where} answered ${response.status}: this vault was not started with a clock`);
  };
  const tokens = vaultTokens(signingKey, () => crypto.randomUUID());
  let instant: Date | undefined;
  const post = async (target: string, repository: string, body: Uint8Array<ArrayBuffer>): Promise<void> => {
    const now = (instant ?? new Date()).getTime();
    const [from, until] = [new Date(now - HOUR_MS), new Date(now + HOUR_MS)];
    const token = await tokens.mint({ subject: 'test', scope: 'create', repository, from, until });
    const authorization = `Basic ${Buffer.from(`test:${token}`).toString('base64')}`;
    const response = await fetch(`${url}/${repository}/${target}`, {
      method: 'POST',
      headers: { authorization },
      body,
    });
    if (!response.ok) throw new Error(`${target} answered ${response.status}: ${await response.text()}`);
  };
  return {
    url,
    repositoryOf: name => `rest:${url}/${name}/`,
    signingKey,
    tokens,
    async createRepository(name) {
      for (const file of repositoryFiles()) await post(file.path, name, file.bytes);
    },
    async setTime(to) {
      await put('/_clock', to.toISOString());
      instant = to;
    },
    setBucket: condition => put('/_bucket', condition),
    workerdPid: workers.workerdPid,
    logged,
    async close() {
      await workers.close();
      rmSync(stateDirectory, { recursive: true, force: true });
    },
  };
}
