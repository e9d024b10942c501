import { vaultTokens } from '@innkeeper/shared/backup/vault-tokens';
import type { VaultScope } from '@innkeeper/shared/contracts/backup/vault-token';
import { VAULT_REPOSITORY } from './backup-parts.ts';
import type { StackSecrets } from './secrets.ts';

/** User name that goes with this stack's own tokens of the vault. */
export const VAULT_USER = 'local-stack';

/** A token of the vault, good from now on. */
export function vaultToken(secrets: StackSecrets, scope: VaultScope, lifeMs: number): Promise<string> {
  const from = new Date();
  return vaultTokens(secrets.vaultKey.privateKey, () => crypto.randomUUID()).mint({
    subject: VAULT_USER,
    scope,
    repository: VAULT_REPOSITORY,
    from,
    until: new Date(from.getTime() + lifeMs),
  });
}
