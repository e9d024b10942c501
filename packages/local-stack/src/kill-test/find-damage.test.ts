import { describe, expect, test } from 'vitest';
import { findDamage } from './find-damage.ts';
import type { Effects, Point } from './read-effects.ts';

const point = (overrides: Partial<Point> = {}): Point => ({
  id: 'p',
  srcVersion: 7n,
  chunk: 0,
  dense: true,
  ...overrides,
});

const searchable = (...points: Point[]): Effects['points'] =>
  new Map([
    ['a', points],
    ['interaction:q', [point()]],
  ]);

function effectsWith(overrides: Partial<Effects>): Effects {
  return {
    events: 2,
    parked: 0,
    documents: new Map([
      ['a', 7n],
      ['interaction:q', 7n],
    ]),
    expectedPoints: new Map([
      ['a', 1],
      ['interaction:q', 1],
    ]),
    points: searchable(point()),
    talks: new Map(),
    answers: new Map([['q', ['first part', 'further part']]]),
    ...overrides,
  };
}

const damage = (overrides: Partial<Effects>) =>
  findDamage({ records: ['a'], deliveries: 2, questions: ['q'], talks: [] }, effectsWith(overrides));

test('what is all there, once and up to date is no damage', () => {
  expect(damage({})).toEqual({ lost: [], doubled: [] });
});

test.each<[string, Partial<Effects>]>([
  ['a delivery without an event', { events: 1 }],
  ['a parked delivery', { parked: 1 }],
  ['a record that is missing', { documents: new Map() }],
  ['a record that cannot be found by search', { points: new Map() }],
  ['a record found in an older version', { points: searchable(point({ srcVersion: 6n })) }],
  ['a point without its vector', { points: searchable(point({ dense: false })) }],
  ['a question without an answer', { answers: new Map() }],
  ['a chunk that is missing', { expectedPoints: new Map([['a', 2]]) }],
])('%s is a loss', (_, overrides) => {
  expect(damage(overrides).lost).not.toEqual([]);
});

test.each<[string, Partial<Effects>]>([
  ['a second answer', { answers: new Map([['q', ['first part', 'not derived']]]) }],
  ['an event too many', { events: 3 }],
  ['a point too many', { points: searchable(point(), point({ id: 'q', chunk: 1 })) }],
  ['a point of a record that is not there', { documents: new Map() }],
  [
    'the same chunk in two points',
    { points: searchable(point(), point({ id: 'q' })), expectedPoints: new Map([['a', 2]]) },
  ],
])('%s is a double', (_, overrides) => {
  expect(damage(overrides).doubled).not.toEqual([]);
});

describe('chat messages', () => {
  const talk = { messageId: 'm', said: 'one', edited: 'two', isDeleted: false };
  const found = (text: string | undefined, isSearchable: boolean, isDeleted = false) => {
    const key = 'chat-message:m';
    const effects = effectsWith({
      talks: new Map([['m', { text }]]),
      documents: new Map([...effectsWith({}).documents, [key, 7n]]),
      points: new Map([...searchable(point()), ...(isSearchable ? [[key, [point()]] as const] : [])]),
      expectedPoints: new Map([...effectsWith({}).expectedPoints, [key, 1]]),
    });
    const expected = { records: ['a'], deliveries: 2, questions: ['q'], talks: [{ ...talk, isDeleted }] };
    return findDamage(expected, effects);
  };
  const none = { lost: [], doubled: [] };

  test('in their last words are no damage', () => expect(found('two', true)).toEqual(none));
  test('that are gone are no damage', () => expect(found(undefined, false, true)).toEqual(none));
  test('in their first words are lost', () => expect(found('one', true).lost).toHaveLength(1));
  test('nobody finds are lost', () => expect(found('two', false).lost).toHaveLength(1));
  test('that are deleted and still found are one too many', () =>
    expect(found(undefined, true, true).doubled).toHaveLength(1));
});
