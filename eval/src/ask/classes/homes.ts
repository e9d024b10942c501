import { daysAnywhere, freeHomes, nightRow, occupantsOf, todayAt } from '../../truth/stays.ts';
import { nextWeekday, plusDays } from '../../world/calendar.ts';
import { dayOf, daysOf, type QuestionClass } from '../scene.ts';

/** Homes: which are free, who is in one, what a listing says, and names that do not tell which. */
const free: QuestionClass = {
  name: 'free homes',
  times: 3,
  phrasings: {
    en: [
      'which homes are free {day}?',
      "what's available {day}?",
      'any vacancies {day}?',
      'free homes {day}',
      'which apartments are empty {day}?',
      'empty flats {day}',
      'what do we have free {day}',
      'is anything available {day}?',
    ],
    de: ['welche Wohnungen sind {day} frei?', 'freie Wohnungen {day}', 'was ist {day} frei?'],
    fr: ['quels logements sont libres {day} ?', 'logements libres {day}', "qu'est-ce qui est disponible {day} ?"],
    es: ['¿qué casas están libres {day}?', 'casas libres {day}', '¿qué hay disponible {day}?'],
    pt: ['que casas estão livres {day}?', 'casas livres {day}', 'o que está disponível {day}?'],
  },
  fillGaps(scene) {
    const days = dayOf(scene);
    const homes = freeHomes(scene.world, days.at).map(({ name }) => name);
    return {
      gaps: { day: days.words },
      truth: { kind: 'free', homes, of: scene.world.homes.map(({ name }) => name), days: days.shown },
    };
  },
};

const freeForNights: QuestionClass = {
  name: 'free homes',
  times: 3,
  phrasings: {
    en: [
      'which homes are free from Wednesday for {nights} nights?',
      'anything available from Wednesday for {nights} nights',
      'free homes from Wednesday, {nights} nights',
    ],
    de: ['welche Wohnungen sind ab Mittwoch für {nights} Nächte frei?'],
  },
  fillGaps({ world, atMs, dice }) {
    const nights = dice.between(2, 5);
    const at = (home: (typeof world.homes)[number]) => {
      const from = nextWeekday(todayAt(home, atMs), 3);
      return { from, to: plusDays(from, nights - 1) };
    };
    const homes = freeHomes(world, at).map(({ name }) => name);
    return {
      gaps: { nights: String(nights) },
      truth: { kind: 'free', homes, of: world.homes.map(({ name }) => name), days: [daysAnywhere(world.homes, at)] },
    };
  },
};

const isFree: QuestionClass = {
  name: 'one home free',
  times: 3,
  phrasings: {
    en: [
      'is the {home} free {day}?',
      'is {home} available {day}',
      'is the {home} empty {day}?',
      'can somebody book the {home} {day}?',
      '{home} free {day}?',
      'is {home} vacant {day}?',
    ],
    de: ['ist {home} {day} frei?', 'ist die Wohnung {home} {day} frei?'],
    fr: ['est-ce que {home} est libre {day} ?'],
    es: ['¿está libre {home} {day}?'],
    pt: ['{home} está livre {day}?'],
  },
  fillGaps(scene) {
    const home = scene.dice.pick(scene.world.homes);
    const days = dayOf(scene, [home]);
    return {
      gaps: { day: days.words, home: home.name },
      truth: { kind: 'yes_no', yes: freeHomes(scene.world, days.at).includes(home), days: days.shown },
    };
  },
};

const occupant: QuestionClass = {
  name: 'guest of a home',
  times: 2,
  phrasings: {
    en: [
      'who is in the {home}? [current]',
      'who is staying in the {home} right now? [current]',
      'who is the current guest of {home}? [current]',
      "who's at the {home} now [current]",
      'who is the next guest at {home}? [next]',
      'next arrival at the {home}? [next]',
      'who comes next to the {home}? [next]',
      'who is next in {home} [next]',
      'who stayed last in the {home}? [previous]',
      'last guest of the {home}? [previous]',
      'who was the previous guest in {home}? [previous]',
    ],
    de: [
      'wer ist in {home}? [current]',
      'wer ist der nächste Gast in {home}? [next]',
      'wer war zuletzt in {home}? [previous]',
    ],
    fr: ['qui est dans {home} ? [current]', 'qui est le prochain client de {home} ? [next]'],
    es: ['¿quién está en {home}? [current]', '¿quién es el próximo huésped de {home}? [next]'],
    pt: ['quem está em {home}? [current]', 'quem é o próximo hóspede de {home}? [next]'],
  },
  fillGaps: () => undefined,
};

