import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BusinessRecord } from '../domain/business-record.ts';
import type { RecordKind, RecordSource } from '../domain/ids.ts';
import type { DocumentPath } from '../ports/document-store.ts';
import { inMemoryDocumentStore } from '../testing/in-memory-document-store.ts';
import { commitChanges } from './commit-changes.ts';
import { type ChangePart, type RecordChange, rank } from './record-change.ts';

const BEFORE = '2026-11-01T10:00:00.000Z';
const ERASED_AT = Date.parse('2026-11-21T10:00:00.000Z');
const AFTER = '2026-12-01T10:00:00.000Z';

function change(
  source: RecordSource,
  kind: RecordKind,
  sourceId: string,
  facts: Readonly<Record<string, unknown>>,
  more: Partial<ChangePart> & { pipelineRevision?: number } = {},
): RecordChange {
  const { pipelineRevision = 1, ...part } = more;
  return {
    source,
    kind,
    sourceId,
    parts: [{ rank: rank.state, version: 1, facts, ...part }],
    pipelineRevision,
    observedAtMs: Date.parse(BEFORE),
    receivedAt: BEFORE,
    provenance: { eventId: 'e', event: 'test', via: 'webhook' },
  };
}

const erasureOf = (source: RecordSource, kind: RecordKind, sourceId: string): RecordChange => ({
  ...change(source, kind, sourceId, {}, { rank: rank.erased, version: ERASED_AT }),
  observedAtMs: ERASED_AT,
});

const guest = change('guesty', 'guest', 'g1', {
  guestId: 'g1',
  fullName: 'Grace Guest',
  firstName: 'Grace',
  phones: ['+442079460103'],
  emails: ['grace@example.com'],
});

const booking = (facts: object = {}, part: Partial<ChangePart> = {}, id = 'r1'): RecordChange =>
  change(
    'guesty',
    'reservation',
    id,
    {
      reservationId: id,
      status: 'confirmed',
      guestId: 'g1',
      guestName: 'Grace Guest',
      stay: [{ listingId: 'l1', checkInDate: '2026-11-21', checkOutDate: '2026-11-24' }],
      notes: [{ topic: 'wish', text: 'Grace needs a cot' }],
      bookedAt: BEFORE,
      ...facts,
    },
    part,
  );

const message = (facts: object = {}, id = 'p1'): RecordChange =>
  change('guesty', 'guest-message', id, {
    postId: id,
    guestId: 'g1',
    reservationId: 'r1',
    guestName: 'Grace Guest',
    author: 'guest',
    sentAt: BEFORE,
    text: 'It is Grace, we are early.',
    ...facts,
  });

const callOf = (facts: object, part: Partial<ChangePart> = {}): RecordChange =>
  change(
    'aircall',
    'call',
    '7',
    { callId: '7', direction: 'inbound', stage: 'ended', startedAt: BEFORE, ...facts },
    part,
  );

async function commitAll(changes: readonly RecordChange[], store = inMemoryDocumentStore()) {
  const ports = { store, now: () => ERASED_AT, random: () => 0, wait: () => Promise.resolve() };
  for (const one of changes) {
    const committed = await commitChanges(ports, { by: 'test', changes: [one] });
    if (!committed.ok && committed.error.kind !== 'facts_insufficient')
      throw new Error(JSON.stringify(committed.error));
  }
  const record = (path: DocumentPath): BusinessRecord => BusinessRecord.parse(store.documents.get(path)?.fields);
  return { store, record, everything: JSON.stringify([...store.documents.values()].map(({ fields }) => fields)) };
}

