import { createHash } from 'node:crypto';
import type { TestVault } from '@innkeeper/local-stack/testing/start-test-vault';
import type { VaultScope } from '@innkeeper/shared/contracts/backup/vault-token';

/** Asks the vault directly, as restic would, under a token of one scope. */
export interface VaultClient {
  send(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<Response>;
  /** Status and, where it is refused, the reason. */
  outcome(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<string>;
  /** Names under a type. */
  names(type: string): Promise<string[]>;
  audit(query?: string): Promise<{ entries: Record<string, unknown>[]; next: number | null }>;
  readonly token: string;
}

export interface ClientOptions {
  readonly repository?: string;
  readonly now?: Date;
  readonly hours?: number;
  readonly snapshotsMax?: number;
}

export const basic = (token: string): string => `Basic ${Buffer.from(`test:${token}`).toString('base64')}`;
export const nameOf = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');

export async function clientOf(
  vault: Pick<TestVault, 'url' | 'tokens'>,
  scope: VaultScope,
  { repository = 'company', now = new Date(), hours = 1, snapshotsMax = 8 }: ClientOptions = {},
): Promise<VaultClient> {
  const token = await vault.tokens.mint({
    subject: 'test',
    scope,
    repository,
    from: new Date(now.getTime() - 60_000),
    until: new Date(now.getTime() + hours * 3_600_000 - 60_000),
    snapshotsMax,
  });
  const send: VaultClient['send'] = (method, path, body, headers = {}) =>
    fetch(`${vault.url}/${path}`, {
      method,
      headers: { authorization: basic(token), ...headers },
      ...(body === undefined ? {} : { body }),
    });
  return {
    token,
    send,
    async outcome(...call) {
      const response = await send(...call);
      const text = await response.text();
      return response.ok
        ? String(response.status)
        : `${response.status} ${(JSON.parse(text) as { error: string }).error}`;
    },
    async names(type) {
      const response = await send('GET', `${repository}/${type}/`);
      return (await response.json()) as string[];
    },
    async audit(query = '') {
      const response = await send('GET', `_vault/${repository}/audit${query}`);
      return (await response.json()) as { entries: Record<string, unknown>[]; next: number | null };
    },
  };
}
