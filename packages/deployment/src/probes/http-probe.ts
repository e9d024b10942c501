import type { Result } from '@innkeeper/shared/result/result';

export interface ProbeRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface ProbeAnswer {
  readonly status: number;
  /** Version of the Worker that answered, as it says itself (`VERSION_HEADER`). */
  readonly version?: string;
}

/** Sends one request and reads no body: what counts is the status, and who answered. */
export interface HttpProbe {
  readonly send: (request: ProbeRequest) => Promise<Result<ProbeAnswer, 'unreachable' | 'timed_out'>>;
}
