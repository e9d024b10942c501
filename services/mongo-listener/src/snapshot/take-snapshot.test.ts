import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import { chatChangeKey } from '@innkeeper/shared/contracts/chat-change';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { operationTimeOfVersion } from '../operation-time.ts';
import { FOLLOWED, type Followed } from '../source-document.ts';
import { applyChatChange } from '../testing/apply-chat-change.ts';
import { chatDocument } from '../testing/chat-documents.ts';
import { type InMemorySource, inMemorySource, inMemorySourceReader } from '../testing/in-memory-source-reader.ts';
import { runScanProcess, type ScanWorld, simulatedClock } from '../testing/scan-process.ts';
import { snapshotFrom } from './take-snapshot.ts';

const NOON_MS = Date.UTC(2026, 10, 21, 12);
const SECONDS = NOON_MS / 1_000;

interface Arrivals extends ScanWorld {
  readonly arrived: ChatChange[];
}

function world(): Arrivals {
  const arrived: ChatChange[] = [];
  return {
    clock: simulatedClock(NOON_MS),
    ops: inMemoryDocumentStore(),
    known: inMemoryDocumentStore(),
    parked: new Map(),
    arrived,
    receive: changes => {
      arrived.push(...changes);
      return Promise.resolve();
    },
  };
}

function sourceOf(counts: Readonly<Record<Followed, number>>, strayIds: readonly unknown[] = []): InMemorySource {
  const source = inMemorySource(SECONDS);
  for (const followed of FOLLOWED) {
    for (let index = 0; index < counts[followed]; index += 1) {
      source.collections[followed].push(chatDocument(followed, `${followed}-${index * 7}`, new Date(NOON_MS)));
    }
  }
  for (const id of strayIds) source.collections.message.push(chatDocument('message', id, new Date(NOON_MS)));
  return source;
}

const death = fc.record({ diesAt: fc.integer({ min: 1, max: 12 }), lastArrives: fc.boolean() });

describe('a snapshot', () => {
  it('hands on every document, whenever and however often the listener is killed', { timeout: 30_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          room: fc.nat({ max: 8 }),
          user: fc.nat({ max: 8 }),
          subscription: fc.nat({ max: 15 }),
          message: fc.nat({ max: 60 }),
        }),
        fc.integer({ min: 1, max: 9 }),
        fc.array(death, { maxLength: 4 }),
        async (counts, pageDocuments, deaths) => {
          const source = sourceOf(counts, [12, null, { from: 'elsewhere' }]);
          const after = world();
          for (const kill of deaths) {
            await runScanProcess(after, kill, context =>
              snapshotFrom(inMemorySourceReader(source, pageDocuments), context),
            );
            // Whatever happens meanwhile is the stream's: it starts where the snapshot began.
            source.time += 60;
          }
          const taken = await runScanProcess(after, undefined, context =>
            snapshotFrom(inMemorySourceReader(source, pageDocuments), context),
          );

          if (!taken.ok) throw new Error('a process that nobody kills gets to the end');
          const { version, operationTime } = taken.value;
          expect(operationTimeOfVersion(version).equals(operationTime)).toBe(true);
          expect(new Set(after.arrived.map(change => change.version))).toEqual(
            after.arrived.length === 0 ? new Set() : new Set([version]),
          );
          expect(new Set(after.arrived.map(chatChangeKey))).toEqual(keysOf(source));
          expect(after.parked.size).toBe(3);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('goes on behind what was acknowledged instead of beginning again', async () => {
    const source = sourceOf({ room: 3, user: 3, subscription: 3, message: 400 });
    const after = world();
    const scan = (diesAt?: number) =>
      runScanProcess(after, diesAt === undefined ? undefined : { diesAt, lastArrives: true }, context =>
        snapshotFrom(inMemorySourceReader(source, 10), context),
      );

    await scan(60);
    const arrivedBefore = after.arrived.length;
    await scan();

    expect(arrivedBefore).toBeGreaterThan(200);
    // At most what one second and the window held: the clock of this world needs few pages for a second.
    expect(after.arrived.length).toBeLessThan(409 + 120);
  });

  it('hands on who may read before what is to be read', async () => {
    const after = world();
    const source = sourceOf({ room: 5, user: 5, subscription: 5, message: 5 });

    await runScanProcess(after, undefined, context => snapshotFrom(inMemorySourceReader(source, 2), context));

    expect(after.arrived.map(({ kind }) => kind)).toEqual([
      ...Array<string>(5).fill('room'),
      ...Array<string>(5).fill('user'),
      ...Array<string>(5).fill('member'),
      ...Array<string>(5).fill('message'),
    ]);
  });

  it('takes back what is gone where only the position was lost', async () => {
    const source = sourceOf({ room: 1, user: 1, subscription: 1, message: 2 });
    const after = world();
    for (const followed of FOLLOWED) {
      source.collections[followed].push(chatDocument(followed, 'deleted later', new Date(NOON_MS)));
    }
    const scan = (of: Arrivals) =>
      runScanProcess(of, undefined, context => snapshotFrom(inMemorySourceReader(source, 2), context));
    await scan(after);
    for (const change of after.arrived.splice(0)) await applyChatChange(after.known, change);
    for (const followed of FOLLOWED) source.collections[followed].pop();
    const [hidden] = source.collections.message;
    if (hidden !== undefined) hidden._hidden = true;
    source.time += 60;

    await scan({ ...after, ops: inMemoryDocumentStore() });
    const removals = after.arrived.filter(({ kind }) => kind.endsWith('-removed')).map(chatChangeKey);

    expect(new Set(removals)).toEqual(
      new Set(['message:message-0', ...['message', 'room', 'member', 'user'].map(kind => `${kind}:deleted later`)]),
    );
  });

  it('ends soon after it is asked to, although Pub/Sub does not answer', async () => {
    const stop = new AbortController();
    const silent: ScanWorld = {
      ...world(),
      receive: () => {
        stop.abort();
        return Promise.withResolvers<void>().promise;
      },
    };
    const source = sourceOf({ room: 50, user: 0, subscription: 0, message: 0 });

    const ended = await runScanProcess(
      silent,
      undefined,
      context => snapshotFrom(inMemorySourceReader(source, 50), context),
      stop,
    );

    expect(ended).toEqual({ ok: false, error: { kind: 'stopped' } });
  });
});

function keysOf({ collections }: InMemorySource): Set<string> {
  const kinds = { message: 'message', room: 'room', subscription: 'member', user: 'user' };
  return new Set(
    FOLLOWED.flatMap(followed =>
      collections[followed]
        .map(({ _id }): unknown => _id)
        .filter(id => typeof id === 'string')
        .map(id => `${kinds[followed]}:${id}`),
    ),
  );
}
