import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { expect, test } from 'vitest';
import { beginAudited, mintActId } from './audit-log.ts';

const NOW = new Date('2026-11-21T09:30:00.000Z');
const entry = { command: 'replay', id: '20261121T093000Z-1f2e3d4c', by: 'ana', order: { source: 'guesty', things: 7 } };
const PATH = 'audit/replay-20261121T093000Z-1f2e3d4c';

test('an act stands in the audit before it is done, and with its end once it is', async () => {
  const ops = inMemoryDocumentStore();
  const begun = await beginAudited(ops, entry, () => NOW);
  if (!begun.ok) throw new Error(begun.error);
  const first = { v: 1, ...entry, begunAt: NOW.toISOString() };
  expect(ops.documents.get(PATH)?.fields).toEqual({ ...first, outcome: 'begun' });
  expect((await begun.value.end('done', { settled: 7 })).ok).toBe(true);
  expect(ops.documents.get(PATH)?.fields).toEqual({
    ...first,
    outcome: 'done',
    facts: { settled: 7 },
    endedAt: NOW.toISOString(),
  });
});

test('nothing may be done where the audit cannot be written; a missing end is told', async () => {
  let isAway = true;
  const ops = inMemoryDocumentStore({ fault: () => (isAway ? { kind: 'denied', detail: 'no right' } : undefined) });
  const refused = await beginAudited(ops, entry, () => NOW);
  expect(refused.ok ? '' : refused.error).toContain('Nothing was done');
  isAway = false;
  const begun = await beginAudited(ops, entry, () => NOW);
  isAway = true;
  const ended = begun.ok ? await begun.value.end('done', {}) : begun;
  expect(ended.ok ? '' : ended.error).toContain('It was done');
});

test('names of acts sort by their time and are never the same twice', () => {
  const names = [0, 0, 1_000].map(ms => mintActId(new Date(NOW.getTime() + ms)));
  expect(names[0]).toMatch(/^20261121T093000Z-[0-9a-f]{8}$/u);
  expect(new Set(names).size).toBe(3);
  expect((names[2] ?? '') > (names[0] ?? '')).toBe(true);
});
