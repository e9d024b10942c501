/** What Groq's failures mean for a caller. Pure; details carry status and code, never a message or a body. */
import type { ModelError } from '../../ports/language-model.ts';
import { retryAfterMs } from '../http/exchange-json.ts';

export interface GroqFailure {
  readonly status: number;
  readonly code: string | undefined;
  readonly headers: Headers | undefined;
}

export function modelErrorOf({ status, code, headers }: GroqFailure): ModelError {
  const detail = `groq chat.completions answered ${status}${code === undefined ? '' : ` ${code}`}`;
  // The model ran, but what it wrote did not fit the schema.
  if (code === 'json_validate_failed') return { kind: 'nonsense', detail };
  // Larger than the minute's token allowance: 413, although the account is what limits.
  if (status === 429 || status === 498 || code === 'rate_limit_exceeded') {
    const wait = headers === undefined ? undefined : retryAfterMs(headers);
    return wait === undefined ? { kind: 'unavailable', detail } : { kind: 'unavailable', detail, retryAfterMs: wait };
  }
  if (status === 408 || status === 409 || status >= 500) return { kind: 'unavailable', detail };
  // 401 and 403: the key. 404 model_not_found, 400 model_decommissioned: the model. Any other 4xx: a request that this
  // model or address does not take. Only an operator can change these.
  return { kind: 'misconfigured', detail };
}
