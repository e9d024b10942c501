import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fragmentJoiner } from './join-fragments.ts';

const fragment = (number: number, of: number, fields: object) => ({
  _id: { _data: `${number}` },
  splitEvent: { fragment: number, of },
  ...fields,
});

describe('fragments of a large event', () => {
  it('become the event with the last of them', () => {
    const joiner = fragmentJoiner();
    expect(joiner.accept(fragment(1, 3, { operationType: 'update' }))).toBe('incomplete');
    expect(joiner.pending()).toBe(true);
    expect(joiner.accept(fragment(2, 3, { fullDocument: { _id: 'm' } }))).toBe('incomplete');
    expect(joiner.accept(fragment(3, 3, { updateDescription: {} }))).toEqual({
      _id: { _data: '3' },
      operationType: 'update',
      fullDocument: { _id: 'm' },
      updateDescription: {},
    });
    expect(joiner.pending()).toBe(false);
  });

  it.each([
    ['a first one that is missing', [fragment(2, 2, {})]],
    ['one that is missing in between', [fragment(1, 3, {}), fragment(3, 3, {})]],
    ['a whole event in between', [fragment(1, 2, {}), { operationType: 'insert' }]],
    ['a count that changes', [fragment(1, 2, {}), fragment(2, 3, {})]],
    ['nonsense', [{ splitEvent: { fragment: '1', of: 2 } }]],
    ['more than there can be', [fragment(1, 65, {})]],
  ])('are broken by %s, and the next event is read again', (_, events) => {
    const joiner = fragmentJoiner();
    expect(events.map(event => joiner.accept(event)).at(-1)).toBe('broken');
    expect(joiner.accept({ operationType: 'insert' })).toEqual({ operationType: 'insert' });
  });

  it('join to the event they were cut from, wherever it was cut', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ name: fc.string({ minLength: 1 }), value: fc.json() }), {
          selector: ({ name }) => name,
          minLength: 1,
          maxLength: 20,
        }),
        fc.integer({ min: 1, max: 5 }),
        (fields, size) => {
          fc.pre(fields.every(({ name }) => name !== 'splitEvent' && name !== '__proto__'));
          const parts = Array.from({ length: Math.ceil(fields.length / size) }, (_, at) =>
            Object.fromEntries(fields.slice(at * size, (at + 1) * size).map(({ name, value }) => [name, value])),
          );
          const joiner = fragmentJoiner();
          const answers = parts.map((part, at) =>
            joiner.accept({ splitEvent: { fragment: at + 1, of: parts.length }, ...part }),
          );
          expect(answers.slice(0, -1).every(answer => answer === 'incomplete')).toBe(true);
          expect(answers.at(-1)).toEqual(Object.fromEntries(fields.map(({ name, value }) => [name, value])));
        },
      ),
    );
  });
});
