import type { GuestyCalendarDay } from '@innkeeper/shared/adapters/guesty/payload';
import type { CalendarBlock } from '@innkeeper/shared/domain/calendar-block';

/**
 * Days of a home's calendar to its blocks, one record a day: days come and go by themselves, so whatever the order of
 * what we learn, a longer or shorter block needs no other day's word. Pure.
 */
export const blockId = (listingId: string, date: string): string => `${listingId}:${date}`;

/**
 * Why nobody can stay though nobody booked. Nights of bookings are the bookings' own; what follows from rules or bookings
 * (preparation, booking window, smart rules, allotment) comes without events and would stand for ever.
 */
export function blockReason({ blocks, blockRefs }: GuestyCalendarDay): CalendarBlock['reason'] | undefined {
  if (blocks?.o) return 'owner';
  if (!blocks || blocks.b || blocks.r) return undefined;
  if (!(blocks.m || blocks.bd || blocks.ic)) return undefined;
  const words = (blockRefs ?? []).flatMap(({ type, reason, note }) => [type, reason, note]).join(' ');
  return blocks.m && MAINTENANCE.test(words) ? 'maintenance' : 'other';
}

const MAINTENANCE = /mainten|repair|renovat|refurb|deep clean/iu;
