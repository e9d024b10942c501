import { describe, expect, test } from 'vitest';
import { callerAddress, isAddressOf } from './caller-address.ts';

describe('who calls', () => {
  test.each([
    [
      'what the front end appended, not what the caller made up',
      '203.0.113.7, 198.51.100.9',
      '10.0.0.1',
      '198.51.100.9',
    ],
    ['one address', '198.51.100.9', '10.0.0.1', '198.51.100.9'],
    ['the socket, where there is no front end', undefined, '127.0.0.1', '127.0.0.1'],
    ['the socket, where the header is empty', '', '127.0.0.1', '127.0.0.1'],
    ['nobody, where nothing is known', undefined, undefined, ''],
  ])('%s', (_what, header, socket, expected) => {
    expect(callerAddress(header, socket)).toBe(expected);
  });
});

describe('whether a server speaks from there', () => {
  const own = ['203.0.113.7', '2001:db8:7::/64'];
  test.each([
    ['203.0.113.7', true],
    ['::ffff:203.0.113.7', true],
    ['203.0.113.8', false],
    ['2001:db8:7::1', true],
    ['2001:db8:7:0:ffff:ffff:ffff:ffff', true],
    ['2001:db8:7:1::1', false],
    ['', false],
    ['203.0.113.7; rm', false],
  ])('%s: %s', (caller, expected) => {
    expect(isAddressOf(own, caller)).toBe(expected);
  });

  test('a server without addresses speaks from nowhere', () => {
    expect(isAddressOf([], '203.0.113.7')).toBe(false);
  });
});
