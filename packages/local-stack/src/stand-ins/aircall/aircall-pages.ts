import type { StandInReply } from '../stand-in-server.ts';

/** Aircall's pages: `meta` with links to the neighbours, never beyond the ten thousandth record. Pure. */
const PER_PAGE_DEFAULT = 20;
const PER_PAGE_MAX = 50;
const RECORDS_MAX = 10_000;

export function pageOfRows(key: string, rows: readonly object[], url: URL): StandInReply {
  const page = Number(url.searchParams.get('page') ?? 1);
  const perPage = Number(url.searchParams.get('per_page') ?? PER_PAGE_DEFAULT);
  const isFine =
    Number.isInteger(page) && page >= 1 && Number.isInteger(perPage) && perPage >= 1 && perPage <= PER_PAGE_MAX;
  if (!isFine) return aircallError(400, 'Invalid query', `per_page must be 1 to ${PER_PAGE_MAX}`);
  const from = (page - 1) * perPage;
  if (from + perPage > RECORDS_MAX)
    return aircallError(400, 'Invalid query', `only ${RECORDS_MAX} records can be read`);
  const shown = rows.slice(from, from + perPage);
  const link = (to: number): string => {
    // As the vendor's links are: what an answer is to contain besides is not in them.
    const query = new URLSearchParams([...url.searchParams].filter(([name]) => !name.startsWith('fetch_')));
    query.set('page', String(to));
    query.set('per_page', String(perPage));
    return `${url.origin}${url.pathname}?${query.toString()}`;
  };
  return {
    status: 200,
    body: {
      meta: {
        count: shown.length,
        total: rows.length,
        current_page: page,
        per_page: perPage,
        next_page_link: from + perPage < rows.length ? link(page + 1) : null,
        previous_page_link: page > 1 ? link(page - 1) : null,
      },
      [key]: shown,
    },
  };
}

export const aircallError = (status: number, error: string, troubleshoot: string): StandInReply => ({
  status,
  body: { error, troubleshoot },
});

/** `from` and `to` are Unix seconds, both included; oldest first unless `order=desc`. */
export function inWindow<T>(rows: readonly T[], query: URLSearchParams, secondsOf: (row: T) => number): T[] {
  const from = Number(query.get('from') ?? 0);
  const to = Number(query.get('to') ?? Number.MAX_SAFE_INTEGER);
  const within = rows.filter(row => secondsOf(row) >= from && secondsOf(row) <= to);
  return inOrder(within, query, secondsOf);
}

export function inOrder<T>(rows: readonly T[], query: URLSearchParams, secondsOf: (row: T) => number): T[] {
  const sign = query.get('order') === 'desc' ? -1 : 1;
  return rows.toSorted((a, b) => sign * (secondsOf(a) - secondsOf(b)));
}
