import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startWorkers } from '@innkeeper/local-stack/workers-host/start-workers';
import { vaultTokens } from '@innkeeper/shared/backup/vault-tokens';
import type { VaultScope } from '@innkeeper/shared/contracts/backup/vault-token';
import { exportJWK, generateKeyPair } from 'jose';
import * as z from 'zod';
import { newRepositoryFiles } from '../restic-repository-files.ts';

/** The real vault in workerd with all its rules on, under a clock that is set from outside. */
export interface VaultOnClock extends AsyncDisposable {
  /** restic's address, without credentials. */
  readonly repository: string;
  readonly password: string;
  now(): Date;
  setClock(now: Date): Promise<void>;
  /** Valid from the vault's instant on. */
  mint(order: { readonly subject: string; readonly scope: VaultScope; readonly hours: number }): Promise<string>;
  /** How often the vault refused what, by `<reason> <kind of request>`. Whole once it is closed. */
  readonly refusals: ReadonlyMap<string, number>;
}

export async function startVaultOnClock(start: Date): Promise<VaultOnClock> {
  const directory = await mkdtemp(join(tmpdir(), 'innkeeper-vault-'));
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const refusals = new Map<string, number>();
  const workers = await startWorkers({
    stateDirectory: directory,
    workers: [{ directory: VAULT, variables: { VAULT_PUBLIC_KEYS: JSON.stringify([await exportJWK(publicKey)]) } }],
    onWorkerLog(message) {
      const refusal = RefusalLine.safeParse(tryJson(message));
      if (!refusal.success) return;
      const name = `${refusal.data.reason} ${refusal.data.kind}`;
      refusals.set(name, (refusals.get(name) ?? 0) + 1);
    },
  });
  const url = workers.urlOf('backup-vault');
  const tokens = vaultTokens(await exportJWK(privateKey), randomUUID);
  let clock = start;

  return {
    repository: `rest:${url}/${REPOSITORY}/`,
    ...(await createRepository()),
    refusals,
    now: () => clock,
    setClock,
    mint,
    async [Symbol.asyncDispose]() {
      await workers.close();
      await rm(directory, { recursive: true, force: true });
    },
  };

  async function setClock(now: Date): Promise<void> {
    clock = now;
    await send('PUT', '/_clock', now.toISOString());
  }

  function mint({ subject, scope, hours }: Parameters<VaultOnClock['mint']>[0]): Promise<string> {
    const until = new Date(clock.getTime() + hours * 3_600_000);
    return tokens.mint({ subject, scope, repository: REPOSITORY, from: clock, until, snapshotsMax: 8 });
  }

  /** As an operator does once, with the scope that may. */
  async function createRepository(): Promise<{ readonly password: string }> {
    await setClock(start);
    const files = newRepositoryFiles();
    const authorization = `Basic ${btoa(`operator:${await mint({ subject: 'operator', scope: 'create', hours: 1 })}`)}`;
    await send('POST', `/${REPOSITORY}/?create=true`, '', { authorization });
    await send('POST', `/${REPOSITORY}/keys/${files.key.name}`, files.key.bytes, { authorization });
    await send('POST', `/${REPOSITORY}/config`, files.config, { authorization });
    return { password: files.password };
  }

  async function send(
    method: string,
    path: string,
    body: string | Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<void> {
    const reply = await fetch(url + path, {
      method,
      headers,
      body: typeof body === 'string' ? body : Buffer.from(body),
    });
    if (!reply.ok) throw new Error(`the vault answers ${reply.status} to ${method} ${path}: ${await reply.text()}`);
  }
}

const VAULT = resolve(import.meta.dirname, '../../../../workers/backup-vault/test/fixtures');
const REPOSITORY = 'company';

const RefusalLine = z.object({
  event: z.literal('request.refused'),
  reason: z.string(),
  kind: z.string().default('unknown'),
});

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // workerd's own words.
  }
}
