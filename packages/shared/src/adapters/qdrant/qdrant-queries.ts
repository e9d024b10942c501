/**
 * The two calls that reading makes, as the official client makes them, over this package's bounded exchange: the
 * client brings the routes of a whole API, 5 kB of a Worker that may have 115. I/O: one request per call.
 */
import type { Schemas } from '@qdrant/js-client-rest';
import * as z from 'zod/mini';
import { exchangeJson, retryAfterMs } from '../http/exchange-json.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { type QdrantConnection, REQUEST_TIMEOUT_MS } from './qdrant-connection.ts';

/** The official client is one of these, too. A call that fails throws, there as here; see `toVectorStoreError`. */
export interface QdrantQueries {
  scroll(collection: string, body: Schemas['ScrollRequest']): Promise<Page>;
  queryGroups(collection: string, body: Schemas['QueryGroupsRequest']): Promise<Groups>;
}

type Point = { readonly payload?: unknown };
type Page = {
  readonly points: readonly Point[];
  readonly next_page_offset?: Schemas['ScrollResult']['next_page_offset'];
};
type Groups = { readonly groups: readonly { readonly hits: readonly (Point & { readonly score: number })[] }[] };

/** A reply that is no success, or nothing usable (`status` absent); shaped as what the official client throws. */
class QdrantCallError extends Error {
  readonly status: number | undefined;
  readonly data: unknown;
  readonly retryAfterMs: number | undefined;

  constructor(name: string, reply?: { status: number; json: unknown; headers: Headers }) {
    super(name);
    this.name = name;
    this.status = reply?.status;
    this.data = reply?.json;
    this.retryAfterMs = reply === undefined ? undefined : retryAfterMs(reply.headers);
  }
}

const Point = z.looseObject({ payload: z.optional(z.unknown()) });
const PageReply = z.object({
  result: z.object({
    points: z.array(Point),
    next_page_offset: z.optional(z.nullable(z.union([z.string(), z.number()]))),
  }),
});
const GroupsReply = z.object({
  result: z.object({ groups: z.array(z.object({ hits: z.array(z.looseObject({ score: z.number() })) })) }),
});

const REPLY_BYTES_MAX = 32 * 1024 * 1024; // what the server itself takes in one request

export function qdrantQueries({ fetch, url, apiKey, timeoutMs }: QdrantConnection & { fetch: Fetch }): QdrantQueries {
  async function call<T>(route: string, body: unknown, reply: z.ZodMiniType<{ result: T }>): Promise<T> {
    const sent = await exchangeJson({
      fetch,
      url: `${url.replace(/\/+$/u, '')}/collections/${route}`,
      method: 'POST',
      headers: apiKey === undefined ? {} : { 'api-key': apiKey.reveal() },
      body,
      timeoutMs: timeoutMs ?? REQUEST_TIMEOUT_MS,
      replyBytesMax: REPLY_BYTES_MAX,
    });
    if (!sent.ok) throw new QdrantCallError(sent.error.kind);
    if (sent.value.status !== 200) throw new QdrantCallError('answered', sent.value);
    const parsed = reply.safeParse(sent.value.json);
    if (!parsed.success) throw new QdrantCallError('unexpected answer');
    return parsed.data.result;
  }

  return {
    scroll: (collection, body) => call(`${encodeURIComponent(collection)}/points/scroll`, body, PageReply),
    queryGroups: (collection, body) => call(`${encodeURIComponent(collection)}/points/query/groups`, body, GroupsReply),
  };
}
