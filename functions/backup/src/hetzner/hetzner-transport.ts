import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import hcloud from 'hcloud-js';

/**
 * Requests to Hetzner's API over hcloud-js, which is taken for its authenticated axios instance and nothing else: its
 * models and its interceptor throw on answers that today's API gives. Does I/O; whatever was answered is a value.
 */
export interface HetznerTransport {
  /** `unanswered`: no answer, or none that could be read. What was asked may have been done. */
  send(request: HetznerRequest): Promise<Result<HetznerReply, Unanswered>>;
}

export interface HetznerRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: URLSearchParams;
  readonly body?: unknown;
}

export interface HetznerReply {
  readonly status: number;
  /** `undefined` where the body was not JSON: gateways in front of the API answer HTML. */
  readonly json: unknown;
  /** Header `RateLimit-Reset`: UNIX seconds. */
  readonly rateLimitReset: number | undefined;
}

export interface Unanswered {
  readonly kind: 'unanswered';
  /** Method, path and the network's own error code; never headers. */
  readonly detail: string;
}

const REPLY_BYTES_MAX = 8 * 1024 * 1024; // the price list, the longest answer, is about 1 MB

export function hetznerTransport(options: {
  /** With the version path, without a slash at its end. */
  readonly endpoint: string;
  readonly token: Secret;
  /** For a whole request, from the first byte to the last. */
  readonly timeoutMs: number;
}): HetznerTransport {
  const { axios } = new hcloud.Client({
    token: options.token.reveal(),
    baseURL: options.endpoint,
    timeout: options.timeoutMs,
  });
  // It takes every failure for JSON with an `error` in it, and rejects with something that is no Error.
  axios.interceptors.response.clear();

  return {
    async send({ method, path, query, body }) {
      try {
        const reply = await axios.request({
          method,
          url: path,
          ...(query === undefined ? {} : { params: query }),
          ...(body === undefined ? {} : { data: body }),
          responseType: 'text',
          transformResponse: text => text,
          validateStatus: () => true,
          maxRedirects: 0, // the token goes to the named host only
          maxContentLength: REPLY_BYTES_MAX,
          signal: AbortSignal.timeout(options.timeoutMs), // its own timeout starts again with every byte
        });
        return ok({
          status: reply.status,
          json: parseJson(reply.data),
          rateLimitReset: secondsOf(reply.headers['ratelimit-reset']),
        });
      } catch (error) {
        return err({ kind: 'unanswered', detail: `${method} ${path}: ${codeOf(error)}` });
      }
    },
  };
}

function parseJson(body: unknown): unknown {
  if (typeof body !== 'string') return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined; // Judged by its status.
  }
}

function secondsOf(header: unknown): number | undefined {
  return typeof header === 'string' && /^\d{1,12}$/u.test(header) ? Number(header) : undefined;
}

/** An AxiosError holds the request with its token; only its code gets out. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'no answer';
}
