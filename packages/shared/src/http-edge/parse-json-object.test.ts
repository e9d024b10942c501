import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJsonObject } from './parse-json-object.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('reading a JSON object', () => {
  test.each(['', ' ', '{', '{"a":}', '{"a":1,}', "{'a':1}", 'undefined', 'NaN', '{"a":1} trailing', '\u0000', '"open'])(
    '%j is not JSON',
    text => {
      expect(parseJsonObject(bytes(text))).toEqual({ ok: false, error: 'not_json' });
    },
  );

  test('bytes that are not UTF-8 are not JSON', () => {
    const broken = new Uint8Array([...bytes('{"a":"'), 0xc3, 0x28, ...bytes('"}')]);
    expect(parseJsonObject(broken)).toEqual({ ok: false, error: 'not_json' });
  });

  test.each(['null', '[]', '[{"a":1}]', '"text"', '17', 'true'])('%s is not an object', text => {
    expect(parseJsonObject(bytes(text))).toEqual({ ok: false, error: 'not_an_object' });
  });

  test('a body nested to exhaust the stack is refused instead of walked', () => {
    const deep = `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(parseJsonObject(bytes(deep))).toEqual({ ok: false, error: 'nested_too_deep' });
  });

  test('what was cut short anywhere is not JSON', () => {
    const whole = bytes('{"event":"call.ended","data":{"id":7,"name":"Zoë"}}');
    for (let length = 0; length < whole.length; length += 1) {
      expect(parseJsonObject(whole.slice(0, length)).ok).toBe(false);
    }
  });

  test('every JSON object comes back as it was', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), object => {
        const text = JSON.stringify(object);
        expect(parseJsonObject(bytes(text))).toEqual({ ok: true, value: JSON.parse(text) as unknown });
      }),
    );
  });
});