describe('an erased person', () => {
  test('is nobody any more; that the home was taken stays known', async () => {
    const call = callOf(
      {
        contactName: 'Grace Guest',
        externalNumber: '+442079460103',
        agent: 'Ana',
        summary: 'Grace is early',
        transcript: [{ by: 'guest', text: 'It is Grace' }],
        hasVoicemail: true,
      },
      { items: { comments: [{ id: '1', text: 'Grace again' }] }, wholeLists: ['comments'] },
    );
    const { record, everything } = await commitAll([
      guest,
      booking(),
      message(),
      call,
      erasureOf('guesty', 'guest', 'g1'),
      erasureOf('guesty', 'reservation', 'r1'),
      erasureOf('guesty', 'guest-message', 'p1'),
      erasureOf('aircall', 'call', '7'),
    ]);
    expect(everything).not.toMatch(/grace|7946|early|cot/iu);
    expect(record('records/guesty:guest:g1')).toMatchObject({ erased: true, facts: { guestId: 'g1', phones: [] } });
    expect(record('records/guesty:reservation:r1')).toMatchObject({
      erased: true,
      deleted: false,
      facts: { status: 'confirmed', guestId: 'g1', stay: [{ listingId: 'l1', checkInDate: '2026-11-21' }], notes: [] },
      versions: { erased: ERASED_AT },
    });
    expect(record('records/aircall:call:7')).toMatchObject({
      facts: { agent: 'Ana', hasVoicemail: true, comments: [] },
    });
    expect(record('records/guesty:guest-message:p1')).toMatchObject({ facts: { text: '', author: 'guest' } });
  });

  test.each([
    ['newer', { version: 99 }],
    ['older', { version: 0 }],
    ['at the end of the thing', { rank: rank.end, version: 99, deleted: true }],
    ['of a newer mapping', { version: 2, pipelineRevision: 9 }],
  ])('does not come back by a word that is %s', async (_what, part) => {
    const { everything, record } = await commitAll([
      booking(),
      erasureOf('guesty', 'reservation', 'r1'),
      booking({ status: 'checked_in' }, part),
    ]);
    expect(everything).not.toMatch(/grace/iu);
    expect(record('records/guesty:reservation:r1').deleted).toBe('deleted' in part);
  });

  test('is not stored with what was never stored before: an old message, an old booking, a task of it', async () => {
    const task = change('guesty', 'task', 't1', {
      taskId: 't1',
      title: 'Clean after Grace Guest',
      status: 'pending',
      reservationId: 'r1',
    });
    const { everything, record } = await commitAll([
      guest,
      erasureOf('guesty', 'guest', 'g1'),
      message({ reservationId: undefined }, 'p0'),
      booking(),
      message({ guestId: undefined, sentAt: AFTER }),
      task,
    ]);
    expect(everything).not.toMatch(/grace/iu);
    expect(record('records/guesty:guest-message:p0').erased).toBe(true);
    expect(record('records/guesty:guest-message:p1').erased).toBe(true);
    expect(record('records/guesty:task:t1')).toMatchObject({ erased: true, facts: { status: 'pending', title: '' } });
  });

  test('who books again is a guest again; the guest of before stays unknown', async () => {
    const { record } = await commitAll([
      guest,
      erasureOf('guesty', 'guest', 'g1'),
      // Lean: it does not say yet that it is new.
      booking({ bookedAt: undefined }, { rank: rank.hearsay }, 'r2'),
      booking({ bookedAt: AFTER }, {}, 'r2'),
      message({ reservationId: 'r2', sentAt: AFTER }, 'p2'),
      guest,
    ]);
    expect(record('records/guesty:reservation:r2')).toMatchObject({ facts: { guestName: 'Grace Guest' } });
    expect(record('records/guesty:guest-message:p2')).toMatchObject({ facts: { text: 'It is Grace, we are early.' } });
    expect(record('records/guesty:guest:g1').facts).toEqual({ guestId: 'g1', phones: [], emails: [], tags: [] });
  });

  test('a booking of which nobody says when it was made waits without a name', async () => {
    const { everything } = await commitAll([
      guest,
      erasureOf('guesty', 'guest', 'g1'),
      booking({ bookedAt: undefined }, { rank: rank.hearsay }),
    ]);
    expect(everything).not.toMatch(/grace/iu);
  });

  test('the delivery that spoke of them is noted without its content', async () => {
    const store = inMemoryDocumentStore();
    await commitAll([guest, booking(), erasureOf('guesty', 'guest', 'g1')], store);
    const ports = { store, now: () => ERASED_AT, random: () => 0, wait: () => Promise.resolve() };
    const delivery = { v: 1, source: 'guesty', eventId: 'late', receivedAt: AFTER, body: { inline: '' } } as const;
    const committed = await commitChanges(ports, {
      by: 'test',
      changes: [message()],
      event: { delivery, event: 'late', payload: { inline: '{"body":"Grace"}' }, records: [], pipelineRevision: 1 },
    });
    expect(committed.ok).toBe(true);
    const asked = { ...delivery, eventId: 'asked' };
    const marked = await commitChanges(ports, {
      by: 'test',
      changes: [],
      marked: true,
      event: {
        delivery: asked,
        event: 'marks only',
        payload: { inline: '{"content":"Grace"}' },
        records: ['guesty:guest:g1'],
        pipelineRevision: 1,
      },
    });
    expect(marked).toEqual({ ok: true, value: 'marked' });
    expect(store.documents.get('events/asked')?.fields).toMatchObject({ payload: { inline: '{"erased":true}' } });
    expect(store.documents.get('events/late')?.fields).toMatchObject({ payload: { inline: '{"erased":true}' } });
  });
});

