import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BusinessRecord } from '../domain/business-record.ts';
import { mergeRecord } from './merge-record.ts';
import { type ChangePart, type RecordChange, rank } from './record-change.ts';

const AT = '2026-11-21T09:00:00.000Z';

function callChange(part: Partial<ChangePart> & { version: number }, more: Partial<RecordChange> = {}): RecordChange {
  return {
    source: 'aircall',
    kind: 'call',
    sourceId: '7',
    parts: [{ rank: rank.state, ...part, facts: { ...whole, ...part.facts } }],
    pipelineRevision: 1,
    observedAtMs: Date.parse(AT),
    receivedAt: AT,
    provenance: { eventId: 'e', event: 'call.ended', via: 'webhook' },
    ...more,
  };
}

const whole = { callId: '7', direction: 'inbound', stage: 'ended', startedAt: AT };

function mergeAll(changes: readonly RecordChange[]): BusinessRecord {
  let record: BusinessRecord | undefined;
  for (const change of changes) {
    const merged = mergeRecord(record, change);
    if (!merged.ok) throw new Error(merged.error.missing);
    record = merged.value.record;
  }
  if (record === undefined) throw new Error('no changes');
  return record;
}

/** What must not depend on the order. When and by which delivery a person first learnt of it does. */
const state = ({ facts, deleted, stamps, versions, pipelineRevision }: BusinessRecord) => ({
  facts,
  deleted,
  stamps,
  versions,
  pipelineRevision,
});

const arbitraryPart = fc.record(
  {
    rank: fc.constantFrom(rank.hearsay, rank.state, rank.end),
    version: fc.nat(4),
    facts: fc.record(
      { agent: fc.constantFrom('Ann', 'Bo', null), contactName: fc.constantFrom('Cy', 'Di', null) },
      { requiredKeys: [] },
    ),
    deleted: fc.boolean(),
    items: fc.record({
      tags: fc.uniqueArray(fc.record({ id: fc.constantFrom('1', '2', '3'), name: fc.constantFrom('late', 'early') }), {
        selector: tag => tag.id,
        maxLength: 3,
      }),
    }),
    wholeLists: fc.constantFrom<string[][]>([], ['tags']),
  },
  { requiredKeys: ['rank', 'version'] },
);

const arbitraryChange = fc
  .tuple(arbitraryPart, fc.integer({ min: 1, max: 2 }), fc.nat(2))
  .map(([part, pipelineRevision, observedAtMs]) =>
    callChange(part as Partial<ChangePart> & { version: number }, { pipelineRevision, observedAtMs }),
  );

