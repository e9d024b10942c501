import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toMicros } from './missed-changes.ts';
import { repairFirestoreEvent } from './repair-firestore-event.ts';

interface Recorded {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** As the emulator sent it. */
const recorded = (name: string): Recorded =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '__fixtures__', `emulator-${name}.json`), 'utf8')) as Recorded;

const repaired = (name: string) => {
  const { headers, body } = recorded(name);
  const event = repairFirestoreEvent(headers, Buffer.from(body));
  if (!event.ok) throw new Error(event.error);
  return event.value;
};

describe("the emulator's event", () => {
  test('gets the source and the bytes that Eventarc would send, and nothing of the transport', () => {
    const event = repaired('written');
    expect(event.headers['ce-source']).toBe('//firestore.googleapis.com/projects/p1/databases/(default)');
    expect(Object.keys(event.headers).filter(name => !name.startsWith('ce-'))).toEqual(['content-type']);
    expect(Buffer.from(event.body).includes('projects/p1/databases/(default)/documents/records/b1')).toBe(true);
    expect(event).toMatchObject({ id: '9d05ca37-b84d-4311-812b-ca516b856a6c', document: 'records/b1' });
  });

  test('says when the document was written, or that it is gone', () => {
    expect(repaired('written').updateMicros).toBe(toMicros('2026-11-21T12:15:06.258476Z'));
    expect(repaired('deleted').updateMicros).toBeUndefined();
  });

  test('with any other body is either read or refused, never thrown', () => {
    const { headers } = recorded('written');
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), bytes => {
        const event = repairFirestoreEvent(headers, Buffer.from(Buffer.from(bytes).toString('base64')));
        expect(event.ok ? [...event.value.body] : [...bytes]).toEqual([...bytes]);
      }),
    );
  });

  test('without its attributes is no event', () => {
    const { headers, body } = recorded('written');
    for (const name of ['ce-id', 'ce-document', 'ce-source']) {
      const without = Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
      expect(repairFirestoreEvent(without, Buffer.from(body))).toEqual({ ok: false, error: 'not_a_firestore_event' });
    }
  });
});
