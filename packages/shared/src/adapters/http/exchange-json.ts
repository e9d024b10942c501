/**
 * One bounded JSON exchange with a vendor over an injected `fetch`: the time limit covers connection, headers and body,
 * and no more than `replyBytesMax` are ever held. Decides nothing about statuses: that is each adapter's own error map.
 */
import { parseJsonText } from '../../http-edge/parse-json-object.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { type Fetch, limitReply, ReplyTooLarge } from './limit-reply.ts';

export interface JsonExchange {
  readonly fetch: Fetch;
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form instead. */
  readonly form?: URLSearchParams;
  readonly timeoutMs: number;
  readonly replyBytesMax: number;
}

export interface JsonReply {
  readonly status: number;
  readonly headers: Headers;
  /** `undefined` where the body is not JSON (a proxy's HTML page, an empty body). */
  readonly json: unknown;
}

export type ExchangeError = { readonly kind: 'timeout' | 'unreachable' | 'too_large' };

export async function exchangeJson(exchange: JsonExchange): Promise<Result<JsonReply, ExchangeError>> {
  const signal = AbortSignal.timeout(exchange.timeoutMs);
  try {
    const response = await limitReply(exchange.fetch, exchange.replyBytesMax)(exchange.url, {
      method: exchange.method,
      headers: {
        accept: 'application/json',
        ...(exchange.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...exchange.headers,
      },
      ...(exchange.body === undefined ? {} : { body: JSON.stringify(exchange.body) }),
      ...(exchange.form === undefined ? {} : { body: exchange.form }), // fetch names the content type itself
      redirect: 'manual', // A redirect would carry credentials to an address nobody configured.
      signal,
    });
    return ok({ status: response.status, headers: response.headers, json: parseJson(await response.text()) });
  } catch (error) {
    // The reason may quote the address or the body, so only its kind is passed on.
    if (error instanceof ReplyTooLarge) return err({ kind: 'too_large' });
    return err({ kind: signal.aborted ? 'timeout' : 'unreachable' });
  }
}

/** `Retry-After` in milliseconds. The date form, which none of the vendors sends, counts as absent. */
export function retryAfterMs(headers: Headers): number | undefined {
  const seconds = Number.parseFloat(headers.get('retry-after') ?? '');
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1000) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return parseJsonText(text);
  } catch {
    return undefined; // Callers treat "not JSON" as a reply outside the vendor's format.
  }
}
