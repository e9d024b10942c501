import type { Log } from '../log/log.ts';
import { err, ok, type Result } from '../result/result.ts';
import { BODY_TIMEOUT_MS, type BodyLimits, readBody } from './read-body.ts';
import { answerRefusal, type Refusal } from './refusal.ts';

/**
 * The edge of a Worker that takes JSON at one path: method, path, content type and size are settled here, then the
 * raw bytes go to `accept`, which authenticates before it parses. Every refusal is logged, without the payload.
 */
export interface JsonPostEdge {
  /** The only path that takes a POST. `GET /healthz` is answered beside it. */
  readonly path: string;
  readonly bodyBytesMax: number;
  readonly bodyTimeoutMs?: number;
  /** Log event of a refusal, e.g. `webhook.rejected`. */
  readonly rejectedEvent: string;
  readonly log: Log;
  readonly accept: (post: ReceivedPost) => Promise<Result<Response, Refusal>>;
}

export interface ReceivedPost {
  readonly body: Uint8Array;
  readonly headers: Headers;
}

/** Largest webhook delivery taken: vendors' largest documented bodies are a few hundred kB. */
export const WEBHOOK_BODY_BYTES_MAX = 2 * 1024 * 1024;

export function createJsonPostEdge(edge: JsonPostEdge): (request: Request) => Promise<Response> {
  const limits: BodyLimits = {
    bodyBytesMax: edge.bodyBytesMax,
    bodyTimeoutMs: edge.bodyTimeoutMs ?? BODY_TIMEOUT_MS,
  };
  return async request => {
    const { pathname } = new URL(request.url);
    if (pathname === '/healthz') return answerHealth(request);
    const post = pathname === edge.path ? await receivePost(request, limits) : err('path_unknown' as const);
    const outcome = post.ok ? await edge.accept(post.value) : post;
    if (outcome.ok) return outcome.value;
    edge.log.warn(edge.rejectedEvent, { reason: outcome.error });
    return answerRefusal(outcome.error);
  };
}

/** Method, content type and size of a request; then its bytes. */
export async function receivePost(request: Request, limits: BodyLimits): Promise<Result<ReceivedPost, Refusal>> {
  if (request.method !== 'POST') return err('method_not_allowed');
  if (!isJson(request.headers.get('content-type'))) return err('content_type_unsupported');
  const body = await readBody(request, limits);
  return body.ok ? ok({ body: body.value, headers: request.headers }) : body;
}

/** `application/json` or `application/<anything>+json`, with or without parameters. */
function isJson(contentType: string | null): boolean {
  return /^application\/(?:[\w.-]+\+)?json$/iu.test(contentType?.split(';')[0]?.trim() ?? '');
}

function answerHealth(request: Request): Response {
  return request.method === 'GET' || request.method === 'HEAD'
    ? Response.json({ ok: true }, { headers: { 'cache-control': 'no-store' } })
    : answerRefusal('method_not_allowed', 'GET, HEAD');
}
