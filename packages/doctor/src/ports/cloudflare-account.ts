import type { Result } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';

/** One Cloudflare account with one zone, as its token may read it. */
export interface CloudflareAccount {
  /** The token itself. `expiresAt` is absent where it never ends. */
  token(): Promise<Result<{ readonly isActive: boolean; readonly expiresAt?: Date }, AskError>>;
  dnsRecords(): Promise<Result<readonly DnsRecord[], AskError>>;
  queues(): Promise<Result<readonly CloudflareQueue[], AskError>>;
  backlog(queueId: string): Promise<Result<QueueBacklog, AskError>>;
  /** What serves a Worker now; `undefined` where nothing was ever deployed under that name. */
  deployment(script: string): Promise<Result<WorkerDeployment | undefined, AskError>>;
  /** Names of a Worker's secrets: Cloudflare tells no value. `undefined` as above. */
  secretNames(script: string): Promise<Result<readonly string[] | undefined, AskError>>;
}

export interface DnsRecord {
  readonly name: string;
  readonly type: string;
  readonly content: string;
  readonly isProxied: boolean;
}

export interface CloudflareQueue {
  readonly id: string;
  readonly name: string;
  readonly consumers: number;
  readonly isPaused: boolean;
}

export interface QueueBacklog {
  readonly messages: number;
  /** Absent while the queue is empty, or where Cloudflare does not know. */
  readonly oldestAt?: Date;
}

export interface WorkerDeployment {
  /** Sorted by their share, the largest first. */
  readonly versions: readonly WorkerVersion[];
  readonly deployedAt: Date;
}

export interface WorkerVersion {
  readonly id: string;
  readonly percentage: number;
  /** What was deployed, where the deployment said so. */
  readonly tag?: string;
  /** The version whose code this one has: a changed secret makes a new version of the same code, without a tag. */
  readonly codeOf?: { readonly id: string; readonly tag?: string };
}
