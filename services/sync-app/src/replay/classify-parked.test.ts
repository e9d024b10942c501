import type { Parked } from '@innkeeper/shared/contracts/parked';
import type { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import { parkedMarkFields, parkedMarkPath } from '@innkeeper/shared/hydration/parked-mark';
import type { DocumentFields, DocumentPath, StoredDocument } from '@innkeeper/shared/ports/document-store';
import { Timestamp } from '@innkeeper/shared/ports/document-store';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyEvent, classifyParked } from './classify-parked.ts';

const NOW = Date.parse('2026-11-21T09:00:00.000Z');

const document = (path: DocumentPath, fields: DocumentFields): StoredDocument => ({
  path,
  fields,
  createTime: Timestamp.fromMillis(NOW),
  updateTime: Timestamp.fromMillis(NOW),
});
const parked = (id: string, subject: string, by = 'vectorize'): StoredDocument =>
  document(`parked/${id}`, {
    v: 1,
    by,
    reason: 'the_reason',
    detail: 'one sentence',
    subject,
    attempts: 3,
    parkedAt: '2026-11-21T09:00:00.000Z',
  } satisfies Parked);
const event = (eventId: string, source: StoredEvent['source']): StoredDocument =>
  document(`events/${eventId}`, {
    v: 1,
    source,
    eventId,
    event: 'call.ended',
    receivedAt: '2026-11-21T09:00:00.000Z',
    outcome: 'parked',
    reason: 'the_reason',
    records: [],
    pipelineRevision: 1,
    payload: { inline: '{}' },
  } satisfies StoredEvent);

describe('what is parked goes', () => {
  test('on its Worker’s queue, where its event is kept', () => {
    expect(classifyParked(parked('aircall-e1', 'events/e1'), event('e1', 'aircall'))).toEqual({
      id: 'aircall-e1',
      source: 'aircall',
      what: 'call.ended',
      standing: 'the_reason',
      way: { by: 'queue', vendor: 'aircall', eventId: 'e1', noted: Timestamp.fromMillis(NOW) },
    });
  });

  test('through Pub/Sub, where it is a change in the chat', () => {
    const kept = event('rocketchat-77', 'rocketchat');
    expect(classifyParked(parked('vectorize:chat:77', 'events/rocketchat-77'), kept).way).toEqual({
      by: 'chat-change',
      messageId: '77',
      parked: 'parked/vectorize:chat:77',
    });
    expect(classifyEvent(kept).way).toEqual({
      by: 'chat-change',
      messageId: '77',
      parked: 'parked/vectorize:chat:77',
    });
  });

  test('to the vendor again, whatever the ids look like', () => {
    const subject = fc.constantFrom('reservation', 'call-transcript', 'call-action-items', 'contact');
    const id = fc.string({ unit: fc.constantFrom('a', '1', '-', '/', '%', ':', '2F', '\0', 'mark'), minLength: 1 });
    fc.assert(
      fc.property(fc.constantFrom('guesty', 'aircall'), subject, id, (source, subject, id) => {
        const thing = { source, subject, id } as const;
        const why = { reason: 'vendor_unknown', detail: 'one sentence', attempts: 1 };
        const fields = parkedMarkFields(`${source}-webhook`, thing, 'call', why, NOW);
        const target = classifyParked(document(parkedMarkPath(thing), fields), undefined);
        expect(target.way).toEqual({ by: 'mark', vendor: source, subject, id, parked: parkedMarkPath(thing) });
      }),
    );
  });

  test.each([
    ['vectorize:records:guesty:listing:l1', 'records/guesty:listing:l1', 'guesty', 'index listing'],
    ['vectorize:interactions:q1', 'interactions/q1', 'innkeeper', 'index interaction'],
  ])('by a touch of its document: %s', (id, subject, source, what) => {
    expect(classifyParked(parked(id, subject), undefined)).toMatchObject({
      source,
      what,
      way: { by: 'touch', document: subject, parked: `parked/${id}` },
    });
  });

  test('through Pub/Sub as it stands, where it is a chat message', () => {
    const target = classifyParked(parked('vectorize:chatMessages:m1', 'chatMessages/m1'), undefined);
    expect(target.way).toMatchObject({ by: 'chat-message', document: 'chatMessages/m1' });
  });
});

test.each([
  ['aircall-e1', 'events/e1', /30 days/u],
  ['guesty-deadbeef', 'r2:parked/guesty/deadbeef.json', /no delivery of ours/u],
  ['mongo-listener:message:m1', 'mongodb:rocketchat_message/m1', /Rocket.Chat/u],
  ['vectorize:chat:78', 'pubsub:78', /not kept/u],
  ['x', 'somewhere:else', /somewhere/u],
])('%s of %s cannot be replayed, and why is said', (id, subject, why) => {
  const { way } = classifyParked(parked(id, subject), undefined);
  expect(way.by === 'none' && way.why).toMatch(why);
});

test('what another release wrote is left alone', () => {
  expect(classifyParked(document('parked/x', { v: 2 }), undefined).way).toMatchObject({ by: 'none' });
  expect(classifyEvent(document('events/x', { v: 2 })).way).toMatchObject({ by: 'none' });
});
