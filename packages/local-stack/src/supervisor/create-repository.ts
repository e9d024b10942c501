import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { VAULT_REPOSITORY } from './backup-parts.ts';
import { local, type Ports } from './connections.ts';
import type { StackSecrets } from './secrets.ts';
import { VAULT_USER, vaultToken } from './vault-access.ts';

/**
 * Makes the backup repository in a vault that has none, as an operator does once: the nightly run may not, so that a
 * vault that lost everything is noticed and not quietly begun anew. Rejects with restic's words.
 */
export async function createRepository(options: {
  readonly ports: Ports;
  readonly secrets: StackSecrets;
  readonly resticBinary: string;
}): Promise<void> {
  const { ports, secrets, resticBinary } = options;
  const address = `${local(ports['backup-vault'])}/${VAULT_REPOSITORY}/`;
  const token = await vaultToken(secrets, 'create', TOKEN_MS);
  const authorization = `Basic ${btoa(`${VAULT_USER}:${token}`)}`;
  if ((await fetch(`${address}config`, { method: 'HEAD', headers: { authorization } })).ok) return;
  await promisify(execFile)(resticBinary, ['init', '--quiet', '--no-cache'], {
    env: {
      ...process.env,
      RESTIC_REPOSITORY: `rest:${address}`,
      RESTIC_PASSWORD: secrets.resticPassword,
      RESTIC_REST_USERNAME: VAULT_USER,
      RESTIC_REST_PASSWORD: token,
    },
    timeout: TOKEN_MS,
  });
}

const TOKEN_MS = 60_000; // an init takes a second or two
