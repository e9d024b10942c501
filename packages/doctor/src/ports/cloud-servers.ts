import type { Server, ServerImage } from '@innkeeper/backup/ports';
import type { Result } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';

/** The Hetzner project, read. */
export interface CloudServers {
  /** Servers of the Swarm and whatever else stands there, with their first public address. */
  addresses(): Promise<Result<ReadonlyMap<string, string>, AskError>>;
  /** Throw-away servers of backups. */
  backupServers(): Promise<Result<readonly Server[], AskError>>;
  /** Prepared snapshots of them, newest first. */
  images(): Promise<Result<readonly ServerImage[], AskError>>;
}
