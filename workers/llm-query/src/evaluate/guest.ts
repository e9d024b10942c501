import type { LocalDate } from '@innkeeper/shared/domain/local-time';
import type { When } from '@innkeeper/shared/domain/plan';
import type { Booking } from './bookings.ts';
import { daysAt, isMeant } from './homes.ts';
import { bestFits } from './match-name.ts';

/** Whose booking a question by name is about. Pure. */
export type GuestFinding =
  | { readonly kind: 'found'; readonly booking: Booking; readonly others: readonly Booking[] }
  /** Different people of that name: ask back with all of them. */
  | { readonly kind: 'several'; readonly bookings: readonly Booking[] }
  /** The only bookings of that name do not count as stays. */
  | { readonly kind: 'not_standing'; readonly bookings: readonly Booking[] }
  | { readonly kind: 'nobody' };

/** `homes` empty means any; `when` narrows where several fit the name, and never hides the only ones that do. */
export interface GuestHints {
  readonly homes: readonly string[];
  readonly when?: When | undefined;
}

/** By name as typed, or by the booking's code. */
export function findGuest(bookings: readonly Booking[], name: string, { homes, when }: GuestHints): GuestFinding {
  const there = bookings.filter(booking => booking.stays.some(stay => isMeant(stay.home, homes)));
  const coded = there.filter(({ code }) => code.toLowerCase() === name.trim().toLowerCase());
  const named = coded.length > 0 ? coded : bestFits(name, there, booking => booking.guest?.full ?? '');
  const allStanding = named.filter(booking => booking.standing !== 'none');
  if (allStanding.length === 0) {
    return named.length === 0 ? { kind: 'nobody' } : { kind: 'not_standing', bookings: named };
  }
  const then = when === undefined ? [] : allStanding.filter(booking => touches(booking, when));
  const standing = then.length > 0 ? then : allStanding;
  const ofPeople = Map.groupBy(standing, booking => booking.guestId ?? booking.guest?.full.toLowerCase());
  const relevant = [...ofPeople.values()].map(own => own.toSorted(byRelevance));
  // Somebody here now or coming is meant rather than somebody who left: only those still open make the name unclear.
  const open = relevant.filter(own => own[0] !== undefined && tense(own[0]) !== 'past');
  const candidates = open.length > 0 ? open : relevant;
  const [first, second] = candidates;
  if (first?.[0] === undefined) return { kind: 'nobody' };
  if (second !== undefined) {
    return { kind: 'several', bookings: candidates.flatMap(own => own.slice(0, 1)) };
  }
  return overlapsItself(first)
    ? { kind: 'several', bookings: first.filter(booking => tense(booking) !== 'past') }
    : { kind: 'found', booking: first[0], others: first.slice(1) };
}

/** Is somebody of the booking there on any of the days, those of coming and going included? */
function touches(booking: Booking, when: When): boolean {
  return booking.stays.some(stay => {
    const days = daysAt(when, stay.home);
    return days !== undefined && stay.checkIn <= days.to && stay.checkOut >= days.from;
  });
}

/** Two namesakes under one spelling: one person is not in two bookings at the same time. */
function overlapsItself(bookings: readonly Booking[]): boolean {
  const [first, second] = bookings.filter(booking => tense(booking) !== 'past');
  if (first === undefined || second === undefined) return false;
  return startOf(second) < endOf(first) && startOf(first) < endOf(second);
}

export const startOf = (booking: Booking): LocalDate => booking.stays[0]?.checkIn ?? ('' as LocalDate);
export const endOf = (booking: Booking): LocalDate => booking.stays.at(-1)?.checkOut ?? ('' as LocalDate);

export function tense(booking: Booking): 'now' | 'coming' | 'past' {
  const today = booking.stays[0]?.home.today;
  if (today === undefined || endOf(booking) < today) return 'past';
  return startOf(booking) > today ? 'coming' : 'now';
}

const ORDER = { now: 0, coming: 1, past: 2 } as const;

/** Here now, then the next to come, then the latest that left. */
function byRelevance(left: Booking, right: Booking): number {
  const [leftTense, rightTense] = [tense(left), tense(right)];
  if (leftTense !== rightTense) return ORDER[leftTense] - ORDER[rightTense];
  const earlier = startOf(left).localeCompare(startOf(right));
  return leftTense === 'past' ? -earlier : earlier;
}
