import { exchangeJson, type JsonExchange, type JsonReply } from '@innkeeper/shared/adapters/http/exchange-json';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Service, VendorFailure } from '../ports/vendor-failure.ts';

const TIMEOUT_MS = 20_000; // a person waits; nothing here is large
const REPLY_BYTES_MAX = 4 * 1024 * 1024; // a full page of an account's tokens with their policies is a tenth of it

const CLOUDFLARE_INVALID_TOKEN = 9109; // with 403, where other services say 401
const CLOUDFLARE_INVALID_HEADERS = 6003; // with 400: what was given cannot be a token

export interface VendorCall extends Pick<JsonExchange, 'fetch' | 'url' | 'method' | 'headers' | 'body'> {
  readonly service: Service;
  /** What the call needs, by the vendor's own name, for the sentence when it is refused. */
  readonly right: string;
  /** What is not there when the answer is 404. */
  readonly what: string;
}

/** One call; every status that is no success becomes a failure. What the vendor said besides its numbers is dropped. */
export async function callVendor(call: VendorCall): Promise<Result<JsonReply, VendorFailure>> {
  const { service, right, what, ...exchange } = call;
  const reply = await exchangeJson({ ...exchange, timeoutMs: TIMEOUT_MS, replyBytesMax: REPLY_BYTES_MAX });
  if (!reply.ok) return err({ kind: 'unreachable', service });
  const { status } = reply.value;
  if (status >= 200 && status < 300) return ok(reply.value);
  const code = codeOf(reply.value.json);
  const isTokenRefused =
    status === 401 ||
    (status === 403 && code === CLOUDFLARE_INVALID_TOKEN) ||
    (status === 400 && code === CLOUDFLARE_INVALID_HEADERS);
  if (isTokenRefused) return err({ kind: 'unauthorized', service });
  if (status === 403) return err({ kind: 'forbidden', service, right });
  if (status === 404) return err({ kind: 'missing', service, what });
  if (status === 429) return err({ kind: 'busy', service });
  return err({ kind: 'unexpected', service, status, ...(code === undefined ? {} : { code }) });
}

/** Cloudflare's `errors[0].code`; Google and Qdrant say nothing with a number that the status does not say. */
function codeOf(json: unknown): number | undefined {
  const errors: unknown = typeof json === 'object' && json !== null && 'errors' in json ? json.errors : undefined;
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const code: unknown = typeof first === 'object' && first !== null && 'code' in first ? first.code : undefined;
  return typeof code === 'number' ? code : undefined;
}

/** An answer outside the vendor's documented shape. */
export const outsideShape = (service: Service): Result<never, VendorFailure> =>
  err({ kind: 'unexpected', service, status: 200 });
