import { describe, expect, test } from 'vitest';
import { constantTimeEqual, matchesAny } from './constant-time-equal.ts';

describe('comparing secrets', () => {
  test('equal texts and bytes are equal, across both forms', async () => {
    expect(await constantTimeEqual('tökén', 'tökén')).toBe(true);
    expect(await constantTimeEqual(new Uint8Array([1, 2]), new Uint8Array([1, 2]))).toBe(true);
    expect(await constantTimeEqual('ab', new TextEncoder().encode('ab'))).toBe(true);
  });

  test.each([
    ['a prefix', 'secret', 'secre'],
    ['a longer one', 'secret', 'secret0'],
    ['nothing', 'secret', ''],
    ['one other character', 'secret', 'secres'],
  ])('%s is not the secret', async (_what, secret, guess) => {
    expect(await constantTimeEqual(secret, guess)).toBe(false);
  });

  test('any of several accepted secrets matches, and none of none', async () => {
    expect(await matchesAny('new', ['old', 'new'])).toBe(true);
    expect(await matchesAny('other', ['old', 'new'])).toBe(false);
    expect(await matchesAny('', [])).toBe(false);
  });
});
