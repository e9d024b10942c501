import { err, ok } from '@innkeeper/shared/result/result';
import { beforeEach, describe, expect, test } from 'vitest';
import { memoryDatabaseKeys } from '../testing/memory-database-keys.ts';
import { memorySecretStore } from '../testing/memory-secret-store.ts';
import { type KeyOrder, makeDatabaseKey } from './make-database-key.ts';
import { retireDatabaseKeys } from './retire-database-keys.ts';

const HOUR_MS = 3_600_000;
const ORDER: KeyOrder = { id: 'qdrant-api-key-read', access: 'read_only', prefix: 'innkeeper-prod-read', renew: false };
const nobody = () => Promise.resolve(ok([]));

let nowMs: number;
let waits: number;
const start = () => {
  nowMs = 0;
  waits = 0;
  const now = (): number => nowMs;
  const wait = (): Promise<void> => {
    waits += 1;
    return Promise.resolve();
  };
  const ports = { store: memorySecretStore(now), keys: memoryDatabaseKeys(now), now, wait };
  ports.store.places.set(ORDER.id, []);
  return ports;
};
let ports: ReturnType<typeof start>;
beforeEach(() => {
  ports = start();
});
const names = (): string[] => [...ports.keys.live.values()].map(({ id }) => id);

describe('makeDatabaseKey', () => {
  test('makes one where there is none, and leaves a good one alone', async () => {
    expect(await makeDatabaseKey(ports, ORDER)).toEqual({ ok: true, value: 'made' });
    expect(await makeDatabaseKey(ports, ORDER)).toEqual({ ok: true, value: 'kept' });
    expect(ports.store.places.get(ORDER.id)).toHaveLength(1);
  });

  test('makes another where the kept one is refused', async () => {
    await makeDatabaseKey(ports, ORDER);
    ports.keys.live.clear();
    expect(await makeDatabaseKey(ports, ORDER)).toEqual({ ok: true, value: 'made' });
  });

  test('waits until the cluster has heard of it', async () => {
    ports.keys.unheardLooks = 3;
    expect(await makeDatabaseKey(ports, ORDER)).toMatchObject({ ok: true });
    expect(waits).toBe(3);
  });

  test('keeps nothing that the cluster never takes', async () => {
    ports.keys.unheardLooks = 1000;
    expect(await makeDatabaseKey(ports, ORDER)).toEqual({ ok: false, error: { kind: 'unproven', rights: 'nothing' } });
    expect(ports.store.places.get(ORDER.id)).toEqual([]);
    expect(names()).toEqual([]);
  });

  test('makes nothing that it could not keep', async () => {
    const store = { ...ports.store, mayAdd: () => Promise.resolve(ok(false)) };
    expect(await makeDatabaseKey({ ...ports, store }, ORDER)).toMatchObject({ error: { kind: 'forbidden' } });
    expect(names()).toEqual([]);
  });
});

describe('retireDatabaseKeys', () => {
  beforeEach(async () => {
    await makeDatabaseKey(ports, ORDER);
    nowMs += HOUR_MS;
    await makeDatabaseKey(ports, { ...ORDER, renew: true });
  });

  test('deletes the one before, when every reader has the new one', async () => {
    expect(await retireDatabaseKeys(ports, ORDER, nobody)).toMatchObject({ ok: true, value: [expect.any(String)] });
    expect(names()).toEqual(['key-2']);
    expect(await retireDatabaseKeys(ports, ORDER, nobody)).toEqual({ ok: true, value: [] });
  });

  test('deletes nothing while somebody has the one before', async () => {
    const retired = await retireDatabaseKeys(ports, ORDER, () => Promise.resolve(ok(['llm-query'])));
    expect(retired).toEqual({ ok: false, error: { kind: 'still_in_use', by: ['llm-query'] } });
    expect(names()).toEqual(['key-1', 'key-2']);
  });

  test('deletes nothing while it cannot ask who has what', async () => {
    const silent = () => Promise.resolve(err({ kind: 'unreachable', service: 'Cloudflare' }));
    expect(await retireDatabaseKeys(ports, ORDER, silent)).toMatchObject({ error: { kind: 'unreachable' } });
    expect(names()).toEqual(['key-1', 'key-2']);
  });

  test('deletes nothing while the kept one does not work', async () => {
    ports.keys.live.delete('key-2');
    expect(await retireDatabaseKeys(ports, ORDER, nobody)).toEqual({
      ok: false,
      error: { kind: 'kept_key_is_not_good' },
    });
  });

  test('leaves alone what another run has just made, and what others made', async () => {
    await ports.keys.create({ name: 'innkeeper-prod-read-now', access: 'read_only' });
    nowMs += HOUR_MS - 1;
    await ports.keys.create({ name: 'somebody-else', access: 'manage' });
    await retireDatabaseKeys(ports, ORDER, nobody);
    expect(names()).toEqual(['key-2', 'key-3', 'key-4']);
    nowMs += HOUR_MS;
    await retireDatabaseKeys(ports, ORDER, nobody);
    expect(names()).toEqual(['key-2', 'key-4']);
  });
});
