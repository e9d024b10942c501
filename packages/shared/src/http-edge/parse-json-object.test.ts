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

  test.each([
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['123456789012345678901234567890', '123456789012345678901234567890'],
    ['1e999', '1e999'],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', 9_007_199_254_740_992],
    ['0.1234567890123456', 0.123_456_789_012_345_6],
    ['1e120', 1e120],
    ['-0', -0],
  ])('the number %s comes as %j', (source, value) => {
    expect(parseJsonObject(bytes(`{"list":[${source}],"id":${source}}`))).toEqual({
      ok: true,
      value: { list: [value], id: value },
    });
  });

  test('half a surrogate pair becomes the replacement character, a whole one stays', () => {
    const text = String.raw`{"cut":"a\ud83d","turned":"\udc4b\ud83d","whole":"\ud83d\udc4b","nul":"\u0000"}`;
    expect(parseJsonObject(bytes(text))).toEqual({
      ok: true,
      value: { cut: 'a\uFFFD', turned: '\uFFFD\uFFFD', whole: '👋', nul: '\0' },
    });
  });

  test('of a key that is written twice the last one counts, and a prototype is not to be had', () => {
    const parsed = parseJsonObject(bytes('{"a":1,"a":2,"__proto__":{"admin":true}}'));
    expect(parsed).toMatchObject({ ok: true, value: { a: 2 } });
    expect(parsed.ok && 'admin' in parsed.value).toBe(false);
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
