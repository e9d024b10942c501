import { answerMessageId } from '@innkeeper/llm-query/answer-message-id';
import { FRIDA, FRONT_DESK } from '@innkeeper/local-stack/demo/stage/cast';
import { openAiCompatibleEmbedder } from '@innkeeper/shared/adapters/embeddings/openai-compatible';
import { firestoreRest } from '@innkeeper/shared/adapters/firestore/firestore-rest';
import { qdrantClient } from '@innkeeper/shared/adapters/qdrant/qdrant-client';
import { qdrantVectorReader } from '@innkeeper/shared/adapters/qdrant/qdrant-vector-reader';
import { rocketChatTeamChat } from '@innkeeper/shared/adapters/rocketchat/rocketchat-team-chat';
import { Secret } from '@innkeeper/shared/config/secret';
import { ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { FreshStack } from './fresh-stack.ts';

/** Milliseconds of what no way to answer a question can do without, each called directly and alone. */
export interface Floors {
  readonly embed: number;
  readonly qdrant: number;
  readonly firestore: number;
  readonly post: number;
}

const Message = z.object({ message: z.object({ ts: z.iso.datetime() }) });
const TODAY = (): string => new Date().toISOString().slice(0, 10);

export function answerFloors({ file, secrets }: FreshStack) {
  const { embeddings, qdrant, firestore, rocketchat } = file.components;
  const embedder = openAiCompatibleEmbedder({
    fetch,
    baseUrl: embeddings.url,
    apiKey: new Secret(secrets.embeddingsApiKey),
    model: embeddings.model ?? '',
    dimensions: embeddings.dimensions ?? 0,
  });
  const vectors = qdrantVectorReader({
    client: qdrantClient({ url: qdrant.url, apiKey: new Secret(qdrant.apiKey) }),
    collection: qdrant.alias,
  });
  const documents = firestoreRest({
    baseUrl: `http://${firestore.host}/v1`,
    project: firestore.projectId,
    database: firestore.database,
    tokens: { token: () => Promise.resolve(ok('owner')) },
    fetch,
    random: Math.random,
    sleep: () => Promise.resolve(),
  });
  const chat = rocketChatTeamChat({
    fetch,
    url: rocketchat.url,
    userId: rocketchat.userId,
    authToken: new Secret(rocketchat.authToken),
  });
  const readMessage = async (id: string): Promise<number> => {
    const response = await fetch(`${rocketchat.url}/api/v1/chat.getMessage?msgId=${id}`, {
      headers: { 'x-user-id': rocketchat.userId, 'x-auth-token': rocketchat.authToken },
    });
    return Date.parse(Message.parse(await response.json()).message.ts);
  };

  return {
    /** By the chat's own clock, between the question's time and the first answer's. */
    async postedAfter(questionId: string): Promise<number> {
      return (await readMessage(await answerMessageId(questionId, 0))) - (await readMessage(questionId));
    },
    async measure({ text, isSearch }: { readonly text: string; readonly isSearch: boolean }): Promise<Floors> {
      const embedding = isSearch ? await timed(() => embedder.embed([text], 'query')) : undefined;
      const dense = embedding?.value[0];
      const found = isSearch
        ? await timed(async () => {
            const filter = { must: [{ field: 'kind', equals: 'text-message' }] };
            const hits = await vectors.hybridSearch({ text, filter, limit: 12, ...(dense ? { dense } : {}) });
            return hits.ok ? ok(hits.value.map(({ payload }) => payload)) : hits;
          })
        : await timed(() =>
            vectors.scrollAll(
              {
                must: [
                  { field: 'kind', equals: 'reservation' },
                  {
                    nested: 'stays',
                    filter: { must: [{ field: 'checkInDate', range: { gte: TODAY(), lte: TODAY() } }] },
                  },
                ],
              },
              { maxPoints: 5_000 },
            ),
          );
      const listings = await timed(() =>
        documents.query({ collection: 'records', where: [{ field: 'kind', op: '==', value: 'listing' }] }),
      );
      const paths = found.value.map(({ docKey }) => `records/${docKey}` as const);
      const cited = paths.length === 0 ? undefined : await timed(() => documents.getAll(paths));
      const posted = await timed(() =>
        chat.sendMessage({
          messageId: crypto.randomUUID().replaceAll('-', '').slice(0, 17),
          roomId: FRONT_DESK.id,
          text: `${FRIDA.name}: ${text}`,
        }),
      );
      return {
        embed: embedding?.ms ?? 0,
        qdrant: found.ms,
        firestore: listings.ms + (cited?.ms ?? 0),
        post: posted.ms,
      };
    },
  };
}

async function timed<T>(
  call: () => Promise<Result<T, { readonly detail?: string }>>,
): Promise<{ ms: number; value: T }> {
  const since = performance.now();
  const result = await call();
  if (!result.ok) throw new Error(`a floor could not be measured: ${result.error.detail ?? 'no detail'}`);
  return { ms: performance.now() - since, value: result.value };
}
