import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import type { Booking } from './bookings.ts';
import type { Home, Homes } from './homes.ts';
import { isMeant } from './homes.ts';

/** How far back conversations are read: who wrote earlier than this has been heard elsewhere, or is gone. */
export const UNANSWERED_DAYS = 14;

/** A conversation whose last word is the guest's. Automatic messages answer nobody. Pure. */
export interface Unanswered {
  /** What the guest wrote since anybody answered, oldest first; never empty. */
  readonly messages: readonly RecordOf<'guest-message'>[];
  readonly home: Home | undefined;
  readonly guestName: string | undefined;
  readonly booking: Booking | undefined;
}

export function unanswered(
  records: readonly RecordOf<'guest-message'>[],
  bookings: readonly Booking[],
  named: readonly string[],
  homes: Homes,
): Unanswered[] {
  const since = homes.askedAtMs - UNANSWERED_DAYS * 86_400_000;
  const people = records
    .filter(({ facts }) => facts.author !== 'system' && Date.parse(facts.sentAt) >= since)
    .sort((left, right) => sentMs(left) - sentMs(right) || left.key.localeCompare(right.key));
  return [...Map.groupBy(people, conversationOf).values()]
    .flatMap((messages): Unanswered[] => {
      const open = messages.slice(messages.findLastIndex(({ facts }) => facts.author === 'host') + 1);
      if (open.length === 0) return [];
      const reservationId = messages.find(({ facts }) => facts.reservationId !== undefined)?.facts.reservationId;
      const booking = bookings.find(candidate => candidate.reservationId === reservationId);
      const listingId = messages.find(({ facts }) => facts.listingId !== undefined)?.facts.listingId;
      const home = listingId === undefined ? booking?.stays[0]?.home : homes.home(listingId);
      if (home === undefined ? named.length > 0 : !isMeant(home, named)) return [];
      const guestName = messages.findLast(({ facts }) => facts.guestName !== undefined)?.facts.guestName;
      return [{ messages: open, home, guestName: guestName ?? booking?.guest?.full, booking }];
    })
    .sort((left, right) => firstSentMs(left) - firstSentMs(right));
}

const conversationOf = ({ facts }: RecordOf<'guest-message'>): string =>
  facts.conversationId ?? facts.reservationId ?? facts.guestId ?? facts.postId;

const sentMs = ({ facts }: RecordOf<'guest-message'>): number => Date.parse(facts.sentAt);
const firstSentMs = ({ messages }: Unanswered): number => (messages[0] === undefined ? 0 : sentMs(messages[0]));
