import { parseConfig } from '@innkeeper/shared/config/parse-config';
import { createLog } from '@innkeeper/shared/log/log';
import { Config } from './config.ts';
import { createCredentialCheck } from './credentials.ts';
import { createByteAllowance } from './ledger/byte-allowance.ts';
import { durableLedger } from './ledger/repository-ledger.ts';
import { type Bucket, r2Objects } from './objects/r2-objects.ts';
import { createVault } from './vault.ts';

/** What it uses of the bindings in `wrangler.jsonc`; the rest of the environment is parsed by `config.ts`. */
export interface VaultBindings {
  readonly BUCKET: Bucket;
  readonly LEDGER: Parameters<typeof durableLedger>[0];
}

/** The vault over its bindings. Whoever composes it says which clock counts. */
export function wire(environment: VaultBindings, now: () => Date): (request: Request) => Promise<Response> {
  const config = parseConfig('backup-vault', Config, { ...environment });
  const log = createLog('backup-vault');
  const ledger = durableLedger(environment.LEDGER);
  return createVault({
    objects: r2Objects(environment.BUCKET, (operation, detail) => log.error('bucket.failed', { operation, detail })),
    ledger,
    spendBytes: createByteAllowance(ledger, config.VAULT_TOKEN_BYTES_MAX),
    checkCredentials: createCredentialCheck(config.VAULT_PUBLIC_KEYS),
    minimumAge: { snapshots: config.VAULT_SNAPSHOT_AGE_MIN_S, data: config.VAULT_DATA_AGE_MIN_S },
    deletionsPerDay: {
      content: config.VAULT_DELETIONS_PER_DAY_MAX,
      snapshots: config.VAULT_SNAPSHOT_DELETIONS_PER_DAY_MAX,
    },
    log,
    now,
  });
}
