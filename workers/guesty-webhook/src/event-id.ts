import { sha256Hex } from '@innkeeper/shared/ingest/sha256-hex';

/**
 * Document id of a delivery: the vendor's own id of it where that can be one. An id is signed, so it is the vendor's;
 * one that Firestore or R2 would not take as a name is hashed. No I/O.
 */
export async function eventIdOf(deliveryId: string): Promise<string> {
  if (/^(?!__)[A-Za-z0-9][\w-]{0,127}$/u.test(deliveryId)) return deliveryId;
  return `guesty-${await sha256Hex(deliveryId)}`;
}
