import { BlockList, isIP } from 'node:net';

/** Who calls, and whether that is one of a server's addresses. Pure. */

/**
 * Google's front end appends the address it was called from to `X-Forwarded-For`; what stands before it is the caller's
 * own invention. Without the header there is no front end, and the socket tells.
 */
export function callerAddress(forwardedFor: string | undefined, socketAddress: string | undefined): string {
  const last = forwardedFor?.split(',').at(-1)?.trim();
  return last === undefined || last === '' ? (socketAddress ?? '') : last;
}

/** `addresses` as the cloud gives them: single ones, and IPv6 networks as `2001:db8::/64`. */
export function isAddressOf(addresses: readonly string[], caller: string): boolean {
  const family = familyOf(caller);
  if (family === undefined) return false;
  const own = new BlockList();
  for (const entry of addresses) {
    const [address = '', prefix] = entry.split('/');
    const entryFamily = familyOf(address);
    if (entryFamily === undefined) continue;
    if (prefix === undefined) own.addAddress(address, entryFamily);
    else own.addSubnet(address, Number(prefix), entryFamily);
  }
  return own.check(caller, family);
}

function familyOf(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? 'ipv4' : 'ipv6';
}
