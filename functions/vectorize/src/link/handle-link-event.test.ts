import { createLog } from '@innkeeper/shared/log/log';
import { err } from '@innkeeper/shared/result/result';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { describe, expect, test } from 'vitest';
import { callFrom, guestWith } from '../testing/guests-and-calls.ts';
import { handleLinkEvent } from './handle-link-event.ts';

const NOW = Date.parse('2026-11-21T10:00:00.000Z');
const event = (document: string, time = new Date(NOW).toISOString()) => ({ id: 'e1', time, document });

function world(fails?: 'unavailable' | 'refused') {
  const logged: string[] = [];
  const reads: string[] = [];
  const store = inMemoryDocumentStore();
  const failing = { kind: fails ?? 'unavailable', detail: 'test' } as const;
  const ports = {
    store: {
      ...store,
      getAll: (paths: Parameters<typeof store.getAll>[0]) => {
        reads.push(...paths);
        return fails === undefined ? store.getAll(paths) : Promise.resolve(err(failing));
      },
    },
    log: createLog('vectorize', line => logged.push(line)),
    now: () => NOW,
    random: () => 0,
    wait: () => Promise.resolve(),
    pause: () => Promise.resolve(),
  };
  return { ports, store, logged, reads };
}

describe('an event of a record', () => {
  test.each(['guesty:listing:1', 'guesty:reservation:1', 'guesty:guest-message:1', 'aircall:phone-line:1'])(
    'that has no telephone numbers is dropped before anything is read: %s',
    async key => {
      const { ports, reads } = world();
      await handleLinkEvent(ports, event(`records/${key}`));
      expect(reads).toEqual([]);
    },
  );

  test('links, and says nothing of numbers', async () => {
    const { ports, store, logged } = world();
    for (const [path, fields] of [guestWith('g1', 'Grace Guest', ['+442079460103']), callFrom('1', '+442079460103')]) {
      await store.commit([{ op: 'set', path, fields }]);
      await handleLinkEvent(ports, event(path));
    }
    expect(JSON.stringify(store.documents.get('records/aircall:call:1')?.fields)).toContain('"g1"');
    expect(logged.join('\n')).not.toMatch(/7946|Grace/u);
  });

  test('comes again while the store is away', async () => {
    const { ports } = world('unavailable');
    await expect(handleLinkEvent(ports, event('records/guesty:guest:1'))).rejects.toThrow('redeliver: unavailable');
  });

  test('is parked before the platform gives it up, and taken away by the next success', async () => {
    const { ports, store } = world('unavailable');
    const [path, fields] = guestWith('g1', 'Grace Guest', ['+442079460103']);
    await handleLinkEvent(ports, event(path, '2026-11-20T10:00:00.000Z'));
    expect(store.documents.get('parked/link:guesty:guest:g1')?.fields).toMatchObject({
      reason: 'gave_up_unavailable',
      subject: path,
    });
    await store.commit([{ op: 'set', path, fields }]);
    await handleLinkEvent({ ...ports, store }, event(path));
    expect(store.documents.has('parked/link:guesty:guest:g1')).toBe(false);
  });

  test('that names nothing is dropped with a word to operators', async () => {
    const { ports, logged } = world();
    await handleLinkEvent(ports, {});
    expect(logged.join('')).toContain('event.undecodable');
  });
});
