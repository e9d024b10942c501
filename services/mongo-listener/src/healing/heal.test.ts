import { type ChatChange, chatVersion } from '@innkeeper/shared/contracts/chat-change';
import { chatDocumentId } from '@innkeeper/shared/domain/ids';
import type { DocumentFields } from '@innkeeper/shared/ports/document-store';
import { type InMemoryDocumentStore, inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HealingCause, HealingReport } from '../run/scan-ports.ts';
import type { SourceReader } from '../snapshot/source-reader.ts';
import { FOLLOWED, type Followed } from '../source-document.ts';
import { HEALING_REASONS } from '../stream/stream-failure.ts';
import { applyChatChange } from '../testing/apply-chat-change.ts';
import { chatDocument } from '../testing/chat-documents.ts';
import { type InMemorySource, inMemorySource, inMemorySourceReader } from '../testing/in-memory-source-reader.ts';
import { runScanProcess, type ScanWorld, simulatedClock } from '../testing/scan-process.ts';
import { catchUpSince } from './catch-up-window.ts';
import { healFrom } from './heal.ts';

const NOON_MS = Date.UTC(2026, 10, 21, 12);
const SINCE = new Date(NOON_MS - 3_600_000);
const LONG_AGO = new Date(NOON_MS - 40 * 86_400_000);
const VERSION_BEFORE = chatVersion(SINCE.getTime() / 1_000 - 60, 1);

interface World extends ScanWorld {
  readonly known: InMemoryDocumentStore;
  readonly source: InMemorySource;
}

function emptyWorld(): World {
  const known = inMemoryDocumentStore();
  return {
    clock: simulatedClock(NOON_MS),
    ops: inMemoryDocumentStore(),
    known,
    parked: new Map(),
    source: inMemorySource(NOON_MS / 1_000),
    receive: async changes => {
      for (const change of changes) await applyChatChange(known, change);
    },
  };
}

async function healIn(
  { source, ...world }: World,
  cause: HealingCause,
  options: { diesAt?: number; lastArrives?: boolean; pageDocuments?: number; reader?: SourceReader } = {},
): Promise<HealingReport | undefined> {
  const { diesAt, lastArrives = true, pageDocuments = 3 } = options;
  const reader = options.reader ?? inMemorySourceReader(source, pageDocuments);
  const death = diesAt === undefined ? undefined : { diesAt, lastArrives };
  const healed = await runScanProcess(world, death, context => healFrom(reader, context, cause));
  return healed.ok ? healed.value.report : undefined;
}

/** What of a collection people can see downstream: text of messages, and that the others are there. */
function visible(known: InMemoryDocumentStore, followed: Followed): Map<string, unknown> {
  const collection = { message: 'chatMessages', room: 'chatRooms', subscription: 'chatMembers', user: 'chatAccess' };
  const seen = new Map<string, unknown>();
  for (const [path, { fields }] of known.documents) {
    if (!path.startsWith(`${collection[followed]}/`)) continue;
    const id = path.slice(collection[followed].length + 1).replace(/^user:/u, '');
    const isThere = followed === 'user' ? (fields.user as DocumentFields).active === true : fields.deleted === false;
    if (isThere) seen.set(id, fields.text ?? 'there');
  }
  return seen;
}

const inMongoDb = ({ collections }: InMemorySource, followed: Followed): Map<string, unknown> =>
  new Map(
    collections[followed]
      .filter(({ _id }) => typeof _id === 'string')
      .map(document => [chatDocumentId(String(document._id)), (document.msg as string | undefined) ?? 'there']),
  );

/** How one thing fared before the gap and in it. */
interface Fate {
  readonly id: string;
  readonly before: 'absent' | 'arrived' | 'lost' | 'removed';
  readonly within: 'untouched' | 'written' | 'deleted';
}
const fate: fc.Arbitrary<Fate> = fc.record({
  id: fc
    .array(fc.constantFrom('a', 'B', '7', '-', '%', '/', 'é', '\u{1F600}'), { minLength: 1, maxLength: 3 })
    .map(letters => letters.join('')),
  before: fc.constantFrom('absent', 'arrived', 'arrived', 'lost', 'removed'),
  within: fc.constantFrom('untouched', 'untouched', 'written', 'deleted'),
});
const fates = fc.uniqueArray(fate, { maxLength: 25, selector: ({ id }) => id });
const death = fc.record({ diesAt: fc.integer({ min: 1, max: 10 }), lastArrives: fc.boolean() });

async function live(world: World, followed: Followed, { id, before, within }: Fate, writtenAt: Date): Promise<void> {
  const documents = world.source.collections[followed];
  if (before === 'arrived' || before === 'removed') {
    await applyChatChange(world.known, arrival(followed, id, before === 'removed'));
  }
  const isThere = before === 'arrived' || before === 'lost';
  if (within === 'written') documents.push(chatDocument(followed, id, writtenAt, 'written within'));
  else if (isThere && within === 'untouched') documents.push(chatDocument(followed, id, LONG_AGO, 'before'));
}

