import ipaddr from 'ipaddr.js';
import { textRule } from './make-rule.ts';
import type { Rule } from './rule.ts';

/** Ranges of addresses, read as strictly as the vendors read them. Pure. */
export type Cidr = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Four decimal parts or IPv6, and the length of the prefix; nothing shorter. */
export function parseCidr(text: string): Cidr | undefined {
  const [address, bits, more] = text.split('/');
  if (address === undefined || bits === undefined || more !== undefined || !/^\d{1,3}$/u.test(bits)) return undefined;
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address)) return undefined;
  return ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : undefined;
}

/** The first address of the range a CIDR names, e.g. 10.0.0.0/16 for 10.0.3.0/16. */
export function networkOf([address, bits]: Cidr): string {
  const text = `${address.toString()}/${bits}`;
  const first =
    address.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text);
  return `${first.toString()}/${bits}`;
}

/** Undefined where the text is a range that can be used as it stands. */
export function whyNoCidr(text: string): string | undefined {
  const cidr = parseCidr(text);
  if (cidr === undefined) return `"${text}" is no range of addresses. Write it as 10.0.0.0/16.`;
  const network = networkOf(cidr);
  return network === `${cidr[0].toString()}/${cidr[1]}`
    ? undefined
    : `"${text}" has bits set behind its prefix. The range is ${network}.`;
}

/** Only 10/8, 172.16/12 and 192.168/16 stay inside a private network. */
export function whyNotPrivate(text: string): string | undefined {
  const wrong = whyNoCidr(text);
  if (wrong !== undefined) return wrong;
  const cidr = parseCidr(text);
  return cidr?.[0].range() === 'private'
    ? undefined
    : `"${text}" is not private. Use a range in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.`;
}

export const cidrRule = (type: string, place: string): Rule =>
  textRule(type, place, 'is a CIDR', whyNoCidr, { sound: '192.0.2.0/24', broken: '192.0.2.1/24' });

export const privateCidrRule = (type: string, place: string): Rule =>
  textRule(type, place, 'is a private CIDR', whyNotPrivate, { sound: '10.0.0.0/16', broken: '192.0.2.0/24' });
