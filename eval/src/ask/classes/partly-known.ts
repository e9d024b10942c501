import { timeIn, todayAt } from '../../truth/stays.ts';
import { UNSAID } from '../../world/remarks.ts';
import { stands } from '../../world/world.ts';
import type { QuestionClass } from '../scene.ts';

/** Two questions in one: the booking answers the first, and nobody ever said anything about the second. */
const partlyKnown: QuestionClass = {
  name: 'partly known',
  times: 3,
  isOfNow: true,
  phrasings: {
    en: [
      'when does {guest} arrive and did they mention the {nothing}?',
      'when is {guest} arriving, and is there anything about a {nothing}?',
      'what time does {guest} arrive and do they need a {nothing}?',
      'when does {guest} check in and has anybody asked about the {nothing}?',
      '{guest}: when do they arrive? and did they ask for a {nothing}?',
      'arrival time of {guest} and is a {nothing} noted?',
    ],
  },
  fillGaps({ world, atMs, dice }) {
    const named = Map.groupBy(world.bookings, ({ guest }) => guest);
    const coming = world.bookings.filter(
      booking =>
        stands(booking) &&
        named.get(booking.guest)?.length === 1 &&
        booking.stays[0].from > todayAt(booking.stays[0].home, atMs) &&
        !world.calls.some(({ saysArrival }) => saysArrival?.booking === booking),
    );
    if (coming.length === 0) return undefined;
    const booking = dice.pick(coming);
    return {
      gaps: { guest: booking.guest, nothing: dice.pick(UNSAID) },
      truth: {
        kind: 'says',
        words: [new RegExp(timeIn(booking.stays[0]).clock, 'u'), /not recorded\. Searched: .* of /u],
        codes: [booking.code],
      },
    };
  },
};

export const partlyKnownClasses: readonly QuestionClass[] = [partlyKnown];
