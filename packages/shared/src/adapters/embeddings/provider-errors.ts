/** How an embedding provider's refusals map to the port's errors. Pure; never quotes a body. */
import type { EmbedderError } from '../../ports/embedder.ts';
import { unreachable } from '../../result/result.ts';
import type { ExchangeError } from '../http/exchange-json.ts';

export function exchangeFailure(operation: string, error: ExchangeError): EmbedderError {
  switch (error.kind) {
    case 'timeout':
      return { kind: 'unavailable', detail: `${operation} timed out` };
    case 'unreachable':
      return { kind: 'unavailable', detail: `${operation} could not be reached` };
    case 'too_large':
      return { kind: 'unavailable', detail: `${operation} answered more than the limit` };
    default:
      return unreachable(error.kind);
  }
}

/** `code` is the vendor's own error code where the reply carries one. */
export function statusFailure(
  operation: string,
  status: number,
  code?: string | number,
  retryAfterMs?: number,
): EmbedderError {
  const detail = `${operation} answered ${status}${code === undefined ? '' : ` (${code})`}`;
  switch (status) {
    case 400:
    case 413:
    case 422:
      return { kind: 'refused', detail };
    case 401:
    case 403:
    case 404:
    case 405:
      return { kind: 'misconfigured', detail };
    default:
      return retryAfterMs === undefined
        ? { kind: 'unavailable', detail }
        : { kind: 'unavailable', detail, retryAfterMs };
  }
}
