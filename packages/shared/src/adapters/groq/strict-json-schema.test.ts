import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { strictJsonSchema } from './strict-json-schema.ts';

describe('strictJsonSchema', () => {
  it('closes every object, requires every property and keeps structure only', () => {
    const schema = z.object({
      answerable: z.boolean(),
      format: z.string().max(10).nullable(),
      claims: z.array(z.object({ quote: z.string().min(3), sourceId: z.int().min(1) })).max(6),
    });
    expect(strictJsonSchema(schema)).toEqual({
      type: 'object',
      additionalProperties: false,
      required: ['answerable', 'format', 'claims'],
      properties: {
        answerable: { type: 'boolean' },
        format: { anyOf: [{ type: 'string' }, { type: 'null' }] },
        claims: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['quote', 'sourceId'],
            properties: { quote: { type: 'string' }, sourceId: { type: 'integer' } },
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

  it('refuses an optional property, naming it', () => {
    const schema = z.object({ claims: z.array(z.object({ note: z.string().optional() })) });
    expect(() => strictJsonSchema(schema)).toThrow('/claims/items/note');
  });
});
