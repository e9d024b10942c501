import type { Interpretation, ReceivedDelivery } from '@innkeeper/shared/ingest/delivery-source';
import { rank } from '@innkeeper/shared/ingest/record-change';
import { buildChange, type ChangeOrigin, webhookOrigin } from './build-change.ts';
import { bookedStay, homePart } from './home-of-message.ts';
import { markToRead } from './marks.ts';
import { normaliseMessage } from './normalise-message.ts';
import { MessageEvent } from './payload.ts';
import type { GuestyPorts } from './ports.ts';
import { unexpected } from './unexpected.ts';

/**
 * A guest message: in full in the event, except for the home it is about, which the booking tells. A booking that is
 * not known yet is marked to be read, and completes its messages then. I/O: the lookup of bookings.
 */
export function interpretMessage(
  ports: GuestyPorts,
  received: ReceivedDelivery,
  event: string,
): Promise<Interpretation> {
  return interpretPost(ports, webhookOrigin(received, event), received.payload);
}

/** `post`: a message with its conversation, in the form of the vendor's webhook. */
export async function interpretPost(ports: GuestyPorts, origin: ChangeOrigin, post: unknown): Promise<Interpretation> {
  const parsed = MessageEvent.safeParse(post);
  if (!parsed.success) return unexpected(parsed.error);
  const facts = normaliseMessage(parsed.data);
  const { sentAt, reservationId } = facts;
  if (!sentAt) return unexpected({ issues: [{ path: ['message', 'createdAt'] }] });

  const { postId } = parsed.data.message;
  const own = { rank: rank.state, version: Date.parse(sentAt), facts, deleted: false };
  const message = buildChange(origin, 'guest-message', postId, [own]);
  if (!reservationId) return { kind: 'understood', changes: [message] };

  const booking = await ports.bookings(reservationId);
  if (!booking.ok) return { kind: 'unfinished', changes: [message], failure: booking.error };
  if (booking.value === undefined) {
    return { kind: 'understood', changes: [message], marks: [markToRead(origin, 'reservation', reservationId)] };
  }
  const home = homePart(sentAt, bookedStay(booking.value));
  return { kind: 'understood', changes: [{ ...message, parts: [own, home] }] };
}
