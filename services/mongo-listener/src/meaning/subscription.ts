import * as z from 'zod';
import type { SourceChange } from '../source-document.ts';
import { chatId, name, readFollowed } from './document-fields.ts';
import type { Meaning } from './meaning.ts';

/**
 * `rocketchat_subscription`: that somebody belongs to a room. `open: false` only hides it in the sidebar. A `status`
 * (`INVITED`, `BANNED`, whatever comes) says that the person is not, or no longer, in the room. Pure.
 */
const Subscription = z.object({ rid: chatId, u: z.object({ _id: chatId }), status: name.nullish() });

export function interpretSubscription(change: SourceChange, memberId: string): Meaning {
  const { version, origin } = change;
  // Every message touches every member's subscription: `unread`, `alert`, `ls`.
  const read = readFollowed(Subscription, change);
  if (!read.ok) return read.meaning;
  const { rid: roomId, u, status } = read.value;
  return {
    kind: 'change',
    change: { v: 1, version, origin, kind: 'member', memberId, roomId, userId: u._id, present: !status },
  };
}
