import type { Secret } from '../../config/secret.ts';
import { isJsonObject, type JsonObject } from '../../http-edge/parse-json-object.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { bytesToBase64 } from '../http/base64.ts';
import { exchangeJson, type JsonReply, retryAfterMs } from '../http/exchange-json.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { judgeVendorReply, type VendorError } from '../http/vendor-reply.ts';

/**
 * Aircall's REST API as far as reading needs it: single calls, no retries, no waiting. What was left of the vendor's limit
 * comes with every answer; whoever owns the limit decides when to call. Objects are handed on as sent; `payload.ts` and
 * `insights.ts` say what is in them. I/O: HTTPS.
 */
export interface AircallClient {
  /** Whether the credentials open anything. */
  readonly ping: () => Promise<AircallAnswer<void>>;
  readonly readCall: (id: string) => Promise<AircallAnswer<JsonObject>>;
  readonly readContact: (id: string) => Promise<AircallAnswer<JsonObject>>;
  readonly readInsight: (callId: string, insight: Insight) => Promise<AircallAnswer<JsonObject>>;
  /** Oldest first. */
  readonly listCalls: (wanted: ListWanted) => Promise<AircallAnswer<AircallPage>>;
  /** Oldest first; with `changedFirst` the one that changed last comes first, and the bounds are not applied. */
  readonly listContacts: (wanted: ListWanted & { changedFirst?: boolean }) => Promise<AircallAnswer<AircallPage>>;
}

/** Names of the routes under a call. */
export const INSIGHTS = ['transcription', 'summary', 'topics', 'sentiments', 'action_items'] as const;
export type Insight = (typeof INSIGHTS)[number];

export interface ListWanted {
  /** Unix seconds, both included: when a call began, when a contact was made. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** `AircallPage.next` of the page before; where it names bounds, they are those of its walk. */
  readonly next?: string | undefined;
}

export interface AircallPage {
  readonly things: readonly JsonObject[];
  /** The query of the vendor's own link to the next page; its address is never followed. Absent on the last page. */
  readonly next?: string;
  /** Records up to the end of this page. */
  readonly reached: number;
  readonly total?: number;
}

export interface AircallAnswer<T> {
  readonly result: Result<T, VendorError>;
  readonly limits: ObservedLimits;
}

/** What the vendor said about its window of one minute, where it did. */
export interface ObservedLimits {
  /** Calls left. */
  readonly minute?: number;
  /** Calls it allows. */
  readonly minuteMax?: number;
  readonly retryAfterMs?: number;
}

/** The vendor's maximum. */
export const AIRCALL_PAGE_MAX = 50;
/** No query shows more than this; what is beyond is reached by a query that begins later. */
export const AIRCALL_RECORDS_MAX = 10_000;
const READ_TIMEOUT_MS = 10_000;
/** The transcript of an hour's call is below 200 kB, a page of fifty calls below 500 kB. */
const REPLY_BYTES_MAX = 8 * 1024 * 1024;

export interface AircallClientOptions {
  /** With `/v1`, without a trailing slash. */
  readonly baseUrl: string;
  readonly apiId: string;
  readonly apiToken: Secret;
  readonly fetch: Fetch;
  readonly now: () => number;
}

