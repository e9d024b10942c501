import type { JsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import type { DirtyEntry } from '@innkeeper/shared/hydration/dirty-set';
import { createHydrateLoop } from '@innkeeper/shared/hydration/hydrate-loop';
import { commitChanges } from '@innkeeper/shared/ingest/commit-changes';
import { inMemoryDirtySet } from '@innkeeper/shared/testing/in-memory-dirty-set';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import answered from '../__fixtures__/call.answered.inbound.json' with { type: 'json' };
import commented from '../__fixtures__/call.commented.json' with { type: 'json' };
import tagged from '../__fixtures__/call.tagged.after-transfer.json' with { type: 'json' };
import contact from '../__fixtures__/contact.created.json' with { type: 'json' };
import insights from '../__fixtures__/rest.insights.constructed.json' with { type: 'json' };
import { aircallConsumer } from '../testing/aircall-consumer.ts';
import { aircallWorld } from '../testing/aircall-world.ts';
import { createAircallHydrator } from './aircall-hydrator.ts';
import { createAircallReads } from './aircall-reads.ts';
import { recordKindOf } from './subjects.ts';

const CALL = String(commented.data.id);
const OPEN_GATE = { delayMs: () => 0, began: () => undefined, observed: () => undefined };

/** Consumer and hydrator over one store, with Aircall in memory behind them. */
function rig() {
  const consumer = aircallConsumer();
  const world = aircallWorld();
  const { ports } = consumer;
  const reads = createAircallReads({ client: world.client, gate: OPEN_GATE, now: ports.now, wait: ports.wait });
  const hydrator = createAircallHydrator({ reads, store: consumer.store, now: ports.now });
  const dirtySet = inMemoryDirtySet();
  const loop = createHydrateLoop({
    ...ports,
    source: 'aircall',
    deployable: 'aircall-webhook',
    hydrator,
    recordKind: recordKindOf,
    dirtySet,
  });
  let told = 0;
  const hydrate = async () => {
    dirtySet.mark(consumer.gate.marks.slice(told), ports.now());
    told = consumer.gate.marks.length;
    await loop.run();
  };
  const one = async (subject: string, id: string, attempts = 0, lane: DirtyEntry['lane'] = 'live') => {
    const cause = { eventId: 'e', event: 'test', receivedAt: '2026-11-21T09:00:00.000Z' };
    const entry: DirtyEntry = {
      ...{ subject, id, seenAtMs: 1, lane, cause },
      ...{ generation: 1, attempts, firstMarkedAtMs: 1 },
    };
    const answer = (await hydrator.hydrate(subject, [entry])).get(id);
    if (answer !== undefined && answer.kind !== 'failed')
      await commitChanges(ports, { by: 'test', changes: answer.changes });
    return answer;
  };
  return { ...consumer, world, dirtySet, hydrate, one };
}

/** The call as the REST API shows it once all is over. */
const restCall = { ...commented.data, sid: 'CA3', call_uuid: undefined } as JsonObject;
const notice = (event: string) => ({
  resource: 'conversation_intelligence',
  event,
  timestamp: commented.timestamp + 60,
  data: { id: 5000, call_id: commented.data.id },
});
const notices = ['transcription', 'summary', 'topics', 'sentiment', 'action_item'].map(name =>
  notice(`${name}.created`),
);

function withInsights(at: ReturnType<typeof rig>): void {
  at.world.calls.set(CALL, restCall);
  for (const [route, answer] of Object.entries(insights)) at.world.insights.set(`${CALL}/${route}`, answer);
}

describe('what is read of a call', () => {
  test('an insight that the API does not show is taken from its own announcement, below anything read', async () => {
    const at = rig();
    const announced = notice('summary.created');
    await at.deliver(commented, { ...announced, data: { ...announced.data, content: 'Asks for an early check-in.' } });
    await at.hydrate();
    expect(at.record('call', CALL)?.facts).toMatchObject({ summary: 'Asks for an early check-in.' });
    expect(at.dirtySet.backlog(0).byLane.live).toBe(0);
    withInsights(at);
    await at.one('call-summary', CALL);
    expect(at.record('call', CALL)?.facts).toMatchObject({ summary: insights.summary.summary.content });
  });

  test('transcript, summary, topics, mood and promises, each when it is announced', async () => {
    const at = rig();
    withInsights(at);
    await at.deliver(commented, ...notices);
    expect(at.events().map(event => event.outcome)).toEqual(['written', ...notices.map(() => 'marked')]);
    await at.hydrate();
    expect(at.facts('call', CALL)).toMatchObject({
      transcript: [
        { by: 'team', atSeconds: 0.4, text: 'Good morning, this is the front desk.' },
        { by: 'guest', atSeconds: 3.6, text: 'Hello, we arrive late today.' },
      ],
      transcriptLanguage: 'en',
      summary: 'The guest arrives late; the key box was explained.',
      topics: ['late arrival', 'key box'],
      sentiment: 'POSITIVE',
      actionItems: ['Leave the light on'],
    });
    expect(at.record('call', CALL)).toMatchObject({
      provenance: { via: 'hydration', event: expect.any(String) as string },
    });
    expect(at.world.asked).toHaveLength(5);
  });

  test('the events of a call and what is read of it end in the same record in any order, and twice', async () => {
    const events = [answered, tagged, commented, ...notices];
    const outcome = async (ordered: readonly object[], hydrateAfter: ReadonlySet<number>) => {
      const at = rig();
      withInsights(at);
      for (const [index, event] of ordered.entries()) {
        await at.deliver(event);
        if (hydrateAfter.has(index)) await at.hydrate();
      }
      await at.hydrate();
      expect(at.parked()).toEqual([]);
      expect(at.dirtySet.entries()).toEqual([]);
      return at.facts('call', CALL);
    };
    const expected = await outcome(events, new Set());
    expect(expected).toMatchObject({
      stage: 'ended',
      topics: ['late arrival', 'key box'],
      comments: [{ id: '82000001' }],
    });
    const anyOrder = fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 });
    await fc.assert(
      fc.asyncProperty(anyOrder, fc.uniqueArray(fc.nat(events.length * 2)), async (ordered, pauses) => {
        expect(await outcome(ordered, new Set(pauses))).toEqual(expected);
      }),
      { numRuns: 25 },
    );
  });

  test('an insight of a call nobody has told of brings the call with it', async () => {
    const at = rig();
    withInsights(at);
    await at.deliver(notice('summary.created'));
    await at.hydrate();
    expect(at.facts('call', CALL)).toMatchObject({
      stage: 'ended',
      direction: 'inbound',
      summary: expect.stringContaining('late') as string,
    });
  });

  test('what is announced and not there yet is read again, and in the end parked', async () => {
    const at = rig();
    at.world.calls.set(CALL, restCall);
    expect(await at.one('call-summary', CALL)).toMatchObject({ failure: { kind: 'vendor_unavailable' } });
    expect(await at.one('call-summary', CALL, 6)).toMatchObject({ failure: { kind: 'vendor_unknown' } });
  });

  test('what nobody announced and is not there is no failure', async () => {
    const at = rig();
    expect(await at.one('call-summary', CALL, 0, 'backfill')).toEqual({ kind: 'read', changes: [] });
    at.world.failure = { kind: 'denied', status: 403 };
    expect(await at.one('call-summary', CALL, 0, 'backfill')).toEqual({ kind: 'read', changes: [] });
    expect(await at.one('call', CALL, 0, 'backfill')).toMatchObject({ failure: { kind: 'vendor_denied' } });
  });

  test('an answer in an unknown form is parked with the name of its route', async () => {
    const at = rig();
    at.world.insights.set(`${CALL}/topics`, { topic: { content: { pages: 2 } } });
    expect(await at.one('call-topics', CALL)).toEqual({
      kind: 'failed',
      failure: { kind: 'payload_unexpected', detail: 'unexpected: the answer of topics' },
    });
  });

  test('an older event that comes after a read changes nothing, a newer one does', async () => {
    const at = rig();
    at.world.calls.set(CALL, { ...restCall, tags: [] });
    await at.one('call', CALL);
    await at.deliver(tagged);
    expect(at.facts('call', CALL)).toMatchObject({ tags: [] });
    const later = Date.parse('2026-11-21T09:00:01Z') / 1000;
    await at.deliver({ ...tagged, timestamp: later });
    expect(at.facts('call', CALL)).toMatchObject({ tags: [{ name: 'Late check-in' }] });
  });
});

