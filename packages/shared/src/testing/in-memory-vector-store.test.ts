import { describe, expect, it } from 'vitest';
import { inMemoryVectorStore } from './in-memory-vector-store.ts';
import { describeVectorStoreContract } from './vector-store-contract.ts';

describeVectorStoreContract('the in-memory vector store', () => Promise.resolve(inMemoryVectorStore()));

describe('the in-memory vector store', () => {
  it('fails where it is told to', async () => {
    const store = inMemoryVectorStore({
      fault: operation => (operation === 'upsert' ? { kind: 'unavailable', detail: 'down' } : undefined),
    });
    expect(await store.upsert([])).toEqual({ ok: false, error: { kind: 'unavailable', detail: 'down' } });
    expect(await store.scrollAll({}, { maxPoints: 1 })).toEqual({ ok: true, value: [] });
  });
});
