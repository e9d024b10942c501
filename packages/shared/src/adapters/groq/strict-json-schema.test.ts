import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { strictJsonSchema } from './strict-json-schema.ts';

describe('strictJsonSchema', () => {
  it('closes every object, requires every property and keeps structure only', () => {
    const schema = z.object({
      answerable: z.boolean(),
      format: z.nullable(z.string().check(z.maxLength(10))),
      claims: z
        .array(
          z.object({
            quote: z.string().check(z.minLength(3), z.describe('copied exactly')),
            sourceId: z.int().check(z.minimum(1)),
          }),
        )
        .check(z.maxLength(6)),
    });
    expect(strictJsonSchema(schema)).toEqual({
      type: 'object',
      additionalProperties: false,
      required: ['answerable', 'format', 'claims'],
      properties: {
        answerable: { type: 'boolean' },
        format: { type: ['string', 'null'] },
        claims: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['quote', 'sourceId'],
            properties: { quote: { type: 'string', description: 'copied exactly' }, sourceId: { type: 'integer' } },
          },
        },
      },
    });
  });

  it('closes the branches of a union', () => {
    const schema = z.object({
      plan: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('a') }),
        z.object({ kind: z.literal('b'), words: z.string() }),
      ]),
    });
    const text = JSON.stringify(strictJsonSchema(schema));
    expect(text.match(/"additionalProperties":false/gu)).toHaveLength(3);
  });

  it.each<[string, z.ZodMiniType]>([
    ['words', z.object({ kind: z.enum(['a', 'b']), word: z.string(), fixed: z.literal('x') })],
    ['numbers', z.object({ whole: z.int(), any: z.number(), yes: z.boolean() })],
    ['what may be missing', z.object({ said: z.nullable(z.string()), list: z.nullable(z.array(z.number())) })],
    ['one of several', z.object({ either: z.union([z.string(), z.object({ nested: z.boolean() })]) })],
    [
      'descriptions',
      z.object({ word: z.string().check(z.describe('as typed')), list: z.array(z.int()).check(z.describe('ids')) }),
    ],
  ])('says of %s what the library says', (_, schema) => {
    const { $schema: _dialect, ...said } = z.toJSONSchema(schema, { io: 'output' });
    expect(JSON.parse(JSON.stringify(strictJsonSchema(schema)))).toEqual(withoutRanges(said));
  });

  it('refuses an optional property, naming it', () => {
    const schema = z.object({ claims: z.array(z.object({ note: z.optional(z.string()) })) });
    expect(() => strictJsonSchema(schema)).toThrow('/claims/items/note');
  });

  it('refuses a type that no reply has a use for, naming it', () => {
    expect(() => strictJsonSchema(z.object({ by: z.record(z.string(), z.string()) }))).toThrow('record: /by');
  });
});

/** The library bounds every whole number by what is safe; the decoder knows no ranges. */
const withoutRanges = (schema: object): unknown =>
  JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === 'minimum' || key === 'maximum' ? undefined : value,
  );
