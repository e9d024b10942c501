/** Parts of the account that other tools own; each may be left out of a world. */
export interface DnsRecordRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly content: string;
  readonly proxied: boolean;
}

export interface QueueRow {
  readonly id: string;
  readonly name: string;
  readonly consumers: number;
  readonly isPaused: boolean;
  readonly backlog: number;
  /** Absent while empty. */
  readonly oldestAtMs?: number;
}

export interface DeploymentRow {
  readonly script: string;
  readonly createdAtMs: number;
  readonly versions: readonly VersionRow[];
}

export interface VersionRow {
  readonly id: string;
  readonly percentage: number;
  readonly tag?: string;
  /** Of its script: its own where nothing is said. */
  readonly etag?: string;
  /** A changed secret made it, of the code that served then. */
  readonly isMadeBySecret?: boolean;
}
