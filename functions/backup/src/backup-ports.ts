import type { VaultTokens } from '@innkeeper/shared/backup/vault-tokens';
import type { Secret } from '@innkeeper/shared/config/secret';
import type { FilerPath } from '@innkeeper/shared/contracts/backup/exchange';
import type { LocalTime, TimeZone } from '@innkeeper/shared/domain/local-time';
import type { Log } from '@innkeeper/shared/log/log';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import type { DatabaseBackups, Servers, Telling } from './ports.ts';

/** Everything that `launch`, `sweep`, `exchange` and `report` need of the world; tests pass theirs. */
export interface BackupPorts {
  /** Database `ops`. */
  readonly store: DocumentStore;
  readonly servers: Servers;
  readonly telling: Telling;
  readonly vaultTokens: VaultTokens;
  readonly databaseBackups: DatabaseBackups;
  readonly now: () => Date;
  readonly log: Log;
  readonly settings: BackupSettings;
}

/** What an operator decides. */
export interface BackupSettings {
  /** In which days, weeks and months are counted. */
  readonly zone: TimeZone;
  /** When a run is due, every day. */
  readonly time: LocalTime;
  readonly exchangeUrl: string;
  readonly reportUrl: string;
  /** Oldest runner that may be started: `major.minor.patch`. */
  readonly runnerVersionMin: string;
  /** In the order in which they are tried. */
  readonly candidates: readonly ServerCandidate[];
  readonly vault: {
    readonly url: string;
    /** Path of the repository in the vault. */
    readonly repository: string;
  };
  /** Makes the one-time tokens; see `launch/one-time-token.ts`. */
  readonly oneTimeTokenKey: Secret;
  readonly resticPassword: Secret;
  readonly mongodbUri: Secret;
  readonly postgresUri: Secret;
  readonly filer: { readonly addresses: readonly string[]; readonly paths: readonly FilerPath[] };
  /** Swarm secrets and configuration, text by file name. */
  readonly swarmConfiguration: Readonly<Record<string, Secret>>;
}

export interface ServerCandidate {
  readonly type: string;
  readonly location: string;
}