export function aircallClient(options: AircallClientOptions): AircallClient {
  const credentials = new TextEncoder().encode(`${options.apiId}:${options.apiToken.reveal()}`);
  const authorization = `Basic ${bytesToBase64(credentials)}`;

  const read = async <T>(path: string, pick: (json: unknown) => T | undefined): Promise<AircallAnswer<T>> => {
    const reply = await exchangeJson({
      fetch: options.fetch,
      url: `${options.baseUrl}${path}`,
      method: 'GET',
      headers: { authorization },
      timeoutMs: READ_TIMEOUT_MS,
      replyBytesMax: REPLY_BYTES_MAX,
    });
    if (!reply.ok) return { result: err({ kind: 'unavailable', detail: reply.error.kind }), limits: {} };
    const limits = observe(reply.value, options.now());
    return { result: judgeVendorReply(reply.value, limits.retryAfterMs, pick), limits };
  };

  const list = (key: string, wanted: ListWanted, fixed: Readonly<Record<string, string>>) => {
    const query = new URLSearchParams(wanted.next);
    // The vendor's links do not repeat all that was asked for, and without its bounds a page is one of another list.
    for (const name of ['from', 'to'] as const) {
      if (wanted[name] !== undefined && !query.has(name)) query.set(name, String(wanted[name]));
    }
    for (const [name, value] of Object.entries({ ...fixed, per_page: String(AIRCALL_PAGE_MAX) }))
      query.set(name, value);
    return read(`/${key}?${query.toString()}`, json => pageFrom(json, key));
  };

  return {
    ping: () => read('/ping', json => (isJsonObject(json) ? null : undefined)).then(withoutValue),
    readCall: id =>
      read(`/calls/${encodeURIComponent(id)}?${searchOf(CALL_DETAILS)}`, json => objectUnder(json, 'call')),
    readContact: id => read(`/contacts/${encodeURIComponent(id)}`, json => objectUnder(json, 'contact')),
    readInsight: (callId, insight) =>
      read(`/calls/${encodeURIComponent(callId)}/${insight}`, json => (isJsonObject(json) ? json : undefined)),
    listCalls: wanted => list('calls', wanted, { order: 'asc', ...CALL_DETAILS }),
    listContacts: ({ changedFirst = false, next, ...bounds }) =>
      changedFirst
        ? list('contacts', { next }, { order: 'desc', order_by: 'updated_at' })
        : list('contacts', { next, ...bounds }, { order: 'asc' }),
  };
}

/** Left out unless asked for. */
const CALL_DETAILS = { fetch_contact: 'true', fetch_call_timeline: 'true' };
const searchOf = (query: Readonly<Record<string, string>>): string => new URLSearchParams(query).toString();

const withoutValue = ({ result, limits }: AircallAnswer<null>): AircallAnswer<void> => ({
  result: result.ok ? ok(undefined) : result,
  limits,
});

function objectUnder(json: unknown, key: string): JsonObject | undefined {
  const value = isJsonObject(json) ? json[key] : undefined;
  return isJsonObject(value) ? value : undefined;
}

function pageFrom(json: unknown, key: string): AircallPage | undefined {
  const rows = isJsonObject(json) ? json[key] : undefined;
  const meta = objectUnder(json, 'meta');
  if (!Array.isArray(rows) || meta === undefined) return undefined;
  const things = rows.filter(isJsonObject);
  const { next_page_link: link, total, current_page: page, per_page: perPage } = meta;
  const next = typeof link === 'string' ? queryOf(link) : undefined;
  if (typeof link === 'string' && next === undefined) return undefined; // a walk must not end as if that were the last page
  const before = typeof page === 'number' && typeof perPage === 'number' ? (page - 1) * perPage : 0;
  return {
    things,
    reached: before + rows.length,
    ...(next === undefined ? {} : { next }),
    ...(typeof total === 'number' ? { total } : {}),
  };
}

function queryOf(link: string): string | undefined {
  return URL.parse(link)?.searchParams.toString();
}

function observe({ status, headers }: JsonReply, nowMs: number): ObservedLimits {
  const minute = numberOf(headers.get('x-aircallapi-remaining'));
  const minuteMax = numberOf(headers.get('x-aircallapi-limit'));
  // The moment of refill matters only once nothing is left.
  const isUsedUp = status === 429 || minute === 0;
  const wait =
    retryAfterMs(headers) ?? (isUsedUp ? untilReset(numberOf(headers.get('x-aircallapi-reset')), nowMs) : undefined);
  return {
    ...(minute === undefined ? {} : { minute }),
    ...(minuteMax === undefined ? {} : { minuteMax }),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  };
}

function numberOf(header: string | null): number | undefined {
  const value = Number.parseFloat(header ?? '');
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The window is a minute, so nobody has to wait longer, whatever the header's unit turns out to be. */
const WINDOW_MS = 60_000;

/** `Reset` has been seen as a moment in seconds, as one in milliseconds, and as the seconds that are left. */
function untilReset(reset: number | undefined, nowMs: number): number | undefined {
  if (reset === undefined) return undefined;
  const waitMs = reset > 100_000_000_000 ? reset - nowMs : reset > 1_000_000_000 ? reset * 1000 - nowMs : reset * 1000;
  return Math.min(Math.max(Math.ceil(waitMs), 0), WINDOW_MS);
}
