import { pointId } from '@innkeeper/shared/adapters/qdrant/point-id';
import type { Embedder } from '@innkeeper/shared/ports/embedder';
import type { PointWrite } from '@innkeeper/shared/ports/vector-store';
import { embeddedText, toPayloads } from '@innkeeper/vectorize/converge/points';
import { describeChatMessage } from '@innkeeper/vectorize/text/describe-chat-message';
import { describeRecord } from '@innkeeper/vectorize/text/describe-record';
import { indirectJoinKeys, joinKeys, toJoined } from '@innkeeper/vectorize/text/joins';
import type { World } from '../world/world.ts';
import { chatMessagesOf, recordsOf } from '../world/write-world.ts';

/** The points the pipeline would have made of a world: vectorize's own texts and payloads, this embedder's vectors. */
export async function pointsOf(world: World, embedder: Embedder): Promise<PointWrite[]> {
  const records = recordsOf(world);
  const byKey = new Map(records.map(record => [record.key, record]));
  const version = world.nowMs * 1_000;
  const ofRecords = records.flatMap(record => {
    const direct = joinKeys(record).flatMap(key => byKey.get(key) ?? []);
    const indirect = indirectJoinKeys(direct).flatMap(key => byKey.get(key) ?? []);
    const searchable = describeRecord(record, toJoined([...direct, ...indirect]));
    if (searchable === undefined) return []; // kept for operators, never searched
    const { key: docKey, kind, source } = record;
    return toPayloads({ docKey, kind, source, version, deleted: false, searchable });
  });
  const ofChat = chatMessagesOf(world).flatMap(([id, message]) =>
    toPayloads({
      docKey: `chat-message:${id}`,
      kind: 'chat-message',
      source: 'rocketchat',
      version,
      deleted: false,
      searchable: describeChatMessage(message),
    }),
  );
  const payloads = [...ofRecords, ...ofChat];
  const vectors: number[][] = [];
  for (let from = 0; from < payloads.length; from += TEXTS_AT_ONCE) {
    const texts = payloads.slice(from, from + TEXTS_AT_ONCE).map(embeddedText);
    const embedded = await embedder.embed(texts, 'document');
    if (!embedded.ok) throw new Error(`the world could not be embedded: ${embedded.error.detail}`);
    vectors.push(...embedded.value);
  }
  return payloads.map((payload, index) => {
    const dense = vectors[index];
    return { id: pointId(payload.docKey, payload.chunk), payload, ...(dense === undefined ? {} : { dense }) };
  });
}

const TEXTS_AT_ONCE = 64; // the local model takes eight at a time and refuses when 256 wait
