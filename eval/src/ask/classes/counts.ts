import { arriving, freeHomes, leaving, sleeping, turnoverRows } from '../../truth/stays.ts';
import { nightsBetween } from '../../world/calendar.ts';
import { dayOf, daysOf, type QuestionClass } from '../scene.ts';

/** Numbers and sums. */
type Count = (scene: Parameters<QuestionClass['fillGaps']>[0]) => {
  count: number;
  unit: RegExp;
  day: string;
  days: ReturnType<typeof daysOf>['shown'];
};

const counting = (name: string, phrasings: QuestionClass['phrasings'], count: Count): QuestionClass => ({
  name,
  phrasings,
  times: 3,
  fillGaps(scene) {
    const { day, ...truth } = count(scene);
    return { gaps: { day }, truth: { kind: 'count', ...truth } };
  },
});

const arrivalsCounted = counting(
  'counts',
  {
    en: [
      'how many arrivals do we have {day}?',
      'how many check-ins {day}?',
      'number of arrivals {day}',
      'how many bookings arrive {day}?',
    ],
    de: ['wie viele Anreisen haben wir {day}?', 'wie viele Anreisen {day}?'],
    fr: ["combien d'arrivées {day} ?"],
    es: ['¿cuántas llegadas hay {day}?'],
    pt: ['quantas chegadas há {day}?'],
  },
  scene => {
    const days = daysOf(scene);
    return {
      count: arriving(scene.world, days.at).filter(({ isFirst }) => isFirst).length,
      unit: /^arrival/u,
      day: days.words,
      days: days.shown,
    };
  },
);

const departuresCounted = counting(
  'counts',
  {
    en: ['how many departures {day}?', 'how many check-outs are there {day}?', 'count the departures {day}'],
    de: ['wie viele Abreisen {day}?'],
    fr: ['combien de départs {day} ?'],
    es: ['¿cuántas salidas hay {day}?'],
    pt: ['quantas saídas há {day}?'],
  },
  scene => {
    const days = daysOf(scene);
    return {
      count: leaving(scene.world, days.at).filter(({ isLast }) => isLast).length,
      unit: /^departure/u,
      day: days.words,
      days: days.shown,
    };
  },
);

const turnoversCounted = counting(
  'counts',
  { en: ['how many turnovers {day}?', 'how many back-to-backs do we have {day}'] },
  scene => {
    const days = daysOf(scene);
    return {
      count: turnoverRows(scene.world, days.at).length,
      unit: /^(?:home|turnover)/u,
      day: days.words,
      days: days.shown,
    };
  },
);

const freeCounted = counting(
  'counts',
  {
    en: ['how many homes are free {day}?', 'how many flats are empty {day}?'],
    de: ['wie viele Wohnungen sind {day} frei?'],
  },
  scene => {
    const days = dayOf(scene);
    return {
      count: freeHomes(scene.world, days.at).length,
      unit: /^(?:home|none)/u,
      day: days.words,
      days: days.shown,
    };
  },
);

const peopleSummed = counting(
  'sums',
  {
    en: [
      'how many guests are staying with us {day}?',
      'how many people are in house {day}?',
      'total number of guests in house {day}',
      'how many people sleep here {day}?',
      'how many guests do we have in house {day}?',
    ],
    de: ['wie viele Gäste sind {day} im Haus?'],
  },
  scene => {
    const days = dayOf(scene);
    const people = sleeping(scene.world, days.at).reduce((sum, { booking }) => sum + booking.guests, 0);
    return { count: people, unit: /^(?:guest|people|person)/u, day: days.words, days: days.shown };
  },
);

const arrivingPeople = counting(
  'sums',
  {
    en: [
      'how many people arrive {day} in total?',
      'how many people are arriving {day}?',
      'how many people are checking in {day}?',
      'total people arriving {day}',
    ],
  },
  scene => {
    const days = dayOf(scene);
    const people = arriving(scene.world, days.at)
      .filter(({ isFirst }) => isFirst)
      .reduce((sum, { booking }) => sum + booking.guests, 0);
    return { count: people, unit: /^(?:guest|people|person)/u, day: days.words, days: days.shown };
  },
);

const nightsSummed = counting(
  'sums',
  {
    en: [
      'how many nights do the arrivals {day} stay in total?',
      'total nights of the arrivals {day}',
      'how many nights are the arrivals {day} altogether?',
    ],
  },
  scene => {
    const days = dayOf(scene);
    const bookings = new Set(
      arriving(scene.world, days.at)
        .filter(({ isFirst }) => isFirst)
        .map(({ booking }) => booking),
    );
    const nights = [...bookings].reduce(
      (sum, { stays }) => sum + nightsBetween(stays[0].from, (stays.at(-1) ?? stays[0]).to),
      0,
    );
    return { count: nights, unit: /^night/u, day: days.words, days: days.shown };
  },
);

export const countClasses: readonly QuestionClass[] = [
  arrivalsCounted,
  departuresCounted,
  turnoversCounted,
  freeCounted,
  peopleSummed,
  arrivingPeople,
  nightsSummed,
];
