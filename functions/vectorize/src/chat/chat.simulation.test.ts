import { pointId } from '@innkeeper/shared/adapters/qdrant/point-id';
import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import { ok } from '@innkeeper/shared/result/result';
import { hashEmbedder } from '@innkeeper/shared/testing/hash-embedder';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryVectorStore } from '@innkeeper/shared/testing/in-memory-vector-store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASSISTANT_ID, arbitraryArrivals, arbitraryFindableHistory } from '../testing/arbitrary-chat.ts';
import { findableAfter } from '../testing/chat-truth.ts';
import { interleaved, Killed, killer } from '../testing/interleaved.ts';
import { chunkText } from '../text/chunk.ts';
import { groupCommit } from './group-commit.ts';
import { type ChatPorts, handlePush } from './handle-push.ts';

/**
 * Changes of a chat pushed once or twice, several at once, in any order, every call of a port interleaved by chance, runs
 * killed before or after any of them and pushed again: in the end what is found is what was said, and nothing else.
 */
const KILLS_MAX = 8;
const NOW = new Date('2026-11-21T09:41:00.000Z');

describe('a chat under interleaving, repetition, disorder and kills', () => {
  it('is found as it stands, and what was withdrawn does not come back', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        arbitraryArrivals(arbitraryFindableHistory(3), 10),
        fc.infiniteStream(fc.nat(24)),
        async (scheduler, { history, arrivals, atOnce }, chances) => {
          const killedHere = killer(chances, KILLS_MAX);
          const vectors = inMemoryVectorStore();
          const store = interleaved(inMemoryDocumentStore(), scheduler, killedHere);
          const ports: ChatPorts = {
            store,
            vectors: interleaved(vectors, scheduler, killedHere),
            groups: groupCommit(store),
            assistantId: ASSISTANT_ID,
            embedder: hashEmbedder(),
            pointId,
            log: { info() {}, warn() {}, error() {} },
            prepare: () => Promise.resolve(ok(undefined)),
            now: () => new Date(NOW.getTime() + 3_600_000), // Nobody waits for an answer to react to.
            pause: () => Promise.resolve(),
            random: () => 0,
          };
          const deliver = async (change: ChatChange): Promise<void> => {
            for (;;) {
              try {
                if ((await handlePush(ports, pushOf(change))) === 204) return;
              } catch (error) {
                if (!(error instanceof Killed)) throw error; // Pub/Sub pushes again what a killed run held.
              }
            }
          };
          for (let start = 0; start < arrivals.length; start += atOnce) {
            await scheduler.waitFor(Promise.all(arrivals.slice(start, start + atOnce).map(deliver)));
          }

          const found = await vectors.scrollAll({}, { maxPoints: 10_000 });
          const points = found.ok ? found.value.map(({ docKey, chunk, text }) => `${docKey} ${chunk} ${text}`) : [];
          const expected = [...findableAfter(history, ASSISTANT_ID)].flatMap(([id, text]) =>
            chunkText(text).map((part, chunk) => `chat-message:${id} ${chunk} ${part}`),
          );
          expect(points.sort()).toEqual(expected.sort());
        },
      ),
      { numRuns: 400 },
    );
  }, 30_000);
});

const pushOf = (change: ChatChange) => ({
  message: {
    messageId: `${change.kind}-${change.version}`,
    publishTime: NOW.toISOString(),
    data: Buffer.from(JSON.stringify(change)).toString('base64'),
  },
});
