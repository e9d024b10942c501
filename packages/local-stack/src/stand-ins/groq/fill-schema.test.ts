import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fillSchema, type JsonSchema } from './fill-schema.ts';

const claims = [{ claim: 'It is cold.', sourceId: '2', quote: 'It is cold' }];

/** Strict schemas of any shape: closed objects, every property required, unions, enumerations, arrays. */
const { schema: anySchema } = fc.letrec<{ schema: JsonSchema }>(tie => ({
  schema: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<JsonSchema>(
      { type: 'string' },
      { type: 'boolean' },
      { type: 'integer' },
      { type: 'number' },
      { type: 'null' },
      { type: ['string', 'null'] },
    ),
    fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }).map(values => ({ type: 'string', enum: values })),
    fc.string().map(value => ({ const: value })),
    tie('schema').map(items => ({ type: 'array', items })),
    fc.array(tie('schema'), { minLength: 1, maxLength: 3 }).map(anyOf => ({ anyOf })),
    fc
      .dictionary(
        fc.constantFrom('quote', 'claims', 'sourceId', 'answerable', 'kind', 'words', 'id', 'text'),
        tie('schema'),
      )
      .map(properties => ({
        type: 'object',
        properties,
        required: Object.keys(properties),
        additionalProperties: false,
      })),
  ),
}));

describe('fillSchema', () => {
  it('fits every strict schema', () => {
    const ajv = new Ajv({ strict: false });
    fc.assert(
      fc.property(anySchema, fc.string(), fc.boolean(), (schema, question, knows) => {
        const value = fillSchema(schema, { question, claims: knows ? claims : [] });
        expect({ fits: ajv.validate(schema, value), problem: ajv.errors }).toEqual({ fits: true, problem: null });
      }),
    );
  });

  it('follows references', () => {
    const schema = {
      type: 'object',
      properties: { first: { $ref: '#/$defs/claim' } },
      $defs: { claim: { type: 'object', properties: { quote: { type: 'string' }, sourceId: { type: 'integer' } } } },
    };
    expect(fillSchema(schema, { question: '', claims })).toEqual({ first: { quote: 'It is cold', sourceId: 2 } });
  });

  it('looks into a union inside a union', () => {
    const schema = { type: 'object', properties: { quote: { anyOf: [{ anyOf: [{ type: 'string' }] }] } } };
    expect(fillSchema(schema, { question: '', claims })).toEqual({ quote: 'It is cold' });
  });

  it('chooses the branch and the word that the question names, else the one that admits doubt', () => {
    const branch = (kind: string) => ({ type: 'object', properties: { kind: { const: kind } } });
    const plan = { anyOf: [branch('arrivals'), branch('free_homes'), branch('unclear')] };
    expect(fillSchema(plan, { question: 'list the free homes', claims: [] })).toEqual({ kind: 'free_homes' });
    expect(fillSchema(plan, { question: 'sing a song', claims: [] })).toEqual({ kind: 'unclear' });
  });
});
