import type { StandInReply } from '../stand-in-server.ts';

/** Groq's errors: `{"error": {"message", "type", "code"}}`, and the rate-limit headers of every answer. */
export const groqError = (
  status: number,
  type: string,
  code: string | undefined,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): StandInReply => ({
  status,
  body: { error: { message, type, ...(code === undefined ? {} : { code }) } },
  headers,
});

export const invalidRequest = (message: string, code?: string): StandInReply =>
  groqError(400, 'invalid_request_error', code, message);

export const modelNotFound = (model: string): StandInReply =>
  groqError(
    404,
    'invalid_request_error',
    'model_not_found',
    `The model \`${model}\` does not exist or you do not have access to it.`,
  );

export const modelDecommissioned = (model: string): StandInReply =>
  invalidRequest(`The model \`${model}\` has been decommissioned and is no longer supported.`, 'model_decommissioned');

/** As Groq words it for its gpt-oss models: the call stands beside the error. */
export function toolCalled(): StandInReply {
  const message = 'Tool choice is none, but model called a tool';
  const error = { message, type: 'invalid_request_error', code: 'tool_use_failed' };
  const call = { name: 'repo_browser.open_file', arguments: { path: 'a' } };
  return { status: 400, body: { error: { ...error, failed_generation: JSON.stringify(call) } } };
}

/** Requests are counted by the day, tokens by the minute. */
export function rateHeaders(left: { readonly requests: number; readonly tokens: number }): Record<string, string> {
  return {
    'x-ratelimit-limit-requests': String(REQUESTS_PER_DAY),
    'x-ratelimit-limit-tokens': String(TOKENS_PER_MINUTE),
    'x-ratelimit-remaining-requests': String(left.requests),
    'x-ratelimit-remaining-tokens': String(left.tokens),
    'x-ratelimit-reset-requests': '2m59.56s',
    'x-ratelimit-reset-tokens': '7.66s',
  };
}

/** A developer plan's order of magnitude; the real figures stand on the account's own page. */
export const REQUESTS_PER_DAY = 500_000;
export const TOKENS_PER_MINUTE = 250_000;

export function rateLimited(model: string, retryAfterSeconds: number): StandInReply {
  const message = `Rate limit reached for model \`${model}\` on tokens per minute (TPM): Limit ${TOKENS_PER_MINUTE}. Please try again in ${retryAfterSeconds}s.`;
  return groqError(429, 'tokens', 'rate_limit_exceeded', message, {
    ...rateHeaders({ requests: REQUESTS_PER_DAY, tokens: 0 }),
    'retry-after': String(retryAfterSeconds),
  });
}
