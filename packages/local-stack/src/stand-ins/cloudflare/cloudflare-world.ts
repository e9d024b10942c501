import type { DeploymentRow, DnsRecordRow, QueueRow } from './operated-rows.ts';

/** What the account holds. Tests and `/_control` change it directly; only API calls are held to rights. */
export interface CloudflareWorld {
  readonly accountId: string;
  /** Bearer tokens that may call the API, with the rights they have, by Cloudflare's names. */
  readonly callers: Map<string, CallerToken>;
  /** Tokens of the account, as Terraform made them. */
  readonly accountTokens: Map<string, AccountToken>;
  readonly workers: Map<string, Worker>;
  /** Records by zone. */
  readonly dnsRecords?: ReadonlyMap<string, readonly DnsRecordRow[]>;
  readonly queues?: readonly QueueRow[];
  readonly deployments?: readonly DeploymentRow[];
  readonly now: () => number;
}

export interface CallerToken {
  readonly rights: readonly string[];
  readonly expiresAtMs?: number;
}

export interface AccountToken {
  readonly id: string;
  readonly name: string;
  value: string;
  readonly issuedOn: string;
  modifiedOn: string;
  readonly expiresOn?: string;
}

export interface Worker {
  readonly secrets: Map<string, string>;
  /** Versions so far; the last one serves, unless `isNewestDeployed` is false. */
  versions: number;
  isNewestDeployed: boolean;
}
