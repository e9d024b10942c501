import { arrivalRow, arriving, departureRow, leaving, sleeping, timeIn, timeOut } from '../../truth/stays.ts';
import { nightsBetween } from '../../world/calendar.ts';
import { dayOf, daysOf, type QuestionClass } from '../scene.ts';

/** Lists narrowed by an hour, by children, by the size of the party, and the longest of them. */
const CLOCKS = ['15:00', '17:00', '18:00', '20:00', '22:00'];
const spoken = (clock: string): readonly string[] => [
  clock,
  `${Number(clock.slice(0, 2)) - 12}pm`,
  `${Number(clock.slice(0, 2)) - 12} pm`,
];

const lateArrivals: QuestionClass = {
  name: 'late arrivals',
  times: 3,
  phrasings: {
    en: [
      'late arrivals after {clock} {day}',
      'who arrives after {clock} {day}?',
      'arrivals {day} after {clock}',
      'which guests check in later than {clock} {day}?',
      'anyone arriving after {clock} {day}?',
    ],
    de: ['wer kommt {day} nach {clock24} an?', 'Anreisen {day} nach {clock24} Uhr'],
    fr: ['arrivées {day} après {clock24}'],
    es: ['llegadas {day} después de las {clock24}'],
    pt: ['chegadas {day} depois das {clock24}'],
  },
  fillGaps(scene) {
    const days = dayOf(scene);
    const clock24 = scene.dice.pick(CLOCKS);
    const rows = arriving(scene.world, days.at)
      .filter(({ stay }) => timeIn(stay).clock > clock24)
      .map(arrivalRow);
    return {
      gaps: { day: days.words, clock24, clock: scene.dice.pick(spoken(clock24)) },
      truth: { kind: 'stays', rows, days: days.shown },
    };
  },
};

const earlyDepartures: QuestionClass = {
  name: 'early departures',
  times: 3,
  phrasings: {
    en: [
      'early departures before {clock} {day}',
      'who leaves before {clock} {day}?',
      'check-outs {day} before {clock}',
      'which guests depart earlier than {clock} {day}?',
      'anyone checking out before {clock} {day}?',
    ],
    de: ['wer reist {day} vor {clock} ab?'],
  },
  fillGaps(scene) {
    const days = dayOf(scene);
    const clock = scene.dice.pick(['08:00', '09:00', '10:00', '11:00']);
    const rows = leaving(scene.world, days.at)
      .filter(({ stay }) => timeOut(stay).clock < clock)
      .map(departureRow);
    return { gaps: { day: days.words, clock }, truth: { kind: 'stays', rows, days: days.shown } };
  },
};

const withChildren: QuestionClass = {
  name: 'with children',
  times: 3,
  phrasings: {
    en: [
      'arrivals {day} with children',
      'who arrives {day} with kids?',
      'which guests checking in {day} bring children?',
      'families with children arriving {day}',
    ],
    de: ['Anreisen {day} mit Kindern'],
    fr: ['arrivées {day} avec enfants'],
    es: ['llegadas {day} con niños'],
    pt: ['chegadas {day} com crianças'],
  },
  fillGaps(scene) {
    const days = daysOf(scene);
    const rows = arriving(scene.world, days.at)
      .filter(({ booking }) => booking.children > 0)
      .map(arrivalRow);
    return { gaps: { day: days.words }, truth: { kind: 'stays', rows, days: days.shown } };
  },
};

const withChildrenAtHome: QuestionClass = {
  name: 'with children',
  times: 3,
  phrasings: {
    en: [
      'arrivals {day} with children in the {home}',
      'anyone with kids checking in at the {home} {day}?',
      'who arrives at {home} {day} with children?',
    ],
  },
  fillGaps(scene) {
    const home = scene.dice.pick(scene.world.homes);
    const days = daysOf(scene, 'future', [home]);
    const rows = arriving(scene.world, days.at, [home])
      .filter(({ booking }) => booking.children > 0)
      .map(arrivalRow);
    return { gaps: { day: days.words, home: home.name }, truth: { kind: 'stays', rows, days: days.shown } };
  },
};

const largeParties: QuestionClass = {
  name: 'large parties',
  times: 3,
  phrasings: {
    en: [
      'arrivals {day} with {party} or more guests',
      'groups of at least {party} people arriving {day}',
      'who arrives {day} with at least {party} people?',
    ],
  },
  fillGaps(scene) {
    const party = scene.dice.between(3, 5);
    const days = daysOf(scene);
    const rows = arriving(scene.world, days.at)
      .filter(({ booking }) => booking.guests >= party)
      .map(arrivalRow);
    return { gaps: { day: days.words, party: String(party) }, truth: { kind: 'stays', rows, days: days.shown } };
  },
};

const longestStay: QuestionClass = {
  name: 'longest stay',
  times: 3,
  phrasings: {
    en: [
      'longest stay {day}?',
      'who has the longest stay {day}?',
      'which guest stays longest {day}?',
      "what's the longest booking {day}?",
    ],
    de: ['wer bleibt {day} am längsten?', 'längster Aufenthalt {day}'],
  },
  fillGaps(scene) {
    const days = dayOf(scene);
    const there = new Set(sleeping(scene.world, days.at).map(({ booking }) => booking));
    const nightsOf = ({ stays }: (typeof scene.world.bookings)[number]): number =>
      nightsBetween(stays[0].from, (stays.at(-1) ?? stays[0]).to);
    const most = Math.max(...[...there].map(nightsOf));
    const longest = [...there].filter(booking => nightsOf(booking) === most);
    return {
      gaps: { day: days.words },
      truth: {
        kind: 'says',
        codes: longest.map(({ code }) => code),
        words: [
          new RegExp(String.raw`\b${most} nights?\b`, 'u'),
          ...longest.map(({ guest }) => new RegExp(guest, 'u')),
        ],
      },
    };
  },
};

export const filterClasses: readonly QuestionClass[] = [
  lateArrivals,
  earlyDepartures,
  withChildren,
  withChildrenAtHome,
  largeParties,
  longestStay,
];
