import type { Denial } from './authorise.ts';
import type { CredentialError } from './credentials.ts';
import type { StoreFailure } from './objects/vault-objects.ts';
import type { RouteRefusal } from './route.ts';

/** Every way the vault turns a request away. restic goes by the status, people and the log by the reason. Pure. */
export type Refusal =
  | RouteRefusal
  | CredentialError
  | Denial
  | 'object_missing'
  | 'range_unsatisfiable'
  | 'length_required'
  | 'body_too_small'
  | 'body_too_large'
  | 'hash_differs'
  /** Something else stands under that name. */
  | 'exists'
  | 'snapshots_exhausted'
  /** The token has stored as much as one may. */
  | 'bytes_exhausted'
  | 'daily_deletions_exhausted'
  /** A lock of the bucket itself forbids it. */
  | 'locked'
  | 'store_unavailable'
  | 'ledger_unavailable';

/** restic repeats 5xx for 15 minutes and gives up at once at 401, 403, 404, 416. */
const statuses: Readonly<Record<Refusal, number>> = {
  path_malformed: 400,
  name_malformed: 400,
  query_unknown: 400,
  path_unknown: 404,
  method_not_allowed: 405,
  token_missing: 401,
  malformed: 401,
  forged: 401,
  not_yet_valid: 401,
  expired: 401,
  too_long_lived: 401,
  foreign_repository: 403,
  scope_forbids: 403,
  repository_exists: 403,
  too_young: 403,
  object_missing: 404,
  range_unsatisfiable: 416,
  length_required: 411,
  body_too_small: 400,
  body_too_large: 413,
  hash_differs: 400,
  exists: 403,
  snapshots_exhausted: 403,
  bytes_exhausted: 403,
  daily_deletions_exhausted: 403,
  locked: 403,
  store_unavailable: 503,
  ledger_unavailable: 503,
};

export const statusOf = (reason: Refusal): number => statuses[reason];

/** What is wrong with a token is for the log: a prober learns only that it opens nothing. */
export function answerRefusal(reason: Refusal, method: string): Response {
  const status = statusOf(reason);
  const headers = {
    'cache-control': 'no-store',
    ...(status === 401 ? { 'www-authenticate': 'Basic realm="backup vault", charset="UTF-8"' } : {}),
    ...(status === 405 ? { allow: 'GET, HEAD, POST, DELETE' } : {}),
  };
  return method === 'HEAD'
    ? new Response(null, { status, headers })
    : Response.json({ error: status === 401 ? 'unauthorised' : reason }, { status, headers });
}

export const refusalOf = (failure: StoreFailure): Refusal => (failure === 'locked' ? 'locked' : 'store_unavailable');
