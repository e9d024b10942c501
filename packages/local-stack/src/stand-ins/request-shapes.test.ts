import { describe, expect, it } from 'vitest';
import groq from '../../specs/groq.json' with { type: 'json' };
import rocketchat from '../../specs/rocketchat.json' with { type: 'json' };
import { requestShapes } from './request-shapes.ts';

const shapes = requestShapes({
  operations: {
    'GET /things': {
      query: {
        type: 'object',
        properties: { count: { type: 'integer' } },
        required: ['count'],
        additionalProperties: false,
      },
    },
    'GET /things/named': {
      query: {
        type: 'object',
        properties: { id: { type: 'array', items: { type: 'integer' } } },
        additionalProperties: false,
      },
      reply: { $ref: '#/definitions/Thing' },
    },
    'POST /things': { body: { $ref: '#/definitions/Thing' } },
  },
  definitions: { Thing: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } },
});

describe('requestShapes', () => {
  it('reads a list from a name that is given once or more often', () => {
    const check = (query: string) => shapes.check('GET /things/named', { query: new URLSearchParams(query) });
    expect(check('id=1')).toBeUndefined();
    expect(check('id=1&id=2')).toBeUndefined();
    expect(check('id=1&id=two')).toMatchObject({ part: 'query', at: '/id/1' });
  });

  it('checks what a stand-in answers itself', () => {
    expect(shapes.checkReply('GET /things/named', { name: 'a' })).toBeUndefined();
    expect(shapes.checkReply('GET /things/named', {})).toMatchObject({ part: 'reply' });
    expect(() => shapes.checkReply('POST /things', {})).toThrow('no reply of POST /things');
  });

  it('reads numbers from the texts of a query', () => {
    expect(shapes.check('GET /things', { query: new URLSearchParams('count=3') })).toBeUndefined();
    expect(shapes.check('GET /things', { query: new URLSearchParams('count=three') })).toEqual({
      part: 'query',
      at: '/count',
      message: 'must be integer',
    });
  });

  it('says what is wrong where in a body', () => {
    expect(shapes.check('POST /things', { body: { name: 'x' } })).toBeUndefined();
    expect(shapes.check('POST /things', { body: {} })?.message).toBe("must have required property 'name'");
    expect(shapes.check('POST /things', { body: { name: 1 } })?.at).toBe('/name');
  });

  it('takes an operation outside the description for a bug', () => {
    expect(() => shapes.check('PUT /things', {})).toThrow('PUT /things');
  });

  it.each([
    ['Groq', groq],
    ['Rocket.Chat', rocketchat],
  ])('can compile every operation of %s, and knows where the description is from', (_, description) => {
    const vendor = requestShapes(description);
    const shaped = Object.entries(description.operations).filter(([, shape]) => 'query' in shape || 'body' in shape);
    for (const [operation] of shaped) {
      const nonsense = { query: new URLSearchParams('unheard-of=1'), body: 'x' };
      expect(vendor.check(operation, nonsense)).toBeDefined();
    }
    for (const source of description.sources) expect(source).toMatchObject({ from: /github\.com.* at [0-9a-f]{40}$/u });
  });
});
