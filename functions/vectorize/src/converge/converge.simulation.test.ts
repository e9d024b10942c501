import { pointId } from '@innkeeper/shared/adapters/qdrant/point-id';
import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import type { DocumentPath } from '@innkeeper/shared/ports/document-store';
import type { VectorWriter } from '@innkeeper/shared/ports/vector-store';
import { hashEmbedder } from '@innkeeper/shared/testing/hash-embedder';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryVectorStore } from '@innkeeper/shared/testing/in-memory-vector-store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interleaved, Killed, killer } from '../testing/interleaved.ts';
import { type ConvergePorts, converge } from './converge.ts';
import { toPayloads } from './points.ts';
import { readSubject } from './read-subject.ts';

/**
 * Many runs of `converge` at once, every step of every one interleaved by chance, some killed between two steps and
 * called again, events repeated and out of order: in the end the index says exactly what the documents say.
 */
interface Written {
  readonly record: BusinessRecord;
}

const envelope = (kind: string, sourceId: string, revision: number, deleted: boolean) => ({
  key: `guesty:${kind}:${sourceId}`,
  source: 'guesty',
  sourceId,
  versions: { state: revision },
  pipelineRevision: 1,
  receivedAt: '2026-11-21T09:00:00.000Z',
  deleted,
  provenance: { eventId: 'e', event: 'test', via: 'webhook' },
});

const arbitraryWrite = fc
  .record({
    kind: fc.constantFrom('listing', 'guest', 'reservation', 'guest-message'),
    id: fc.constantFrom('1', '2'),
    revision: fc.nat(50),
    deleted: fc.boolean(),
    long: fc.boolean(),
  })
  .map(({ kind, id, revision, deleted, long }): Written => {
    const words = `text ${revision} ${long ? 'and many more words. '.repeat(150) : ''}`;
    const facts = {
      listing: {
        listingId: id,
        nickname: `Home ${revision}`,
        timezone: 'Europe/Lisbon',
        active: true,
        description: [{ topic: 'about', text: words }],
      },
      guest: { guestId: id, fullName: `Guest ${revision}`, phones: [], emails: [], tags: [] },
      reservation: {
        reservationId: id,
        guestId: '1',
        status: 'confirmed',
        stay: [{ listingId: '1', checkInDate: '2026-11-21', checkOutDate: '2026-11-24' }],
        notes: [{ topic: 'wish', text: words }],
      },
      'guest-message': {
        postId: id,
        reservationId: '1',
        author: 'guest',
        sentAt: '2026-11-21T09:00:00.000Z',
        text: words,
      },
    }[kind];
    return {
      record: {
        ...envelope(kind, id, revision, deleted && revision % 3 === 0),
        kind,
        facts,
      } as unknown as BusinessRecord,
    };
  });

/** Enough to hit every step over the runs. */
const KILLS_MAX = 8;

describe('converge under interleaving, repetition and kills', () => {
  it('ends with the points of the newest state of every document', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        // Within a wave everything happens at once; the next wave meets an index that has settled.
        fc.array(fc.array(arbitraryWrite, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.nat(24)),
        async (scheduler, waves, chances) => {
          const store = inMemoryDocumentStore();
          const vectors = inMemoryVectorStore();
          const killedHere = killer(chances, KILLS_MAX);
          const ports: ConvergePorts = {
            store: interleaved(store, scheduler, killedHere),
            assistantId: 'assistant',
            vectors: interleaved(vectors, scheduler, killedHere),
            embedder: hashEmbedder(),
            pointId,
            now: () => new Date(0),
          };

          const deliver = async (path: DocumentPath): Promise<void> => {
            for (;;) {
              try {
                if ((await converge(ports, path)).ok) return;
              } catch (error) {
                if (!(error instanceof Killed)) throw error; // the platform delivers a killed run again
              }
            }
          };
          const write = async ({ record }: Written): Promise<void> => {
            const path = `records/${record.key}` as const;
            await scheduler.schedule(Promise.resolve(), 'write');
            await store.commit([
              { op: 'set', path, fields: JSON.parse(JSON.stringify(record)) as Record<string, string> },
            ]);
            await Promise.all([deliver(path), deliver(path)]);
          };
          for (const wave of waves) await scheduler.waitFor(Promise.all(wave.map(write)));

          expect(await indexed(vectors)).toEqual(await expected(store));
        },
      ),
      { numRuns: 100 },
    );
  }, 30_000);
});

async function indexed(vectors: VectorWriter): Promise<string[]> {
  const all = await vectors.scrollAll({}, { maxPoints: 10_000 });
  if (!all.ok) throw new Error(all.error.detail);
  return all.value
    .map(({ docKey, chunk, title, text, srcVersion }) => JSON.stringify([docKey, chunk, title, text, srcVersion]))
    .sort();
}

async function expected(store: ReturnType<typeof inMemoryDocumentStore>): Promise<string[]> {
  const paths = [...store.documents.keys()].filter(path => path.startsWith('records/')) as DocumentPath[];
  const payloads = await Promise.all(
    paths.map(async path => {
      const subject = await readSubject({ store, assistantId: 'assistant' }, path);
      if (!subject.ok || subject.value.subject === undefined) throw new Error('the document went away');
      return subject.value.subject.deleted ? [] : toPayloads(subject.value.subject);
    }),
  );
  return payloads
    .flat()
    .map(({ docKey, chunk, title, text, srcVersion }) => JSON.stringify([docKey, chunk, title, text, srcVersion]))
    .sort();
}
