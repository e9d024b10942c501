import type { DocumentFields } from '@innkeeper/shared/ports/document-store';
import { versionOf } from '@innkeeper/shared/ports/document-store';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { expect, test } from 'vitest';
import { awaitIndex } from './await-index.ts';

async function indexed(follows: boolean) {
  const store = inMemoryDocumentStore();
  let nowMs = 0;
  const put = (path: `${string}/${string}`, fields: DocumentFields) => store.commit([{ op: 'set', path, fields }]);
  const note = async (): Promise<void> => {
    const document = store.documents.get('interactions/q1');
    const srcVersion = document === undefined ? 0 : versionOf(document);
    const state = { v: 1, docKey: 'interaction:q1', pipelineRevision: 1, contentHash: '', chunks: 1, model: 'm' };
    const settled = { dense: true, deleted: false, indexedAt: '2026-11-21T10:00:00.000Z' };
    await put('indexState/interaction:q1', { ...state, ...settled, srcVersion });
  };
  await put('interactions/q1', { answer: 'old' });
  await note();
  await put('interactions/q1', { answer: '(erased)' });
  const pause = async (milliseconds: number): Promise<void> => {
    nowMs += milliseconds;
    if (follows && nowMs === 1_000) await note();
  };
  const checked = await awaitIndex({ store, now: () => nowMs, pause, waitMs: 2_000 }, [
    'interactions/q1',
    'records/gone',
  ]);
  return { checked, nowMs };
}

test('looks until the index has followed', async () => {
  expect(await indexed(true)).toEqual({ checked: { ok: true, value: { documents: 2, behind: [] } }, nowMs: 1_000 });
});

test('names what has not followed when the time is over', async () => {
  const behind = ['interaction:q1'];
  expect(await indexed(false)).toEqual({ checked: { ok: true, value: { documents: 2, behind } }, nowMs: 2_000 });
});