describe('merging observations of a thing', () => {
  test('the end state is the same in any order and with any repeats', () => {
    fc.assert(
      fc.property(
        fc
          .array(arbitraryChange, { minLength: 1, maxLength: 6 })
          .chain(changes =>
            fc.tuple(
              fc.constant(changes),
              fc.shuffledSubarray([...changes, ...changes], { minLength: changes.length * 2 }),
            ),
          ),
        ([changes, shuffled]) => {
          expect(state(mergeAll(shuffled))).toEqual(state(mergeAll(changes)));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('an observation made twice changes nothing the second time', () => {
    const first = mergeRecord(undefined, callChange({ version: 5 }));
    const again = mergeRecord(first.ok ? first.value.record : undefined, callChange({ version: 5 }));
    expect(again).toMatchObject({ ok: true, value: { outcome: 'same', mustStore: false } });
  });

  test('an older observation loses', () => {
    const record = mergeAll([callChange({ version: 9, facts: { agent: 'Ann' } })]);
    const late = mergeRecord(record, callChange({ version: 3, facts: { agent: 'Bo' } }));
    expect(late).toMatchObject({ ok: true, value: { outcome: 'older', mustStore: false, record } });
  });

  test('an older observation still adds what nobody else has said', () => {
    const record = mergeAll([
      callChange({ version: 9, facts: { agent: 'Ann' } }),
      callChange({ version: 3, facts: { agent: 'Bo', contactName: 'Grace' } }),
    ]);
    expect(record.facts).toMatchObject({ agent: 'Ann', contactName: 'Grace' });
  });

  test('silence never erases, and null does', () => {
    const known = callChange({ version: 1, facts: { agent: 'Ann', contactName: 'Grace' } });
    const record = mergeAll([known, callChange({ version: 2, facts: { agent: null, contactName: undefined } })]);
    expect(record.facts).not.toHaveProperty('agent');
    expect(record.facts).toMatchObject({ contactName: 'Grace' });
  });

  test('the same version read by a newer mapping takes effect, by an older one not', () => {
    const old = callChange({ version: 1, facts: { agent: 'ANN' } }, { pipelineRevision: 1 });
    const fixed = callChange({ version: 1, facts: { agent: 'Ann' } }, { pipelineRevision: 2 });
    expect(mergeAll([old, fixed]).facts).toMatchObject({ agent: 'Ann' });
    expect(mergeAll([fixed, old]).facts).toMatchObject({ agent: 'Ann' });
  });

  test('of two reads with one version, the later one counts', () => {
    const early = callChange({ version: 1, facts: { agent: 'Ann' } }, { observedAtMs: 10 });
    const late = callChange({ version: 1, facts: { agent: 'Bo' } }, { observedAtMs: 20 });
    expect(mergeAll([late, early]).facts).toMatchObject({ agent: 'Bo' });
  });

  test('hearsay fills gaps and never overrides what was read, however new it is', () => {
    const read = callChange({ version: 1, facts: { agent: 'Ann' } });
    const heard = callChange({ rank: rank.hearsay, version: 99, facts: { agent: 'Bo', contactName: 'Grace' } });
    for (const order of [
      [read, heard],
      [heard, read],
    ]) {
      expect(mergeAll(order).facts).toMatchObject({ agent: 'Ann', contactName: 'Grace' });
    }
  });

  test('what was deleted stays deleted for a late word, and is remembered with its facts', () => {
    const ended = callChange({ rank: rank.end, version: 5, deleted: true });
    const late = callChange({ version: 99, facts: { agent: 'Ann' }, deleted: false });
    expect(mergeAll([ended, late])).toMatchObject({ deleted: true, facts: { callId: '7' } });
  });

  test('a tag taken off stays off for an event from before, and comes back by a newer one', () => {
    const tag = { id: '1', name: 'late' };
    const tagged = callChange({ version: 1, items: { tags: [tag] } });
    const untagged = callChange({ version: 2, items: { tags: [] }, wholeLists: ['tags'] });
    const taggedAgain = callChange({ version: 3, items: { tags: [tag] } });
    expect(mergeAll([untagged, tagged]).facts).toMatchObject({ tags: [] });
    expect(mergeAll([untagged, taggedAgain, tagged]).facts).toMatchObject({ tags: [tag] });
  });

  test('comments of different events come together in the order they were made', () => {
    const comment = (id: string, at: string) => ({ id, text: `text ${id}`, at });
    const record = mergeAll([
      callChange({ version: 2, items: { comments: [comment('b', '2026-11-21T10:00:00.000Z')] } }),
      callChange({ version: 1, items: { comments: [comment('a', '2026-11-21T09:00:00.000Z')] } }),
    ]);
    expect(record.facts).toMatchObject({ comments: [{ id: 'a' }, { id: 'b' }] });
  });

  test('only a change that a reader sees counts as received anew', () => {
    const later = '2026-11-21T18:00:00.000Z';
    const first = callChange({ version: 1 }, { observedAtMs: 1 });
    const confirmed = callChange({ version: 1 }, { observedAtMs: 2, receivedAt: later });
    const merged = mergeRecord(mergeAll([first]), confirmed);
    expect(merged).toMatchObject({ ok: true, value: { outcome: 'same', mustStore: true, record: { receivedAt: AT } } });
  });

  test('facts that do not make a whole record are named, not stored', () => {
    const change = { ...callChange({ version: 1 }), parts: [{ rank: rank.state, version: 1, facts: { callId: '7' } }] };
    const merged = mergeRecord(undefined, change);
    expect(merged.ok ? '' : merged.error.missing).toContain('facts.startedAt');
  });
});
