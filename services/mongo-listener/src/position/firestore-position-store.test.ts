import type { StoreError } from '@innkeeper/shared/ports/document-store';
import { type FaultPoint, inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { describe, expect, it } from 'vitest';
import { positionStoreContract } from '../testing/position-store-contract.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { firestorePositionStore } from './firestore-position-store.ts';
import { POSITION_PATH } from './position-document.ts';

positionStoreContract(() => inMemoryDocumentStore());

describe('a position whose answers get lost', () => {
  const LOST: StoreError = { kind: 'unavailable', detail: 'no answer' };

  function process(processId: string) {
    const faults: FaultPoint['phase'][] = [];
    const store = inMemoryDocumentStore({
      fault: ({ operation, phase }) => {
        if (operation !== 'commit' || faults[0] !== phase) return undefined;
        faults.shift();
        return LOST;
      },
    });
    const positions = firestorePositionStore({
      store,
      instance: processId,
      processId,
      leaseMs: 15_000,
      clock: virtualClock(),
    });
    return { faults, store, positions };
  }

  it('has the lease where the write arrived', async () => {
    const { faults, positions } = process('a');
    faults.push('after');
    const acquired = await positions.acquire();
    expect(acquired).toMatchObject({ ok: true, value: { epoch: 1 } });
    expect(acquired.ok && acquired.value.valid()).toBe(true);
    expect(acquired.ok && (await acquired.value.save({ version: 3 })).ok).toBe(true);
  });

  it('tries again for the lease where the write did not arrive', async () => {
    const { faults, positions } = process('a');
    faults.push('before');
    expect(await positions.acquire()).toMatchObject({ ok: true, value: { epoch: 1 } });
  });

  it('has saved where the write arrived, and saves where it did not', async () => {
    const { faults, store, positions } = process('a');
    const acquired = await positions.acquire();
    if (!acquired.ok) throw new Error('no lease');
    const held = acquired.value;
    faults.push('after');
    expect(await held.save({ version: 3 })).toMatchObject({ ok: true });
    faults.push('before');
    expect(await held.save({ version: 4 })).toMatchObject({ ok: true });
    expect(store.documents.get(POSITION_PATH)?.fields).toMatchObject({ epoch: 1, version: 4 });
    expect(held.position.version).toBe(4);
  });

  it('says so where nothing helps, keeps what it had, and recovers', async () => {
    const { faults, positions } = process('a');
    const acquired = await positions.acquire();
    if (!acquired.ok) throw new Error('no lease');
    const held = acquired.value;
    faults.push('before', 'before', 'before');
    expect(await held.save({ version: 9 })).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(held.position).not.toHaveProperty('version');
    expect(await held.save({ version: 10 })).toMatchObject({ ok: true });
  });
});

it('asks for a person where the document is not readable, and overwrites nothing', async () => {
  const store = inMemoryDocumentStore();
  await store.commit([{ op: 'set', path: POSITION_PATH, fields: { v: 2, resumeToken: 5 } }]);
  const positions = firestorePositionStore({
    store,
    instance: 'a',
    processId: 'a',
    leaseMs: 15_000,
    clock: virtualClock(),
  });
  const acquired = await positions.acquire();
  expect(acquired).toMatchObject({ ok: false, error: { kind: 'denied' } });
  expect(!acquired.ok && acquired.error.kind === 'denied' && acquired.error.detail).toContain('resumeToken');
  expect(store.documents.get(POSITION_PATH)?.fields).toEqual({ v: 2, resumeToken: 5 });
});
