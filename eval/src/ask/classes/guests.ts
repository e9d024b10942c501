import { placedIn, timeIn, timeOut } from '../../truth/stays.ts';
import { nightsBetween, plusDays } from '../../world/calendar.ts';
import { NOW_DAY } from '../../world/make-world.ts';
import { type Booking, isUnconfirmed, stands, type World } from '../../world/world.ts';
import { dayInShort } from '../day-in-short.ts';
import type { QuestionClass, Scene } from '../scene.ts';

/** One guest by name: when, how long, where, how many; two of one name; names nobody has. */
const words = (text: string): RegExp => new RegExp(text.replaceAll(/[.*+?()[\]]/gu, String.raw`\$&`), 'u');

/** A guest with one booking only, around these days; by full name. */
function soleGuest({ world, dice }: Scene): Booking {
  const isSole = (booking: Booking): boolean =>
    world.bookings.filter(({ guest }) => guest === booking.guest).length === 1;
  return dice.pick(
    world.bookings.filter(
      booking =>
        stands(booking) &&
        isSole(booking) &&
        booking.stays[0].from >= NOW_DAY &&
        booking.stays[0].from < plusDays(NOW_DAY, 25),
    ),
  );
}

const withoutAccents = (name: string): string => name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ı', 'i');

/** As it is written, in small letters, or on a keyboard without accents. */
const typed = (name: string, { dice }: Scene): string =>
  dice.pick([name, name, name.toLowerCase(), withoutAccents(name)]);

function guestClass(
  name: string,
  phrasings: QuestionClass['phrasings'],
  truth: (booking: Booking) => RegExp[],
): QuestionClass {
  return {
    name,
    phrasings,
    times: 2,
    fillGaps(scene) {
      const booking = soleGuest(scene);
      return {
        gaps: { guest: typed(booking.guest, scene) },
        truth: { kind: 'says', codes: [booking.code], words: [words(booking.guest), ...truth(booking)] },
      };
    },
  };
}

const lastStay = ({ stays }: Booking) => stays.at(-1) ?? stays[0];
const nights = (booking: Booking): number => nightsBetween(booking.stays[0].from, lastStay(booking).to);

const arrival = guestClass(
  'a guest arrives',
  {
    en: [
      'when does {guest} arrive?',
      'what time is {guest} checking in',
      "when is {guest}'s check-in?",
      'arrival of {guest}',
      'when is {guest} coming?',
      'at what time will {guest} get here?',
      "{guest}'s arrival time",
    ],
    de: ['wann kommt {guest} an?', 'wann reist {guest} an?'],
    fr: ['quand arrive {guest} ?', 'à quelle heure arrive {guest} ?'],
    es: ['¿cuándo llega {guest}?', '¿a qué hora llega {guest}?'],
    pt: ['quando chega {guest}?', 'a que horas chega {guest}?'],
  },
  booking => {
    const { clock, basis } = timeIn(booking.stays[0]);
    return [words(dayInShort(booking.stays[0].from)), words(`${clock} ${basis}`)];
  },
);

const departure = guestClass(
  'a guest leaves',
  {
    en: [
      'when does {guest} leave?',
      'when is {guest} checking out?',
      "{guest}'s departure",
      'what time does {guest} check out',
      'when is {guest} leaving',
    ],
    de: ['wann reist {guest} ab?'],
    fr: ['quand part {guest} ?'],
    es: ['¿cuándo sale {guest}?'],
    pt: ['quando sai {guest}?'],
  },
  booking => {
    const { clock, basis } = timeOut(lastStay(booking));
    return [words(dayInShort(lastStay(booking).to)), words(`${clock} ${basis}`)];
  },
);

const length = guestClass(
  'nights of a guest',
  {
    en: [
      'how long is {guest} staying?',
      'how many nights does {guest} stay?',
      'how many nights for {guest}',
      "length of {guest}'s stay",
    ],
    de: ['wie lange bleibt {guest}?', 'wie viele Nächte bleibt {guest}?'],
    fr: ['combien de nuits reste {guest} ?'],
    es: ['¿cuántas noches se queda {guest}?'],
    pt: ['quantas noites fica {guest}?'],
  },
  booking => [words(`${nights(booking)} night`)],
);

const party = guestClass(
  'party of a guest',
  {
    en: [
      'how many people are in the party of {guest}?',
      'how many guests are with {guest}?',
      'party size of {guest}',
      'how many people is {guest} bringing?',
      'how many guests are coming with {guest}?',
    ],
    de: ['wie viele Personen sind bei {guest}?'],
  },
  booking => [words(`${booking.guests} guest`)],
);

