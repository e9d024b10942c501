import type { Result } from '@innkeeper/shared/result/result';

export interface ProbeRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends one request and reads no body: what counts is the status. */
export interface HttpProbe {
  readonly send: (request: ProbeRequest) => Promise<Result<number, 'unreachable' | 'timed_out'>>;
}
