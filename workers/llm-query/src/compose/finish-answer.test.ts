import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listing } from '../../test/support/world.ts';
import { homesAt } from '../evaluate/homes.ts';
import { finishAnswer, splitParts } from './finish-answer.ts';

const readAtMs = Date.parse('2026-11-21T09:41:00Z');
const homes = homesAt(
  [
    listing('a', 'A', 'Europe/Lisbon'),
    listing('b', 'B', 'Europe/Lisbon'),
    listing('c', 'C', 'America/New_York'),
  ].filter(record => record.kind === 'listing'),
  readAtMs,
);
const finish = (homeIds: string[], sources: number) =>
  finishAnswer({
    draft: {
      lines: ['x'],
      homes: homeIds.map(id => homes.home(id)),
      sources: Array.from({ length: sources }, (_, index) => ({ key: `k${index}`, label: `booking B${index}` })),
    },
    homes,
    readAtMs,
    author: 'code',
    remarks: ["the assistant's model is not available"],
  });

describe('finishAnswer', () => {
  test('says as of when on the clocks of the homes it speaks of, and from what', () => {
    expect(finish(['c', 'a'], 1).parts).toEqual([
      "x\n_the assistant's model is not available_\nas of 09:41 (Lisbon), 04:41 (New York) · Sources: booking B0",
    ]);
    expect(finish(['c'], 0).parts[0]).toMatch(/as of 04:41 \(New York\)$/u);
    expect(finish([], 0).parts[0]).toMatch(/as of 09:41 \(Lisbon\)$/u);
    expect(finish([], 10).parts[0]).toMatch(/as of 09:41 \(Lisbon\) · Sources: .*B7 and 2 more$/u);
  });
});

test('sources of one name are named once', () => {
  const sources = ['t1', 't2', 't3'].map(key => ({ key, label: key === 't3' ? 'task Paint' : 'task Cleaning' }));
  const { parts } = finishAnswer({
    draft: { lines: ['x'], homes: [], sources },
    homes,
    readAtMs,
    author: 'code',
    remarks: [],
  });
  expect(parts[0]).toMatch(/Sources: task Cleaning, task Paint$/u);
});

test('parts hold every word, in order, and fit into a chat message', () => {
  const line = fc.array(fc.constantFrom('word', 'lengthy-word', '•'), { minLength: 1, maxLength: 900 });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), lines => {
      const texts = lines.map(words => words.join(' '));
      const parts = splitParts(texts);
      expect(Math.max(...parts.map(part => part.length))).toBeLessThanOrEqual(5_000);
      const words = parts.join('\n').replace(/\n_part \d+ of \d+_/gu, '');
      expect(words.split(/\s+/u)).toEqual(texts.join(' ').split(' '));
    }),
    { numRuns: 50 },
  );
  expect(splitParts(['y'.repeat(12_000)]).every(part => part.length <= 5_000)).toBe(true);
});
