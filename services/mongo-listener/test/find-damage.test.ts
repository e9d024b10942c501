import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import { expect, test } from 'vitest';
import { type Arrival, type HistoryStep, messageFace } from '../proof/chat-history.ts';
import { findDamage } from '../proof/find-damage.ts';

/** The judge of the proof must itself be able to say no. */
const KEY = 'message:m1';
const step = (operation: HistoryStep['operation'], at: number, text?: string): HistoryStep => ({
  operation,
  above: at - 1,
  upTo: at,
  face: text === undefined ? undefined : messageFace('r1', text),
});
const said = (version: number, text: string, topic: Arrival['topic'] = 'live'): Arrival => ({
  topic,
  change: {
    v: 1,
    version,
    origin: topic === 'live' ? 'stream' : 'snapshot',
    kind: 'message',
    messageId: 'm1',
    roomId: 'r1',
    authorId: 'u1',
    authorUsername: 'ana',
    text,
    role: 'evidence',
    sentAt: '2026-11-21T09:00:00.000Z',
  } satisfies ChatChange,
});
const removed = (version: number, topic: Arrival['topic'] = 'live'): Arrival => ({
  topic,
  change: { v: 1, version, origin: topic === 'live' ? 'stream' : 'healing', kind: 'message-removed', messageId: 'm1' },
});

const HISTORY = new Map([[KEY, [step('insert', 10, 'one'), step('update', 20, 'two'), step('delete', 30)]]]);
const WHOLE = { lost: [], invented: [], disordered: [], different: [] };
const counts = (damage: ReturnType<typeof findDamage>): Record<string, number> =>
  Object.fromEntries(
    (['lost', 'invented', 'disordered', 'different'] as const).map(kind => [kind, damage[kind].length]),
  );
const judge = (arrivals: readonly Arrival[], gaps: Parameters<typeof findDamage>[2] = []): Record<string, number> =>
  counts(findDamage(HISTORY, arrivals, gaps));

test('every change once and in order is whole; so is a repetition', () => {
  expect(findDamage(HISTORY, [said(10, 'one'), said(20, 'two'), removed(30)], [])).toEqual(WHOLE);
  expect(
    findDamage(HISTORY, [said(10, 'one'), said(20, 'two'), said(10, 'one'), said(20, 'two'), removed(30)], []),
  ).toEqual(WHOLE);
});

test('an update of what was deleted before it was looked up may be missing', () => {
  expect(findDamage(HISTORY, [said(10, 'one'), removed(30)], [])).toEqual(WHOLE);
});

test('a missing insertion is lost', () => {
  expect(judge([said(20, 'two'), removed(30)])).toMatchObject({ lost: 1 });
});

test('a missing deletion is lost, and what is known downstream differs', () => {
  expect(judge([said(10, 'one'), said(20, 'two')])).toMatchObject({ lost: 1, different: 1 });
});

test('an update shows its own state or a later one, never an earlier one', () => {
  const history = new Map([[KEY, [step('insert', 10, 'one'), step('update', 20, 'two'), step('update', 30, 'three')]]]);
  expect(findDamage(history, [said(10, 'one'), said(20, 'three'), said(30, 'three')], [])).toEqual(WHOLE);
  expect(counts(findDamage(history, [said(10, 'one'), said(20, 'two'), said(30, 'two')], []))).toMatchObject({
    lost: 1,
    invented: 1,
    different: 1,
  });
});

test('a text or a version that never was is invented', () => {
  expect(judge([said(10, 'other'), said(20, 'two'), removed(30)])).toMatchObject({ lost: 1, invented: 1 });
  expect(judge([said(10, 'one'), said(15, 'one'), said(20, 'two'), removed(30)])).toMatchObject({ invented: 1 });
});

test('a first arrival behind a later one is disorder', () => {
  expect(judge([said(20, 'two'), said(10, 'one'), removed(30)])).toMatchObject({ disordered: 1 });
});

test('a touch says nothing, or what became of the thing, and may say so late', () => {
  const history = new Map([[KEY, [step('insert', 10, 'one'), step('touch', 15, 'one'), step('update', 20)]]]);
  expect(findDamage(history, [said(10, 'one'), removed(20)], [])).toEqual(WHOLE);
  expect(findDamage(history, [said(10, 'one'), removed(20), removed(15)], [])).toEqual(WHOLE);
  expect(counts(findDamage(history, [said(10, 'one'), said(15, 'other'), removed(20)], []))).toMatchObject({
    invented: 1,
  });
});

test('a gap excuses what a scan could not see, and nothing in front of it or behind it', () => {
  expect(judge([said(10, 'one'), removed(25, 'backfill')], [{ above: 10, upTo: 25 }])).toMatchObject({ lost: 1 });
  expect(judge([said(10, 'one'), removed(35, 'backfill')], [{ above: 10, upTo: 35 }])).toMatchObject({ lost: 0 });
  expect(judge([removed(35, 'backfill')], [{ above: 10, upTo: 35 }])).toMatchObject({ lost: 0 });
  expect(judge([], [{ above: 10, upTo: 35 }])).toMatchObject({ lost: 1 });
  expect(judge([], [{ above: 5, upTo: 35 }])).toEqual({ lost: 0, invented: 0, disordered: 0, different: 0 });
});

test('a scan may say how a thing was when it began or became later, and not how it had been before', () => {
  expect(judge([said(10, 'one'), said(15, 'two', 'backfill'), removed(30)])).toMatchObject({ invented: 0 });
  expect(judge([said(10, 'one'), said(22, 'one', 'backfill'), removed(30)])).toMatchObject({ invented: 1 });
  expect(judge([said(10, 'one'), removed(35, 'backfill'), removed(30)])).toMatchObject({ invented: 0 });
});

test('at equal versions the removal stands, whichever came last', () => {
  expect(judge([said(10, 'one'), said(20, 'two'), removed(30), said(30, 'two')])).toMatchObject({ different: 0 });
});
