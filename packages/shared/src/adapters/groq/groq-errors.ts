/** What Groq's failures mean for a caller. Pure; details carry status and code, never a message or a body. */
import * as z from 'zod/mini';
import type { ModelError } from '../../ports/language-model.ts';
import { type ExchangeError, type JsonReply, retryAfterMs } from '../http/exchange-json.ts';

const ErrorCode = z.object({ error: z.object({ code: z.string() }) });
/** What the model wrote did not fit the schema, or called a tool that nobody gave it. */
const OF_GENERATION: ReadonlySet<string> = new Set(['json_validate_failed', 'tool_use_failed']);
/** Stands beside these, and wherever else Groq could make nothing of what the model wrote. */
const FailedGeneration = z.object({ error: z.object({ failed_generation: z.string() }) });
const MODEL_GONE: ReadonlySet<string> = new Set(['model_not_found', 'model_decommissioned']);

/** An answer that is no success. `operation`: `chat.completions`, `models`. `model`: the one asked, where one was. */
export function modelErrorOf(operation: string, { status, headers, json }: JsonReply, model?: string): ModelError {
  const code = ErrorCode.safeParse(json).data?.error.code;
  const detail = `groq ${operation} answered ${status}${code === undefined ? '' : ` ${code}`}`;
  if (code !== undefined && MODEL_GONE.has(code)) {
    const gone = model === undefined ? '' : `: ${model} is retired or not for this key, set another model`;
    return { kind: 'misconfigured', detail: `${detail}${gone}` };
  }
  // The model ran, and what it wrote is of no use; Groq's 422 says so of "hallucinations".
  const isWritten = (code !== undefined && OF_GENERATION.has(code)) || FailedGeneration.safeParse(json).success;
  if (status === 422 || isWritten) return { kind: 'nonsense', detail };
  // Larger than the minute's token allowance: 413, although the account is what limits.
  if (status === 429 || status === 498 || code === 'rate_limit_exceeded') {
    const wait = retryAfterMs(headers);
    return wait === undefined ? { kind: 'unavailable', detail } : { kind: 'unavailable', detail, retryAfterMs: wait };
  }
  if (status === 408 || status === 409 || status >= 500) return { kind: 'unavailable', detail };
  // 401 and 403: the key. Any other 4xx: a request that this model or address does not take. Only an operator can change
  // these.
  return { kind: 'misconfigured', detail };
}

/** No answer at all. */
export const exchangeErrorOf = (operation: string, { kind }: ExchangeError): ModelError =>
  kind === 'timeout'
    ? { kind, detail: `groq ${operation} took longer than its limit` }
    : { kind: 'unavailable', detail: `groq ${operation} could not be completed` };