function arrival(followed: Followed, id: string, removed: boolean): ChatChange {
  const envelope = { v: 1, version: VERSION_BEFORE, origin: 'stream' } as const;
  switch (followed) {
    case 'message':
      if (removed) return { ...envelope, kind: 'message-removed', messageId: id };
      return {
        ...envelope,
        kind: 'message',
        messageId: id,
        roomId: 'general',
        authorId: 'anna',
        authorUsername: 'anna',
        text: 'before',
        role: 'evidence',
        sentAt: LONG_AGO.toISOString(),
      };
    case 'room':
      if (removed) return { ...envelope, kind: 'room-removed', roomId: id };
      return { ...envelope, kind: 'room', roomId: id, type: 'c', teamMain: false, archived: false, directUserIds: [] };
    case 'subscription':
      if (removed) return { ...envelope, kind: 'member-removed', memberId: id };
      return { ...envelope, kind: 'member', memberId: id, roomId: 'general', userId: 'anna', present: true };
    case 'user':
      if (removed) return { ...envelope, kind: 'user-removed', userId: id };
      return { ...envelope, kind: 'user', userId: id, active: true, roles: [] };
  }
}

describe('healing', () => {
  it('ends with exactly what MongoDB holds, whatever happened in the gap and however often it is killed', {
    timeout: 30_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ message: fates, room: fates, subscription: fates, user: fates }),
        fc.constantFrom(...HEALING_REASONS),
        fc.constantFrom(SINCE, undefined),
        fc.integer({ min: -9 * 60_000, max: 3_000_000 }),
        fc.integer({ min: 1, max: 6 }),
        fc.array(death, { maxLength: 3 }),
        async (things, reason, since, writtenAfterMs, pageDocuments, deaths) => {
          const world = emptyWorld();
          // Where documents may have been restored, their dates say nothing.
          const isDated = catchUpSince(reason, since) !== undefined;
          const writtenAt = isDated ? new Date(SINCE.getTime() + writtenAfterMs) : LONG_AGO;
          for (const followed of FOLLOWED) {
            for (const thing of things[followed]) await live(world, followed, thing, writtenAt);
          }
          const cause: HealingCause = { reason, ...(since !== undefined && { since }) };
          for (const kill of deaths) {
            await healIn(world, cause, { ...kill, pageDocuments });
            world.source.time += 30;
          }
          await healIn(world, cause, { pageDocuments });

          for (const followed of FOLLOWED) {
            expect(visible(world.known, followed)).toEqual(inMongoDb(world.source, followed));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('says how much was read again, taken back and added', async () => {
    const world = emptyWorld();
    const fates: readonly Fate[] = [
      { id: 'kept', before: 'arrived', within: 'untouched' },
      { id: 'edited', before: 'arrived', within: 'written' },
      { id: 'new', before: 'absent', within: 'written' },
      { id: 'deleted', before: 'arrived', within: 'deleted' },
      { id: 'never-arrived', before: 'lost', within: 'untouched' },
      { id: 'deleted-long-ago', before: 'removed', within: 'deleted' },
    ];
    for (const thing of fates) await live(world, 'message', thing, new Date(NOON_MS - 60_000));
    await live(world, 'user', { id: 'left', before: 'arrived', within: 'deleted' }, SINCE);

    expect(await healIn(world, { reason: 'history_lost', since: SINCE })).toEqual({
      reason: 'history_lost',
      since: SINCE.toISOString(),
      offered: { message: 2, room: 0, subscription: 0, user: 0 },
      removed: { message: 1, room: 0, subscription: 0, user: 1 },
      found: 1,
      tookMs: expect.any(Number) as number,
    });
  });

  it('takes nothing back that is there after all, or that arrived after it began', async () => {
    const world = emptyWorld();
    await live(world, 'message', { id: 'overlooked', before: 'arrived', within: 'untouched' }, SINCE);
    const later = { ...arrival('message', 'later', false), version: chatVersion(NOON_MS / 1_000 + 5, 1) };
    await applyChatChange(world.known, later);
    const reader = inMemorySourceReader(world.source, 3);

    const report = await healIn(
      world,
      { reason: 'history_lost', since: SINCE },
      {
        reader: {
          ...reader,
          // As if it was inserted behind the place that was just read.
          async *scan(followed, from) {
            if (from.idsOnly !== true) yield* reader.scan(followed, from);
          },
        },
      },
    );

    expect(report?.removed.message).toBe(0);
    expect([...visible(world.known, 'message').keys()].sort()).toEqual(['later', 'overlooked']);
  });

  it('is a snapshot where nothing is known', async () => {
    const world = emptyWorld();
    for (const followed of FOLLOWED) {
      world.source.collections[followed].push(chatDocument(followed, 'first', LONG_AGO, 'before'));
    }

    const report = await healIn(world, { reason: 'token_invalid' });

    expect(report).toMatchObject({ offered: { message: 1, room: 1, subscription: 1, user: 1 }, found: 0 });
    for (const followed of FOLLOWED) expect(visible(world.known, followed).size).toBe(1);
  });

  it('sets aside what nobody understands and goes on', async () => {
    const world = emptyWorld();
    world.source.collections.message.push(
      { ...chatDocument('message', 'strange', LONG_AGO), u: 'nobody' },
      chatDocument('message', 7, new Date(NOON_MS)),
      chatDocument('message', 'sound', new Date(NOON_MS)),
    );

    await healIn(world, { reason: 'history_lost', since: SINCE });

    expect([...visible(world.known, 'message').keys()]).toEqual(['sound']);
    expect(world.parked.size).toBe(2);
  });
});