describe('what is no longer there', () => {
  test('a contact that Aircall no longer has is gone for good; one never known is nothing', async () => {
    const at = rig();
    expect(await at.one('contact', '80000001')).toEqual({ kind: 'gone', changes: [] });
    await at.deliver(contact);
    expect(await at.one('contact', '80000001')).toMatchObject({ kind: 'gone' });
    expect(at.record('contact', 80_000_001)).toMatchObject({ deleted: true, facts: { lastName: 'Neighbour' } });
  });

  test('a call too old to be shown stays as it was', async () => {
    const at = rig();
    await at.deliver(tagged);
    expect(await at.one('call', CALL)).toEqual({ kind: 'read', changes: [] });
    expect(at.record('call', CALL)).toMatchObject({ deleted: false });
  });

  test('a call of this month that is not shown is gone', async () => {
    const at = rig();
    const recent = Date.parse('2026-11-20T09:00:00Z') / 1000;
    await at.deliver({ ...tagged, timestamp: recent, data: { ...tagged.data, started_at: recent } });
    expect(await at.one('call', CALL)).toMatchObject({ kind: 'gone' });
    expect(at.record('call', CALL)).toMatchObject({ deleted: true });
  });

  test('a contact as it is now', async () => {
    const at = rig();
    at.world.contacts.set('80000001', { ...contact.data, company_name: null });
    expect(await at.one('contact', '80000001')).toMatchObject({ kind: 'read' });
    expect(at.facts('contact', 80_000_001)).not.toHaveProperty('company');
  });
});

describe('what keeps a read from happening', () => {
  test.each([
    [
      { kind: 'limited', retryAfterMs: 7_000 },
      { kind: 'vendor_limited', retryAfterMs: 7_000 },
    ],
    [{ kind: 'denied', status: 403 }, { kind: 'vendor_denied' }],
    [{ kind: 'unavailable', detail: 'timeout' }, { kind: 'vendor_unavailable' }],
    [{ kind: 'refused', status: 400 }, { kind: 'vendor_unavailable' }],
  ] as const)('%j', async (failure, expected) => {
    const at = rig();
    at.world.failure = failure;
    for (const subject of ['call', 'contact', 'call-transcript']) {
      expect(await at.one(subject, '1')).toMatchObject({ kind: 'failed', failure: expected });
    }
  });

  test('a subject that is none of Aircall’s is parked, not tried for ever', async () => {
    expect(await rig().one('reservation', '1')).toMatchObject({ failure: { kind: 'vendor_unknown' } });
  });
});
