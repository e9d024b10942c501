import type { VaultAccess } from '@innkeeper/shared/contracts/backup/exchange';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import type { VaultScope } from '@innkeeper/shared/contracts/backup/vault-token';
import type { BackupPorts } from '../backup-ports.ts';

/** The vault's clock may be a little behind ours, and the server asks at once. */
const CLOCK_SKEW_MS = 30_000;

/** restic's address and a token for it that ends by itself. */
export async function vaultAccess(
  { vaultTokens, settings }: Pick<BackupPorts, 'vaultTokens' | 'settings'>,
  order: {
    readonly runId: RunId;
    readonly scope: VaultScope;
    readonly from: Date;
    readonly until: Date;
    readonly snapshotsMax?: number;
  },
): Promise<VaultAccess> {
  const { url, repository } = settings.vault;
  const { runId, ...grant } = order;
  const from = new Date(order.from.getTime() - CLOCK_SKEW_MS);
  return {
    repository: `rest:${url}/${repository}/`,
    user: runId,
    token: await vaultTokens.mint({ ...grant, from, subject: runId, repository }),
    expiresAt: order.until.toISOString(),
  };
}
