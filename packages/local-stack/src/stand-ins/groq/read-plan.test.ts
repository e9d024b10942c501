import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { readPlan } from './read-plan.ts';

const period = {
  type: 'object',
  properties: { anchor: { type: 'string' }, away: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
};
const when = { type: 'object', properties: { words: { type: 'string' }, from: period } };
const plan = {
  type: 'object',
  properties: {
    kind: { type: 'string', enum: ['arrivals', 'departures', 'free_homes', 'none'] },
    when: { anyOf: [when, { type: 'null' }] },
    homes: { type: 'array', items: { type: 'string' } },
    form: { type: 'string', enum: ['list', 'count'] },
    guest: { anyOf: [{ type: 'string' }, { type: 'null' }] },
  },
};

test.each([
  ['chi arriva domani?', 'arrivals', 'domani', 'P1D'],
  ['chi parte dopodomani?', 'departures', 'dopodomani', 'P2D'],
  ['quali case sono libere stanotte?', 'free_homes', 'stanotte', null],
  ['明日の到着は誰ですか?', 'arrivals', '明日', 'P1D'],
])('%s', (question, kind, words, away) => {
  const read = readPlan(plan, question);
  expect(read).toMatchObject({ kind, when: { words, from: { anchor: 'today', away } }, homes: [], form: 'list' });
  expect(new Ajv({ strict: false }).validate(plan, read)).toBe(true);
});

test('says nothing about words it does not know, nor where no plan is asked for', () => {
  expect(readPlan(plan, 'asdf qwer')).toBeUndefined();
  expect(readPlan({ type: 'object', properties: { kind: { type: 'string' } } }, 'chi arriva?')).toBeUndefined();
});
