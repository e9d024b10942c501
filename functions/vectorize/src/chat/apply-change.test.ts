import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import type { StoredDocument } from '@innkeeper/shared/ports/document-store';
import { type DocumentStoreFault, inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASSISTANT_ID, arbitraryArrivals, arbitraryHistory } from '../testing/arbitrary-chat.ts';
import { documentsAfter } from '../testing/chat-truth.ts';
import { type ApplyPorts, applyChange } from './apply-change.ts';
import { groupCommit } from './group-commit.ts';

const ANSWERED = { answerMessageIds: ['answer'] };

async function setUp(fault: DocumentStoreFault = () => undefined) {
  const chance = { faults: false };
  const store = inMemoryDocumentStore({ fault: point => (chance.faults ? fault(point) : undefined) });
  await store.commit([{ op: 'set', path: 'interactions/q', fields: ANSWERED }]);
  chance.faults = true;
  const ports: ApplyPorts = {
    store,
    groups: groupCommit(store),
    assistantId: ASSISTANT_ID,
  };
  /** As Pub/Sub does: again until it is taken. */
  const deliver = async (change: ChatChange): Promise<void> => {
    while (!(await applyChange(ports, change)).ok);
  };
  return { store, deliver };
}

describe('applyChange', () => {
  it('ends with the newest state of everything, whatever the order, the repetitions and the failures', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryArrivals(arbitraryHistory(14), 6),
        fc.infiniteStream(fc.nat(9)),
        async ({ history, arrivals, atOnce }, chances) => {
          const { store, deliver } = await setUp(() =>
            chances.next().value === 0 ? { kind: 'unavailable', detail: 'away' } : undefined,
          );
          for (let start = 0; start < arrivals.length; start += atOnce) {
            await Promise.all(arrivals.slice(start, start + atOnce).map(deliver));
          }
          expect(comparable(fieldsOf(store.documents))).toEqual(comparable(documentsAfter(history)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('writes nothing for what it has already, so that nobody is called', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHistory(8), async history => {
        const { store, deliver } = await setUp();
        const updateTimes = () => [...store.documents].map(([path, { updateTime }]) => [path, updateTime.epochMicros]);
        for (const change of history) await deliver(change);
        const before = updateTimes();
        for (const change of history) await deliver(change);
        expect(updateTimes()).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a member', () => {
  const member = (userId: string, version: number): ChatChange => ({
    v: 1,
    origin: 'stream',
    kind: 'member',
    version,
    memberId: 's1',
    roomId: 'team',
    userId,
    present: true,
  });

  it('whose subscription is given to somebody else takes the room along', async () => {
    const { store, deliver } = await setUp();
    await deliver(member('ana1', 1));
    await deliver(member('ben1', 2));
    await deliver(member('ana1', 1));
    expect(store.documents.get('chatAccess/user:ana1')?.fields).toEqual({ v: 1, rooms: {} });
    expect(store.documents.get('chatAccess/user:ben1')?.fields).toEqual({ v: 1, rooms: { s1: 'team' } });
  });

  it('is read again where somebody damaged what follows from it', async () => {
    const { store, deliver } = await setUp();
    await deliver(member('ana1', 1));
    await store.commit([{ op: 'delete', path: 'chatAccess/user:ana1' }]);
    await deliver(member('ana1', 1));
    expect(store.documents.get('chatAccess/user:ana1')?.fields).toEqual({ v: 1, rooms: { s1: 'team' } });
  });
});

const fieldsOf = (documents: ReadonlyMap<string, StoredDocument>) =>
  new Map<string, unknown>([...documents].map(([path, { fields }]) => [path, fields]));

/** Whose rooms came and went may have an empty list or none; the interaction was there before. */
const comparable = (documents: ReadonlyMap<string, unknown>) =>
  new Map(
    [...documents, ['interactions/q', { ...ANSWERED, ...(documents.get('interactions/q') as object) }] as const].filter(
      ([, fields]) => JSON.stringify(fields) !== '{"v":1,"rooms":{}}',
    ),
  );
