import { arrivalRow, arriving, departureRow, leaving } from '../../truth/stays.ts';
import { instantOf, onTheWall, plusDays } from '../../world/calendar.ts';
import { NOW_DAY } from '../../world/make-world.ts';
import type { Booking, World } from '../../world/world.ts';
import { TODAY, TODAY_OR_YESTERDAY } from '../day-words.ts';
import { namedDays, type QuestionClass } from '../scene.ts';

/** What is new: bookings made, changed and cancelled, what happened since an hour, and a day as a whole. */
type Change = 'made' | 'changed' | 'cancelled';

/** Bookings whose last news is of this kind and came on these days, on the clock of their home. */
function bookingsOf(world: World, change: Change, from: string, to: string): Booking[] {
  return world.bookings.filter(({ status, bookedAt, changedAt, stays }) => {
    if (status === 'inquiry') return false;
    const isCancelled = status === 'canceled';
    const at = change === 'made' ? bookedAt : changedAt;
    const day = onTheWall(stays[0].home.zone, at).day;
    if (day < from || day > to) return false;
    // One that was made and cancelled was made.
    if (change === 'made') return true;
    return change === 'cancelled' ? isCancelled : !isCancelled && changedAt > bookedAt;
  });
}

const changes = (change: Change, phrasings: QuestionClass['phrasings']): QuestionClass => ({
  name: `bookings ${change}`,
  phrasings,
  times: 2,
  isOfNow: true,
  fillGaps({ world, dice, language }) {
    const [words, back] = dice.pick(TODAY_OR_YESTERDAY[language]);
    const codes = bookingsOf(world, change, plusDays(NOW_DAY, -back), back === 1 ? plusDays(NOW_DAY, -1) : NOW_DAY).map(
      ({ code }) => code,
    );
    return {
      gaps: { day: words },
      truth: { kind: 'says', codes, words: codes.length === 0 ? [/\b(?:nobody|none|no )\b/u] : [] },
    };
  },
});
const made = changes('made', {
  en: [
    'new bookings {day}',
    'which bookings were made {day}?',
    'bookings made {day}',
    'who booked {day}?',
    'what bookings came in {day}?',
  ],
  de: ['neue Buchungen {day}', 'welche Buchungen kamen {day}?'],
  fr: ['nouvelles réservations {day}'],
  es: ['nuevas reservas {day}'],
  pt: ['novas reservas {day}'],
});
const changed = changes('changed', {
  en: [
    'which bookings were changed {day}?',
    'changed bookings {day}',
    'bookings modified {day}',
    'what bookings changed {day}?',
  ],
  de: ['geänderte Buchungen {day}'],
});
const cancelledBookings = changes('cancelled', {
  en: [
    'cancellations {day}',
    'which bookings were cancelled {day}?',
    'who cancelled {day}?',
    'any cancelled bookings {day}?',
  ],
  de: ['Stornierungen {day}', 'wer hat {day} storniert?'],
  fr: ['annulations {day}'],
  es: ['cancelaciones {day}'],
  pt: ['cancelamentos {day}'],
});

const since: QuestionClass = {
  name: 'news since',
  times: 2,
  isOfNow: true,
  phrasings: {
    en: [
      'since {clock}',
      'what did I miss since {clock}?',
      "what's new since {clock}?",
      'what happened since {clock}',
      'anything new since {clock}?',
    ],
    de: ['was ist seit {clock} passiert?'],
    fr: ['quoi de neuf depuis {clock} ?'],
  },
  fillGaps({ world, dice }) {
    // In the morning eighteen o'clock is yesterday's.
    const hour = dice.pick([15, 18, 20, 22]);
    const fromMs = instantOf('Europe/Lisbon', plusDays(NOW_DAY, -1), `${hour}:00`);
    const codes = world.bookings.filter(({ changedAt }) => changedAt >= fromMs).map(({ code }) => code);
    const heard =
      world.messages.filter(({ at }) => at >= fromMs).length + world.calls.filter(({ at }) => at >= fromMs).length;
    return {
      gaps: { clock: `${hour}:00` },
      truth: { kind: 'says', codes, words: [new RegExp(String.raw`\b${codes.length + heard} items?\b|\bnone\b`, 'u')] },
    };
  },
};

const overview: QuestionClass = {
  name: 'overview',
  times: 2,
  phrasings: {
    en: ['today', "what's happening today?", 'arrivals and departures today', 'overview of today', 'what is on today?'],
  },
  fillGaps(scene) {
    const days = namedDays(scene, TODAY);
    const moves = new Set<string>();
    const rows = [
      ...arriving(scene.world, days.at).map(placed => ({ ...arrivalRow(placed), booking: placed.booking })),
      ...leaving(scene.world, days.at).map(placed => ({ ...departureRow(placed), booking: placed.booking })),
    ].flatMap(({ booking, ...row }) => {
      if (!row.isMove) return [row];
      // A move is both, and told once.
      if (moves.has(booking.id)) return [];
      moves.add(booking.id);
      return [{ codes: row.codes, home: row.home, guest: row.guest, isMove: true, isUnconfirmed: row.isUnconfirmed }];
    });
    return { gaps: {}, truth: { kind: 'stays', rows, days: days.shown } };
  },
};

export const newsClasses: readonly QuestionClass[] = [made, changed, cancelledBookings, since, overview];
