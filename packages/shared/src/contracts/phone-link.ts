import * as z from 'zod';
import { LinkedGuest } from '../domain/call.ts';
import { RecordKey } from '../domain/ids.ts';

/**
 * Telephone numbers of one record in E.164: document `phoneLinks/<record key>`, private like the record itself. It is
 * what calls and texts find their guests by; numbers never leave it for a vector, a prompt or a log.
 */
export const PhoneLink = z.object({
  v: z.literal(1),
  key: RecordKey,
  kind: z.enum(['guest', 'contact', 'call', 'text-message']),
  /** Sorted, each once. Empty only while something is owed. */
  numbers: z.array(z.string()),
  /** Of a guest: as calls and texts name them. */
  guest: z.optional(LinkedGuest),
  /** Numbers, gained or lost, whose calls and texts have not been told yet. */
  owed: z.array(z.string()),
  /** Of a call or a text: raised by whoever compared its guests with the notes, so that an older comparison cannot win. */
  comparisons: z.int().nonnegative(),
});
export type PhoneLink = z.infer<typeof PhoneLink>;

export const PHONE_LINKS_COLLECTION = 'phoneLinks';
export const phoneLinkPath = (key: string): `phoneLinks/${string}` => `${PHONE_LINKS_COLLECTION}/${key}`;
