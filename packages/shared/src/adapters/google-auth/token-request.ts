import * as z from 'zod/mini';
import type { AccessTokenError } from '../../ports/access-tokens.ts';
import { err, ok, type Result } from '../../result/result.ts';

/**
 * One call to a token endpoint. Outcomes are values; details carry status and Google's own error code, never a body,
 * an assertion or a token.
 */
export interface TokenCall<T> {
  /** For the detail: `sts token exchange`. */
  readonly operation: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: URLSearchParams | string;
  readonly answer: z.ZodMiniType<T>;
}

const TOKEN_CALL_TIMEOUT_MS = 5_000; // Google answers in about 100 ms; a question has 8 s in all

/** OAuth (`error: 'invalid_grant'`) and Google API (`error: {status}`) error bodies. */
const ErrorBody = z.object({
  error: z.union([
    z.pipe(
      z.string(),
      z.transform(code => ({ status: code })),
    ),
    z.object({ status: z.string() }),
  ]),
});

export async function callTokenEndpoint<T>(
  fetcher: typeof fetch,
  call: TokenCall<T>,
): Promise<Result<T, AccessTokenError>> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetcher(call.url, {
      method: 'POST',
      body: call.body,
      ...(call.headers === undefined ? {} : { headers: call.headers }),
      signal: AbortSignal.timeout(TOKEN_CALL_TIMEOUT_MS),
    });
    body = parseJson(await response.text());
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown error';
    return err({ kind: 'unavailable', detail: `${call.operation}: no answer (${reason})` });
  }
  if (!response.ok) {
    const parsed = ErrorBody.safeParse(body);
    const code = parsed.success && /^[A-Za-z_]{1,40}$/u.test(parsed.data.error.status) ? parsed.data.error.status : '';
    const detail = `${call.operation}: ${response.status} ${code}`.trimEnd();
    const passing = response.status === 429 || response.status >= 500;
    return err({ kind: passing ? 'unavailable' : 'denied', detail });
  }
  const parsed = call.answer.safeParse(body);
  return parsed.success
    ? ok(parsed.data)
    : err({ kind: 'unavailable', detail: `${call.operation}: 200 with an answer that is no token` });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // An HTML error page of a proxy: the status decides.
  }
}
