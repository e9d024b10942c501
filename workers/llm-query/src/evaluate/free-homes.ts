import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import { addDays } from '@innkeeper/shared/domain/local-time';
import type { DayRange } from '@innkeeper/shared/domain/plan';
import type { Booking } from './bookings.ts';
import { overlaps } from './bookings.ts';
import type { Home } from './homes.ts';
import { daysAt } from './homes.ts';
import type { Asked } from './stay-events.ts';

type Block = RecordOf<'calendar-block'>;

/** What stands in the nights meant at one home. Free: in every one of those nights neither stay nor block. Pure. */
export interface HomeFreedom {
  readonly home: Home;
  readonly nights: DayRange;
  readonly taken: readonly Booking[];
  /** Booked by somebody whose booking is not confirmed: may become free, is not free now. */
  readonly held: readonly Booking[];
  readonly blocks: readonly Block[];
  readonly state: 'free' | 'held' | 'blocked' | 'taken';
}

export function homeFreedom(input: {
  readonly homes: readonly Home[];
  readonly bookings: readonly Booking[];
  readonly blocks: readonly Block[];
  readonly asked: Asked;
}): HomeFreedom[] {
  // A home that is no longer let is shown only to somebody who asks for it by name.
  const meant = input.homes.filter(home =>
    input.asked.homes.length === 0 ? home.active : input.asked.homes.includes(home.id),
  );
  return meant.flatMap((home): HomeFreedom[] => {
    const nights = daysAt(input.asked.when, home);
    if (nights === undefined) return [];
    return [freedomOf(home, nights, input.bookings, input.blocks)];
  });
}

export function freedomOf(
  home: Home,
  nights: DayRange,
  bookings: readonly Booking[],
  allBlocks: readonly Block[],
): HomeFreedom {
  const there = bookings.filter(booking =>
    booking.stays.some(stay => stay.home.id === home.id && overlaps(stay, nights)),
  );
  const taken = there.filter(booking => booking.standing === 'stay');
  const held = there.filter(booking => booking.standing === 'unconfirmed');
  const blocks = joinDays(
    allBlocks.filter(({ facts }) => facts.listingId === home.id && facts.from <= nights.to && nights.from <= facts.to),
  );
  return { home, nights, taken, held, blocks, state: stateOf(taken, blocks, held) };
}

/** Blocks are recorded day by day: days in a row that are blocked for the same reason are one block to people. */
function joinDays(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks.toSorted((left, right) => (left.facts.from < right.facts.from ? -1 : 1))) {
    const last = joined.at(-1);
    const continues =
      last?.facts.reason === block.facts.reason && block.facts.from <= addDays(last.facts.to, 1) ? last : undefined;
    if (continues === undefined) {
      joined.push(block);
      continue;
    }
    const to = continues.facts.to < block.facts.to ? block.facts.to : continues.facts.to;
    joined[joined.length - 1] = { ...continues, facts: { ...continues.facts, to } };
  }
  return joined;
}

function stateOf(
  taken: readonly unknown[],
  blocks: readonly unknown[],
  held: readonly unknown[],
): HomeFreedom['state'] {
  if (taken.length > 0) return 'taken';
  if (blocks.length > 0) return 'blocked';
  return held.length > 0 ? 'held' : 'free';
}
