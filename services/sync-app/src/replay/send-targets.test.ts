import type { ChatMessageDocument } from '@innkeeper/shared/contracts/chat-documents';
import type { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import type { OperateError } from '@innkeeper/shared/operate/operate-client';
import { type DocumentFields, type DocumentPath, Timestamp } from '@innkeeper/shared/ports/document-store';
import { err, ok } from '@innkeeper/shared/result/result';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { describe, expect, test } from 'vitest';
import type { Workers } from '../connect/connect-workers.ts';
import { awaitSettled } from './await-settled.ts';
import { type SendOutcome, sendTargets } from './send-targets.ts';
import type { Target, Way } from './target.ts';

const REPLAY_ID = '20261121T090000Z-1f2e3d4c';
const AWAY: OperateError = { kind: 'unreachable', detail: 'The Worker is away.', nextStep: 'Look at it.' };

const target = (id: string, way: Way): Target => ({ id, source: 'guesty', what: 'x', standing: 'parked', way });
const queued = (eventId: string, vendor: 'guesty' | 'aircall' = 'guesty'): Target =>
  target(eventId, { by: 'queue', vendor, eventId, noted: NOTED });
const NOTED = new Timestamp(1n);

function setUp() {
  const store = inMemoryDocumentStore();
  const calls: { readonly vendor: string; readonly call: string; readonly ids: readonly string[] }[] = [];
  const published: { readonly change: unknown; readonly attributes: object }[] = [];
  const away = new Set<string>();
  const never = (): never => {
    throw new Error('not for a replay');
  };
  const worker = (vendor: 'guesty' | 'aircall'): Workers['guesty'] => ({
    replay: ({ eventIds }) => {
      calls.push({ vendor, call: 'replay', ids: eventIds });
      if (away.has(vendor)) return Promise.resolve(err(AWAY));
      const events = eventIds.map(eventId => ({
        eventId,
        outcome: eventId.startsWith('gone') ? ('payload_gone' as const) : ('sent' as const),
      }));
      return Promise.resolve(ok({ events }));
    },
    mark: ({ marks }) => {
      calls.push({ vendor, call: 'mark', ids: marks.map(({ subject, id }) => `${subject} ${id}`) });
      return Promise.resolve(away.has(vendor) ? err(AWAY) : ok({ marked: marks.length }));
    },
    state: never,
    startJobs: never,
    cancelJob: never,
    token: never,
    subscription: never,
  });
  const ports = {
    workers: { guesty: worker('guesty'), aircall: worker('aircall') },
    business: store,
    chat: {
      publish: (change: string, attributes: object) => {
        published.push({ change: JSON.parse(change), attributes });
        return Promise.resolve(away.has('chat') ? err('Pub/Sub did not take it') : ok(undefined));
      },
    },
    now: () => new Date('2026-11-21T09:00:00.000Z'),
  };
  const put = (path: DocumentPath, fields: DocumentFields) => store.commit([{ op: 'set', path, fields }]);
  const send = (targets: readonly Target[], interrupted = new AbortController().signal) => {
    const counts: number[] = [];
    return sendTargets(ports, REPLAY_ID, targets, { interrupted, sent: count => void counts.push(count) });
  };
  return { store, calls, published, away, put, send };
}

const outcomeOf = (outcome: SendOutcome | undefined): string | undefined =>
  outcome?.kind === 'not_sent' ? outcome.why : outcome?.kind;

describe('what is to be replayed', () => {
  test('goes to its own Worker, in order and in batches of a hundred', async () => {
    const { send, calls } = setUp();
    const targets = Array.from({ length: 250 }, (_none, index) =>
      queued(`e${index}`, index < 230 ? 'guesty' : 'aircall'),
    );
    const sent = await send(targets);
    expect(calls.map(({ vendor, ids }) => [vendor, ids.length, ids[0]])).toEqual([
      ['guesty', 100, 'e0'],
      ['guesty', 100, 'e100'],
      ['guesty', 30, 'e200'],
      ['aircall', 20, 'e230'],
    ]);
    expect(new Set([...sent.values()].map(({ kind }) => kind))).toEqual(new Set(['sent']));
  });

  test('is kept apart: what cannot be sent holds back nothing else, and says why', async () => {
    const { send, away, put } = setUp();
    away.add('aircall');
    await put('records/guesty:listing:l1', { v: 1 });
    const parked = 'parked/x';
    const targets = [
      queued('call', 'aircall'),
      queued('gone1'),
      queued('e1'),
      target('t1', { by: 'touch', document: 'records/guesty:listing:l1', parked }),
      target('t2', { by: 'touch', document: 'records/guesty:listing:l2', parked }),
      target('m1', { by: 'chat-message', document: 'chatMessages/none', parked }),
      target('c1', { by: 'chat-change', messageId: 'none', parked }),
      target('stuck', { by: 'none', why: 'it is stuck' }),
    ];
    const sent = await send(targets);
    expect(targets.map(one => [one.id, outcomeOf(sent.get(one))])).toEqual([
      ['call', 'The Worker is away. Look at it.'],
      ['gone1', 'its payload is no longer kept'],
      ['e1', 'sent'],
      ['t1', 'sent'],
      ['t2', 'the document is gone'],
      ['m1', 'the message is gone'],
      ['c1', 'its event is no longer kept'],
      ['stuck', 'it is stuck'],
    ]);
  });

  test('is marked where a vendor did not give it, and touched where it was not indexed', async () => {
    const { send, calls, store, put } = setUp();
    await put('records/guesty:listing:l1', { v: 1, kept: true });
    const mark = { by: 'mark', vendor: 'aircall', subject: 'call-transcript', id: '7', parked: 'parked/m' } as const;
    await send([
      target('m', mark),
      target('t', { by: 'touch', document: 'records/guesty:listing:l1', parked: 'parked/t' }),
    ]);
    expect(calls).toEqual([{ vendor: 'aircall', call: 'mark', ids: ['call-transcript 7'] }]);
    expect(store.documents.get('records/guesty:listing:l1')?.fields).toEqual({
      v: 1,
      kept: true,
      touchedAt: '2026-11-21T09:00:00.000Z',
    });
  });

  test('is published again where it came from the chat, a kept change under its first name', async () => {
    const { send, published, put } = setUp();
    const change = { v: 1, kind: 'room-removed', roomId: 'r', version: 5, origin: 'stream' };
    await put('events/rocketchat-77', {
      v: 1,
      source: 'rocketchat',
      eventId: 'rocketchat-77',
      event: 'room-removed',
      receivedAt: '2026-11-21T08:00:00.000Z',
      outcome: 'parked',
      records: [],
      pipelineRevision: 1,
      payload: { inline: JSON.stringify(change) },
    } satisfies StoredEvent);
    const said = {
      roomId: 'r',
      authorId: 'a',
      authorUsername: 'ana',
      text: 'hello',
      role: 'evidence',
      sentAt: '2026-11-21T08:00:00.000Z',
    } as const;
    await put('chatMessages/a%2Fb', { v: 1, version: 9, deleted: false, ...said } satisfies ChatMessageDocument);
    await put('chatMessages/old', { v: 1, version: 3, deleted: true } satisfies ChatMessageDocument);
    await send([
      target('c', { by: 'chat-change', messageId: '77', parked: 'parked/c' }),
      target('m', { by: 'chat-message', document: 'chatMessages/a%2Fb', parked: 'parked/m' }),
      target('o', { by: 'chat-message', document: 'chatMessages/old', parked: 'parked/o' }),
    ]);
    expect(published).toEqual([
      { change, attributes: { kind: 'room-removed', v: '1', replayOf: '77' } },
      {
        change: { v: 1, kind: 'message', messageId: 'a/b', version: 9, origin: 'healing', ...said },
        attributes: { kind: 'message', v: '1' },
      },
      {
        change: { v: 1, kind: 'message-removed', messageId: 'old', version: 3, origin: 'healing' },
        attributes: { kind: 'message-removed', v: '1' },
      },
    ]);
  });

  test('stays where it is once somebody interrupts', async () => {
    const { send, calls } = setUp();
    const sent = await send([queued('e1')], AbortSignal.abort());
    expect([...sent.values()].map(outcomeOf)).toEqual(['interrupted before its turn']);
    expect(calls).toEqual([]);
  });
});

describe('what became of it', () => {
  const parkedFields = (reason: string, parkedAt = '2026-11-21T08:00:00.000Z'): DocumentFields => ({
    v: 1,
    by: 'test',
    reason,
    detail: 'one sentence',
    subject: 'events/e1',
    attempts: 1,
    parkedAt,
  });
  const event = (eventId: string, change: DocumentFields = {}): DocumentFields => ({
    v: 1,
    source: 'guesty',
    eventId,
    event: 'listing.updated',
    receivedAt: '2026-11-21T08:00:00.000Z',
    outcome: 'parked',
    records: [],
    pipelineRevision: 1,
    payload: { inline: '{}' },
    ...change,
  });

  test('is read from Firestore: settled, parked again, or still under way when the patience ends', async () => {
    const { store, put, send } = setUp();
    for (const id of ['fixed', 'broken', 'slow']) {
      await put(`events/${id}`, event(id));
      await put(`parked/guesty-${id}`, parkedFields('payload_unexpected'));
    }
    await put('parked/m', parkedFields('vendor_unknown'));
    const mark = target('m', { by: 'mark', vendor: 'guesty', subject: 'listing', id: 'l', parked: 'parked/m' });
    const found = (eventId: string): Target => {
      const noted = store.documents.get(`events/${eventId}`)?.updateTime ?? NOTED;
      return target(eventId, { by: 'queue', vendor: 'guesty', eventId, noted });
    };
    const [fixed, broken, slow] = [found('fixed'), found('broken'), found('slow')] as const;
    const sent = await send([fixed, broken, slow, mark]);

    let looks = 0;
    const steps = [
      () => put('parked/guesty-broken', parkedFields('payload_unexpected', '2026-11-21T09:00:01.000Z')),
      () =>
        store.commit([
          { op: 'set', path: 'events/fixed', fields: event('fixed', { outcome: 'written', replay: REPLAY_ID }) },
          { op: 'delete', path: 'parked/guesty-fixed' },
        ]),
      () => store.commit([{ op: 'delete', path: 'parked/m' }]),
    ];
    const settled: number[] = [];
    const fates = await awaitSettled(
      {
        store,
        waitMs: 3_000,
        pause: async () => void (await steps[looks++]?.()),
        clock: () => looks * 1_000,
        interrupted: new AbortController().signal,
        settled: count => void settled.push(count),
      },
      sent,
    );
    expect([fixed, broken, slow, mark].map(one => fates.get(one))).toEqual([
      { kind: 'settled', outcome: 'written' },
      { kind: 'parked_again', reason: 'payload_unexpected' },
      { kind: 'under_way' },
      { kind: 'settled', outcome: 'read' },
    ]);
    expect(settled.at(-1)).toBe(3);
    expect(looks).toBe(6); // three steps that moved something, and three seconds of patience
  });

  test('of a thousand things is found though the first hundreds never move', async () => {
    const { store, put, send } = setUp();
    const targets = Array.from({ length: 1_000 }, (_none, index) => queued(`e${index}`));
    const sent = await send(targets);
    await put('events/e999', event('e999', { outcome: 'same', replay: REPLAY_ID }));
    let nowMs = 0;
    const fates = await awaitSettled(
      {
        store,
        waitMs: 5_000,
        pause: ms => {
          nowMs += ms;
          return Promise.resolve();
        },
        clock: () => nowMs,
        interrupted: new AbortController().signal,
        settled: () => undefined,
      },
      sent,
    );
    const last = targets.at(-1);
    expect(last === undefined ? undefined : fates.get(last)).toEqual({ kind: 'settled', outcome: 'same' });
    expect([...fates.values()].filter(({ kind }) => kind === 'under_way')).toHaveLength(999);
  });
});
