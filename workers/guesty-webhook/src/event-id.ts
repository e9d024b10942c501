/**
 * Document id of a delivery: the vendor's own id of it where that can be one. An id is signed, so it is the vendor's;
 * one that Firestore or R2 would not take as a name is hashed. No I/O.
 */
export async function eventIdOf(deliveryId: string): Promise<string> {
  if (/^(?!__)[A-Za-z0-9][\w-]{0,127}$/u.test(deliveryId)) return deliveryId;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(deliveryId)));
  return `guesty-${[...digest].map(byte => byte.toString(16).padStart(2, '0')).join('')}`;
}
