import { GuestId, ReservationId } from '@innkeeper/shared/domain/ids';
import type { PartialFacts } from '@innkeeper/shared/ingest/record-change';
import { toInstant } from './normalise-moment.ts';
import type { MessageEvent } from './payload.ts';

/** A message of a guest conversation to facts; the home is the booking's to tell. Pure. */
export function normaliseMessage(event: MessageEvent): PartialFacts<'guest-message'> {
  const { message, conversation } = event;
  return {
    postId: message.postId,
    conversationId: conversation?._id ?? undefined,
    reservationId: ReservationId.safeParse(reservationOfMessage(event)).data,
    guestId: GuestId.safeParse(conversation?.guestId).data,
    guestName: conversation?.meta?.guestName?.trim() || undefined,
    author: authorOf(message.type),
    channel: message.module ?? undefined,
    sentAt: toInstant(message.createdAt),
    text: message.body?.trim() ?? '',
  };
}

/** Enquiries before a booking have none. */
function reservationOfMessage({ reservationId, conversation }: MessageEvent): string | undefined {
  return reservationId || conversation?.meta?.reservations?.find(reservation => reservation._id)?._id || undefined;
}

function authorOf(type: string | null | undefined): 'guest' | 'host' | 'system' {
  if (type === 'fromGuest' || type === 'toHost') return 'guest';
  return type === 'fromHost' || type === 'toGuest' ? 'host' : 'system';
}
