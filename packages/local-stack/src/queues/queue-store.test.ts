import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OutgoingMessage } from './queue-message.ts';
import { openQueueStore, type QueueStore } from './queue-store.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'queue-store-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

let ids = 0;
const open = (file: string): QueueStore =>
  openQueueStore({ file: path.join(directory, file), now: () => 1000, createId: () => `id-${(ids += 1)}` });

const message = (text: string, queue = 'jobs'): OutgoingMessage => ({
  queue,
  contentType: 'text',
  body: Buffer.from(text),
  delaySeconds: 0,
});
const texts = (messages: readonly { readonly body: Uint8Array }[]): string[] =>
  messages.map(({ body }) => Buffer.from(body).toString());

describe('the disk of the queues', () => {
  test('what was handed out and never settled is handed out again by the next process, not counted as an attempt', async () => {
    const first = open('restart.sqlite');
    await first.accept([message('a'), message('b'), message('c')]);
    const [a] = first.take('jobs', 2);
    first.settle('jobs', { acknowledged: a === undefined ? [] : [a], retried: [], exhausted: [] }, undefined);
    await first.close();

    const second = open('restart.sqlite');
    const again = second.take('jobs', 10);
    expect(texts(again)).toEqual(['b', 'c']);
    expect(again.map(({ failedAttempts }) => failedAttempts)).toEqual([0, 0]);
    await second.close();
  });

  test('a message is handed to one taker only', async () => {
    const store = open('once.sqlite');
    await store.accept([message('a'), message('b')]);
    expect(texts(store.take('jobs', 1))).toEqual(['a']);
    expect(texts(store.take('jobs', 10))).toEqual(['b']);
    expect(texts(store.take('jobs', 10))).toEqual([]);
    await store.close();
  });

  test('queues do not see each other and each knows its own size', async () => {
    const store = open('queues.sqlite');
    await Promise.all([store.accept([message('a')]), store.accept([message('bb', 'other')])]);
    expect(texts(store.take('other', 10))).toEqual(['bb']);
    expect(store.metrics('jobs')).toEqual({ messages: 1, bytes: 1, oldestSentAtMs: 1000 });
    expect(store.metrics('other')).toEqual({ messages: 1, bytes: 2, oldestSentAtMs: 1000 });
    expect(store.queues()).toEqual(['jobs', 'other']);
    await store.close();
  });

  test('what arrives before the close is kept, what arrives after it is refused', async () => {
    const store = open('close.sqlite');
    const accepted = store.accept([message('a')]);
    await store.close();
    await accepted;
    await expect(store.accept([message('b')])).rejects.toThrow('closed');
    const reopened = open('close.sqlite');
    expect(texts(reopened.take('jobs', 10))).toEqual(['a']);
    await reopened.close();
  });
});