const part = fc.record({
  rank: fc.constantFrom(rank.hearsay, rank.state, rank.end),
  version: fc.nat(3),
});
const word = fc.oneof(
  fc
    .tuple(
      part,
      fc.constantFrom('confirmed', 'checked_in', 'canceled'),
      fc.constantFrom('Grace Guest', 'Grace G', null),
    )
    .map(([about, status, guestName]) => booking({ status, guestName }, about)),
  fc
    .tuple(part, fc.constantFrom('Grace one', 'Grace two'), fc.constantFrom<string[][]>([], ['tags', 'comments']))
    .map(([about, text, wholeLists]) =>
      callOf(
        { agent: text.slice(-3), contactName: text },
        { ...about, wholeLists, items: { comments: [{ id: '1', text }] } },
      ),
    ),
  fc.constantFrom('Grace early', 'Grace late').map(text => message({ text })),
);

const ERASURES = [
  erasureOf('guesty', 'guest', 'g1'),
  erasureOf('guesty', 'reservation', 'r1'),
  erasureOf('guesty', 'guest-message', 'p1'),
  erasureOf('aircall', 'call', '7'),
];

/** What must not depend on the order; who wrote last and when does. */
const stateOf = ({ key, facts, deleted, erased, stamps, versions }: BusinessRecord) =>
  JSON.stringify({ key, facts, deleted, erased, stamps, versions }, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  );

test('whether words come before or after the erasure, and in what order, makes no difference', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(word, { minLength: 1, maxLength: 6 })
        .chain(words =>
          fc.tuple(fc.constant(words), fc.shuffledSubarray(words, { minLength: words.length }), fc.nat(6)),
        ),
      async ([words, shuffled, erasedAfter]) => {
        const first = [booking({}, { version: 0 }), message({ text: 'Grace' }), callOf({}, { version: 0 })];
        const end = async (order: readonly RecordChange[]): Promise<string[]> => {
          const { store, everything } = await commitAll([guest, ...first, ...order]);
          expect(everything).not.toMatch(/grace/iu);
          return [...store.documents.values()].map(({ fields }) => stateOf(BusinessRecord.parse(fields))).sort();
        };
        const allBefore = await end([...words, ...ERASURES]);
        const between = await end([...shuffled.slice(0, erasedAfter), ...ERASURES, ...shuffled.slice(erasedAfter)]);
        expect(between).toEqual(allBefore);
      },
    ),
    { numRuns: 150 },
  );
});
