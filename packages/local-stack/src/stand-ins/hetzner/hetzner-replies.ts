import type { StandInReply } from '../stand-in-server.ts';

/** Refusals with the vendor's codes, and pages. The statuses are those the live API answers these codes with. */
const REFUSALS = {
  json_error: 400,
  unauthorized: 401,
  resource_limit_exceeded: 403,
  not_found: 404,
  method_not_allowed: 405,
  uniqueness_error: 409,
  deprecated_api_endpoint: 410,
  resource_unavailable: 412,
  invalid_input: 422,
  invalid_server_type: 422,
  locked: 423,
  protected: 423,
  rate_limit_exceeded: 429,
} as const;

export function hetznerError(code: keyof typeof REFUSALS, message: string, details: object = {}): StandInReply {
  return { status: REFUSALS[code], body: { error: { code, message, details } } };
}

const PER_PAGE = 25; // the API’s default

/** One page of `rows`, with the paging that goes under `meta`. The query was checked before. */
export function pageOf<T>(rows: readonly T[], query: URLSearchParams): { rows: readonly T[]; meta: object } {
  const page = Number(query.get('page') ?? 1);
  const perPage = Number(query.get('per_page') ?? PER_PAGE);
  const lastPage = Math.max(1, Math.ceil(rows.length / perPage));
  return {
    rows: rows.slice((page - 1) * perPage, page * perPage),
    meta: {
      pagination: {
        page,
        per_page: perPage,
        previous_page: page > 1 ? page - 1 : null,
        next_page: page < lastPage ? page + 1 : null,
        last_page: lastPage,
        total_entries: rows.length,
      },
    },
  };
}
