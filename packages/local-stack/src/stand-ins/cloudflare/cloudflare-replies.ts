import type { StandInReply } from '../stand-in-server.ts';

/** Cloudflare's envelope: every answer says whether it went well, and why not by a number of its own. */
export const result = (value: unknown, more: object = {}): StandInReply => ({
  status: 200,
  body: { success: true, errors: [], messages: [], result: value, ...more },
});

export const refusal = (status: number, code: number, message: string): StandInReply => ({
  status,
  body: { success: false, errors: [{ code, message }], messages: [], result: null },
});

/** One page of a list, with `result_info`. */
export function page(rows: readonly object[], query: URLSearchParams): StandInReply {
  const perPage = Number(query.get('per_page') ?? 20);
  const number = Number(query.get('page') ?? 1);
  const shown = rows.slice((number - 1) * perPage, number * perPage);
  const info = { page: number, per_page: perPage, count: shown.length, total_count: rows.length };
  return result(shown, { result_info: info });
}
