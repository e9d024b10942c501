import * as z from 'zod/mini';
import type { AccessTokenError, AccessTokens } from '../../ports/access-tokens.ts';
import type { StoreError } from '../../ports/document-store.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { type GoogleStatus, GRPC_STATUS, type StoreOperation, statusOfHttp, storeErrorOf } from './store-error.ts';

/**
 * One authenticated call of Firestore's REST API: JSON in, JSON out, every failure a value. A token that Google refuses
 * is replaced once. Requests, answers and tokens never reach an error.
 */
export interface RestCallOptions {
  /** Including `/v1`, without a trailing slash. */
  readonly baseUrl: string;
  /** `projects/P/databases/D/documents`. */
  readonly documentsRoot: string;
  readonly tokens: AccessTokens;
  readonly fetch: typeof fetch;
}

export interface RestCall<T> {
  readonly operation: StoreOperation;
  readonly method: 'batchGet' | 'runQuery' | 'commit' | 'rollback';
  readonly body: object;
  readonly answer: z.ZodMiniType<T>;
  /** Whether a "not found" or "failed precondition" can speak of a write's own precondition. */
  readonly preconditions?: boolean;
}

const CALL_TIMEOUT_MS = 10_000; // Google's own deadline for a commit is 10 s within a transaction
const RETRY_AFTER_MAX_MS = 300_000; // what a queue can wait; longer only says "later"

const ErrorAnswer = z.object({ error: z.object({ status: z.enum(GRPC_STATUS) }) });

export async function callFirestore<T>(options: RestCallOptions, call: RestCall<T>): Promise<Result<T, StoreError>> {
  const token = await options.tokens.token();
  if (!token.ok) return err(withoutToken(call.operation, token.error));
  const first = await send(options, call, token.value);
  if (first.ok || !first.unauthenticated) return first.result;

  const renewed = await options.tokens.token({ refused: token.value });
  if (!renewed.ok) return err(withoutToken(call.operation, renewed.error));
  return (await send(options, call, renewed.value)).result;
}

const withoutToken = (operation: StoreOperation, error: AccessTokenError): StoreError => ({
  kind: error.kind,
  detail: `firestore ${operation}: no token (${error.detail})`,
});

interface Sent<T> {
  readonly ok: boolean;
  readonly unauthenticated: boolean;
  readonly result: Result<T, StoreError>;
}

const failed = (error: StoreError, unauthenticated = false): Sent<never> => ({
  ok: false,
  unauthenticated,
  result: err(error),
});

async function send<T>(options: RestCallOptions, call: RestCall<T>, token: string): Promise<Sent<T>> {
  let response: Response;
  let body: unknown;
  try {
    response = await options.fetch(`${options.baseUrl}/${options.documentsRoot}:${call.method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(call.body),
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
    body = parseJson(await response.text());
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown error';
    return failed({ kind: 'unavailable', detail: `firestore ${call.operation}: no answer (${reason})` });
  }
  const status = response.ok ? errorInside(body) : (errorInside(body) ?? statusOfHttp(response.status));
  if (status !== undefined) {
    const retryAfterMs = readRetryAfter(response);
    const facts = {
      preconditions: call.preconditions === true,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
    return failed(storeErrorOf(call.operation, status, facts), status === 'UNAUTHENTICATED');
  }
  const parsed = call.answer.safeParse(body);
  return parsed.success
    ? { ok: true, unauthenticated: false, result: ok(parsed.data) }
    : failed({ kind: 'unavailable', detail: `firestore ${call.operation}: an answer that is not Firestore's` });
}

/** Streaming methods answer an array, which may end in an error after good elements. */
function errorInside(body: unknown): GoogleStatus | undefined {
  const elements: readonly unknown[] = Array.isArray(body) ? [body.at(0), body.at(-1)] : [body];
  for (const element of elements) {
    const parsed = ErrorAnswer.safeParse(element);
    if (parsed.success) return parsed.data.error.status;
  }
  return undefined;
}

function readRetryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.min(seconds * 1000, RETRY_AFTER_MAX_MS) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // A load balancer's HTML page: the status decides.
  }
}
