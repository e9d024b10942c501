import fc from 'fast-check';
import { expect, test } from 'vitest';
import { networkOf, parseCidr, whyNoCidr, whyNotPrivate } from './cidr.ts';

const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));

test('the network of any address is a range that can be used as it stands, and holds the address', () => {
  fc.assert(
    fc.property(octets, fc.nat(32), (parts, bits) => {
      const cidr = parseCidr(`${parts.join('.')}/${bits}`);
      if (cidr === undefined) throw new Error('an address was not read');
      const network = networkOf(cidr);
      expect(whyNoCidr(network)).toBeUndefined();
      const range = parseCidr(network);
      expect(range !== undefined && cidr[0].match(range[0], range[1])).toBe(true);
    }),
  );
});

test.each(['10.0.0.0', '10.0.0.0/33', '10.0.0/8', '10.0.0.0/8/8', '10.0.0.0/-1', '0x0a.0.0.0/8', '', 'any'])(
  '"%s" is no range',
  text => expect(whyNoCidr(text)).toBe(`"${text}" is no range of addresses. Write it as 10.0.0.0/16.`),
);

test('bits behind the prefix are told with the range that was meant', () => {
  expect(whyNoCidr('10.0.3.7/16')).toBe('"10.0.3.7/16" has bits set behind its prefix. The range is 10.0.0.0/16.');
  expect(whyNoCidr('2001:db8::1/64')).toContain('The range is 2001:db8::/64.');
});

test('a public range is not private', () => {
  expect(whyNotPrivate('192.0.2.0/24')).toContain('is not private');
  expect(whyNotPrivate('172.16.0.0/12')).toBeUndefined();
  expect(whyNotPrivate('fd00::/8')).toContain('is not private');
});
