/**
 * Which subscriptions are ours is told by their address alone, so that it is known even after everything we kept is
 * lost: the Worker's own address, or that with nothing but `?subscription=<id>`, which gives a second subscription an
 * address, and so a secret, of its own. Pure.
 */
const ROTATED = /^\?subscription=[a-z0-9]{1,32}$/u;

export function isOurs(url: string, address: string): boolean {
  return url === address || (url.startsWith(address) && ROTATED.test(url.slice(address.length)));
}

/** `id`: 1 to 32 lower-case letters and digits. */
export const rotatedAddress = (address: string, id: string): string => `${address}?subscription=${id}`;
