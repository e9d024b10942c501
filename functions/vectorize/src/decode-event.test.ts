import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeEvent } from './decode-event.ts';

const event = { id: 'e1', time: '2026-11-21T09:41:00.123456Z', type: 'google.cloud.firestore.document.v1.written' };

describe('decodeEvent', () => {
  it('takes the document from its own attribute', () => {
    const decoded = decodeEvent({ ...event, document: 'records/guesty:reservation:1' });
    expect(decoded).toMatchObject({ ok: true, value: { path: 'records/guesty:reservation:1', eventId: 'e1' } });
  });

  it('takes the document from the subject where the attribute is missing', () => {
    const decoded = decodeEvent({ ...event, subject: 'documents/interactions/abc' });
    expect(decoded).toMatchObject({ ok: true, value: { path: 'interactions/abc' } });
  });

  it.each(['records/guesty:task:zoë', 'records/guesty:task:清掃', 'records/guesty:task:🧹'])(
    'takes %s from the bytes that Node read as Latin-1, and as it is',
    path => {
      const asRead = Buffer.from(path).toString('latin1');
      expect(decodeEvent({ ...event, document: asRead })).toMatchObject({ value: { path } });
      expect(decodeEvent({ ...event, subject: `documents/${asRead}` })).toMatchObject({ value: { path } });
      expect(decodeEvent({ ...event, document: path })).toMatchObject({ value: { path } });
    },
  );

  it.each(['events/x', 'records/a/b/c', 'records/', 'records', ''])('refuses a document called %j', document => {
    expect(decodeEvent({ ...event, document }).ok).toBe(false);
  });

  it('never throws, whatever arrives', () => {
    fc.assert(
      fc.property(fc.anything(), anything => {
        expect(decodeEvent(anything).ok).toBeTypeOf('boolean');
      }),
    );
  });
});