/** One class each for who is, was and comes next: a sentence says which, and its truth follows from that. */
const occupantClasses = (['current', 'next', 'previous'] as const).map(
  (which): QuestionClass => ({
    ...occupant,
    phrasings: Object.fromEntries(
      Object.entries(occupant.phrasings).map(([language, texts]) => [
        language,
        texts.filter(text => text.endsWith(`[${which}]`)).map(text => text.replace(/ \[.*\]$/u, '')),
      ]),
    ),
    fillGaps({ world, atMs, dice }) {
      const home = dice.pick(world.homes);
      const found = occupantsOf(world, home, atMs)[which];
      return {
        gaps: { home: home.name },
        truth: {
          kind: 'says',
          codes: found.map(({ booking }) => booking.code),
          words: found.length === 0 ? [/\bnobody\b/u] : found.map(placed => new RegExp(nightRow(placed).guest, 'u')),
        },
      };
    },
  }),
);

const home: QuestionClass = {
  name: 'facts of a home',
  times: 2,
  phrasings: {
    en: [
      'what time is check-in at the {home}?',
      'check in time of {home}',
      'when can guests check in at the {home} by default?',
      'default check-in time {home}',
    ],
    de: ['wann ist Check-in in {home}?'],
  },
  fillGaps({ world, dice }) {
    const home = dice.pick(world.homes);
    return { gaps: { home: home.name }, truth: { kind: 'says', words: [new RegExp(`${home.checkIn}.*default`, 'u')] } };
  },
};

const parking: QuestionClass = {
  name: 'facts of a home',
  times: 2,
  phrasings: {
    en: [
      'where can guests park at the {home}?',
      'parking at {home}',
      'is there parking at the {home}?',
      'tell me about the parking of {home}',
    ],
  },
  fillGaps({ world, dice }) {
    const home = dice.pick(world.homes);
    const text = home.sections.find(({ topic }) => topic === 'Parking')?.text ?? '';
    return {
      gaps: { home: home.name },
      truth: { kind: 'says', words: [new RegExp(text.replaceAll('.', String.raw`\.`), 'u')] },
    };
  },
};

const whichHome: QuestionClass = {
  name: 'which home',
  times: 2,
  phrasings: {
    en: [
      'is Harbour View free {day}?',
      'who is in the Harbour View?',
      'arrivals at Harbour View {day}',
      'who is next in Harbour View',
      'is the Harbour View empty {day}?',
    ],
    de: ['ist Harbour View {day} frei?'],
  },
  fillGaps(scene) {
    return {
      gaps: { day: dayOf(scene).words },
      truth: { kind: 'ask_back', choices: ['Harbour View 1', 'Harbour View 2'] },
    };
  },
};

const unknownHome: QuestionClass = {
  name: 'unknown home',
  times: 2,
  phrasings: {
    en: [
      'is the {nowhere} free {day}?',
      'who is checking in at the {nowhere} {day}?',
      'arrivals at the {nowhere} {day}',
      'who is in the {nowhere}?',
      'is the {nowhere} available {day}?',
    ],
    de: ['ist das {nowhere} {day} frei?'],
  },
  fillGaps(scene) {
    const nowhere = scene.dice.pick(['Moon Palace', 'Silver Villa', 'Dragon Apartment', 'Crystal House']);
    return {
      gaps: { day: daysOf(scene).words, nowhere },
      truth: { kind: 'nobody', words: [new RegExp(nowhere.split(' ')[0] ?? '', 'iu')] },
    };
  },
};

export const homeClasses: readonly QuestionClass[] = [
  free,
  freeForNights,
  isFree,
  ...occupantClasses,
  home,
  parking,
  whichHome,
  unknownHome,
];
