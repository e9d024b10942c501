import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { missedChanges, toMicros } from './missed-changes.ts';

const where = { projectId: 'p', database: '(default)', nowMs: Date.UTC(2026, 10, 21) };
const T1 = '2026-11-21T10:00:00.000001Z';
const T2 = '2026-11-21T10:00:00.000002Z';

const changed = (known: Record<string, string>, found: Record<string, string>) =>
  missedChanges(
    new Map(Object.entries(known).map(([document, time]) => [document, toMicros(time)])),
    new Map(Object.entries(found)),
    where,
  );

describe('what was missed', () => {
  test('is what is new, newer by a microsecond or gone, and nothing else', () => {
    const events = changed(
      { 'records/same': T1, 'records/newer': T1, 'records/gone': T1 },
      { 'records/same': T1, 'records/newer': T2, 'records/new': T1 },
    );
    expect(events.map(({ document, updateMicros }) => [document, updateMicros])).toEqual([
      ['records/newer', toMicros(T2)],
      ['records/new', toMicros(T1)],
      ['records/gone', undefined],
    ]);
  });

  test('is the same event however often it is found, and another one for another version', () => {
    const idOf = (time: string) => changed({}, { 'records/a': time })[0]?.id;
    expect(idOf(T1)).toBe(idOf(T1));
    expect(idOf(T1)).not.toBe(idOf(T2));
  });

  test('is told as Eventarc tells it', () => {
    expect(changed({}, { 'records/a': T1 })[0]?.headers).toMatchObject({
      'ce-type': 'google.cloud.firestore.document.v1.written',
      'ce-source': '//firestore.googleapis.com/projects/p/databases/(default)',
      'ce-subject': 'documents/records/a',
      'ce-document': 'records/a',
      'ce-time': T1,
    });
    const [event] = changed({}, { 'records/zoë': T1 });
    expect(event).toMatchObject({ document: 'records/zoë', headers: { 'ce-document': 'records/zoÃ«' } });
  });
});

test('a timestamp is read to the microsecond, with whatever digits Firestore writes', () => {
  expect(toMicros('1970-01-01T00:00:01Z')).toBe(1_000_000n);
  expect(toMicros('1970-01-01T00:00:00.5Z')).toBe(500_000n);
  expect(toMicros('1970-01-01T00:00:00.000001999Z')).toBe(1n);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), fc.integer({ min: 0, max: 999 }), (ms, micros) => {
      const text = new Date(ms).toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`);
      expect(toMicros(text)).toBe(BigInt(ms) * 1000n + BigInt(micros));
    }),
  );
});
