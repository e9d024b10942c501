import { describe, expect, it } from 'vitest';
import type { StoreError } from '../ports/document-store.ts';
import { err, ok } from '../result/result.ts';
import { documentStoreContract } from './document-store-contract.ts';
import { type FaultPoint, inMemoryDocumentStore } from './in-memory-document-store.ts';

describe('the in-memory document store', () => {
  const store = inMemoryDocumentStore();
  documentStoreContract(() => store);
});

describe('faults of the in-memory document store', () => {
  const DOWN: StoreError = { kind: 'unavailable', detail: 'switched off' };
  const write = (n: number) => [{ op: 'set', path: 'c/a', fields: { n } }] as const;

  it('fail an operation before it does anything', async () => {
    const store = inMemoryDocumentStore({ fault: ({ phase }) => (phase === 'before' ? DOWN : undefined) });
    expect(await store.commit(write(1))).toEqual(err(DOWN));
    expect(await store.getAll(['c/a'])).toEqual(err(DOWN));
    expect(await store.query({ collection: 'c' })).toEqual(err(DOWN));
    expect(await store.transact(['c/a'], () => ({ writes: write(1), value: 1 }))).toEqual(err(DOWN));
    expect(store.documents.size).toBe(0);
  });

  it('lose the answer of a commit that was done', async () => {
    const store = inMemoryDocumentStore({ fault: ({ phase }) => (phase === 'after' ? DOWN : undefined) });
    expect(await store.commit(write(1))).toEqual(err(DOWN));
    expect(store.documents.get('c/a')?.fields).toEqual({ n: 1 });
  });

  it('tell what is about to happen, and may hold it up', async () => {
    const points: FaultPoint[] = [];
    let release: () => void = () => undefined;
    const gate = new Promise<void>(resolve => {
      release = resolve;
    });
    const store = inMemoryDocumentStore({
      fault: async point => {
        points.push(point);
        await gate;
        return undefined;
      },
    });
    const pending = store.commit(write(1));
    expect(store.documents.size).toBe(0);
    release();
    expect(await pending).toMatchObject({ ok: true });
    expect(points).toEqual([
      { operation: 'commit', phase: 'before', paths: ['c/a'] },
      { operation: 'commit', phase: 'after', paths: ['c/a'] },
    ]);
  });

  it('let another writer in between a transaction’s reads and its commit', async () => {
    let interruptions = 1;
    const store = inMemoryDocumentStore({
      fault: async ({ phase }) => {
        if (phase === 'decided' && interruptions > 0) {
          interruptions -= 1;
          await store.commit(write(10));
        }
        return undefined;
      },
    });
    const raise = () =>
      store.transact(['c/a'], ([a]) => ({ writes: write(Number(a?.fields['n'] ?? 0) + 1), value: undefined }));
    expect(await raise()).toEqual(ok(undefined));
    expect(store.documents.get('c/a')?.fields).toEqual({ n: 11 });
  });

  it('answer contention when a transaction is interrupted every time', async () => {
    let n = 0;
    const store = inMemoryDocumentStore({
      fault: async ({ phase }) => {
        if (phase === 'decided') {
          n += 1;
          await store.commit(write(n));
        }
        return undefined;
      },
    });
    const result = await store.transact(['c/a'], () => ({ writes: write(-1), value: undefined }));
    expect(result).toMatchObject({ ok: false, error: { kind: 'contention' } });
    expect(n).toBe(5);
  });

  it('cannot make it hand out an object it keeps', async () => {
    const store = inMemoryDocumentStore();
    const bytes = Uint8Array.from([1]);
    await store.commit([{ op: 'set', path: 'c/a', fields: { bytes } }]);
    bytes[0] = 2;
    const read = await store.getAll(['c/a']);
    const found = read.ok ? read.value[0]?.fields['bytes'] : undefined;
    if (found instanceof Uint8Array) found[0] = 3;
    expect(store.documents.get('c/a')?.fields).toEqual({ bytes: Uint8Array.from([1]) });
  });
});
