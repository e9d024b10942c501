import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import type { Secret } from '@innkeeper/shared/config/secret';
import { DENSE_VECTOR } from '@innkeeper/shared/contracts/point-payload';
import { ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { AskError } from '../asking/ask-error.ts';
import { askJson } from '../asking/ask-json.ts';
import type { VectorCollections } from '../ports/vector-collections.ts';

/** Qdrant's REST API, read: what a read-only key may do. */
const AliasesReply = z.object({
  result: z.object({ aliases: z.array(z.object({ alias_name: z.string(), collection_name: z.string() })) }),
});
const CollectionReply = z.object({
  result: z.object({
    status: z.enum(['green', 'yellow', 'grey', 'red']),
    config: z.object({
      params: z.object({ vectors: z.record(z.string(), z.object({ size: z.int().positive() })).optional() }),
    }),
  }),
});
const CountReply = z.object({ result: z.object({ count: z.int().nonnegative() }) });

export function qdrantCollections(options: {
  readonly fetch: Fetch;
  readonly url: string;
  readonly apiKey: Secret;
}): VectorCollections {
  const headers = { 'api-key': options.apiKey.reveal() };
  const ask = <T>(path: string, answer: z.ZodType<T>, body?: unknown): Promise<Result<T, AskError>> =>
    askJson({
      fetch: options.fetch,
      url: `${options.url}${path}`,
      headers,
      answer,
      ...(body === undefined ? {} : { body }),
    });
  return {
    async aliasTarget(alias) {
      const reply = await ask('/aliases', AliasesReply);
      if (!reply.ok) return reply;
      return ok(reply.value.result.aliases.find(({ alias_name }) => alias_name === alias)?.collection_name);
    },
    async describe(collection) {
      const reply = await ask(`/collections/${encodeURIComponent(collection)}`, CollectionReply);
      if (!reply.ok) return reply;
      const { status, config } = reply.value.result;
      const dimensions = config.params.vectors?.[DENSE_VECTOR]?.size;
      return ok({ status, ...(dimensions === undefined ? {} : { dimensions }) });
    },
    async countPoints(collection) {
      const reply = await ask(`/collections/${encodeURIComponent(collection)}/points/count`, CountReply, {
        exact: true,
      });
      return reply.ok ? ok(reply.value.result.count) : reply;
    },
  };
}