const where = guestClass(
  'home of a guest',
  {
    en: [
      'where is {guest} staying?',
      'which home is {guest} in?',
      'which apartment does {guest} have?',
      'in which flat is {guest}',
    ],
    de: ['wo wohnt {guest}?', 'in welcher Wohnung ist {guest}?'],
    fr: ['où loge {guest} ?'],
    es: ['¿dónde se aloja {guest}?'],
    pt: ['onde fica {guest}?'],
  },
  booking => booking.stays.map(({ home }) => words(home.name)),
);

const status = guestClass(
  'status of a booking',
  {
    en: [
      'is the booking of {guest} confirmed?',
      'status of the booking of {guest}',
      "what is the status of {guest}'s booking?",
      "{guest}'s booking status",
    ],
    de: ['ist die Buchung von {guest} bestätigt?'],
  },
  booking => [words(booking.status.replace('_', ' ')), ...(isUnconfirmed(booking) ? [/not confirmed/u] : [])],
);

const byCode: QuestionClass = {
  name: 'booking by code',
  times: 2,
  phrasings: {
    en: [
      'booking {code}',
      'show me {code}',
      "what's booking {code}?",
      'who is {code}?',
      'when does booking {code} arrive?',
    ],
  },
  fillGaps({ world, dice }) {
    const booking = dice.pick(world.bookings.filter(stands));
    return {
      gaps: { code: booking.code },
      truth: {
        kind: 'says',
        codes: [booking.code],
        words: [words(booking.guest), words(dayInShort(booking.stays[0].from))],
      },
    };
  },
};

const cancelled: QuestionClass = {
  name: 'cancelled guest',
  times: 2,
  phrasings: {
    en: ['when does {guest} arrive?', 'is {guest} still coming?', 'when is {guest} checking in?'],
    de: ['wann kommt {guest}?'],
  },
  fillGaps({ world, dice }) {
    const named = (name: string): number => world.bookings.filter(({ guest }) => guest === name).length;
    const booking = dice.pick(
      world.bookings.filter(
        ({ status, guest, stays }) => status === 'canceled' && named(guest) === 1 && stays[0].from > NOW_DAY,
      ),
    );
    return {
      gaps: { guest: booking.guest },
      truth: { kind: 'says', codes: [booking.code], words: [/canceled|cancelled/iu, /nobody/iu] },
    };
  },
};

/** Bookings of one name that are still to come or going on. */
function namesakes(world: World): readonly Booking[][] {
  const standing = [...new Set(placedIn(world).map(({ booking }) => booking))].filter(
    booking => lastStay(booking).to > NOW_DAY,
  );
  return [...Map.groupBy(standing, ({ guest }) => guest).values()].filter(({ length }) => length > 1);
}

const twoOfOneName: QuestionClass = {
  name: 'two of one name',
  times: 3,
  isOfNow: true,
  phrasings: {
    en: [
      'when does {guest} arrive?',
      'where is {guest} staying?',
      'how long is {guest} staying?',
      'what time does {guest} check in?',
      'how many people are with {guest}?',
    ],
    de: ['wann kommt {guest} an?'],
    es: ['¿cuándo llega {guest}?'],
  },
  fillGaps(scene) {
    const groups = namesakes(scene.world);
    if (groups.length === 0) return undefined;
    const group = scene.dice.pick(groups);
    return {
      gaps: { guest: group[0]?.guest ?? '' },
      truth: { kind: 'ask_back', choices: group.map(({ code }) => code) },
    };
  },
};

const stranger: QuestionClass = {
  name: 'unknown guest',
  times: 2,
  phrasings: {
    en: [
      'when does {stranger} arrive?',
      'where is {stranger} staying?',
      'how long does {stranger} stay?',
      'is {stranger} checking in today?',
    ],
    de: ['wann kommt {stranger} an?'],
    fr: ['quand arrive {stranger} ?'],
    es: ['¿cuándo llega {stranger}?'],
    pt: ['quando chega {stranger}?'],
  },
  fillGaps: ({ dice }) => ({
    gaps: { stranger: dice.pick(['Wolfgang Quillfeather', 'Priscilla Umbridgeworth', 'Bartholomew Xanthopoulos']) },
    truth: { kind: 'nobody' },
  }),
};

export const guestClasses: readonly QuestionClass[] = [
  arrival,
  departure,
  length,
  party,
  where,
  status,
  byCode,
  cancelled,
  twoOfOneName,
  stranger,
];
