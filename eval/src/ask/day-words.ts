import type { Dice } from '@innkeeper/local-stack/demo/world/dice';
import { type Day, type Days, lastWeekday, nextWeekday, plusDays, weekdayOf } from '../world/calendar.ts';
import type { Language } from './asked.ts';

/** Days as people name them, with the days they mean for somebody to whom it is `today`. Pure. */
export interface DayWords {
  readonly words: string;
  readonly mean: (today: Day) => Days;
}

export type Tense = 'future' | 'past';

const one = (day: Day): Days => ({ from: day, to: day });
const inDays =
  (count: number) =>
  (today: Day): Days =>
    one(plusDays(today, count));

interface Vocabulary {
  readonly near: readonly (readonly [string, number])[];
  readonly past: readonly (readonly [string, number])[];
  /** From Sunday on, as in "on Tuesday". */
  readonly weekdays: readonly string[];
  readonly months: readonly string[];
  readonly onDate: (day: number, month: string, monthNumber: number) => readonly string[];
  readonly nextWeek: string;
  readonly inDays: (count: number) => string;
  readonly fromTo: (from: string, to: string) => string;
}

const EN_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

const VOCABULARIES: Readonly<Record<Language, Vocabulary>> = {
  en: {
    near: [
      ['today', 0],
      ['tomorrow', 1],
      ['tmrw', 1],
      ['the day after tomorrow', 2],
    ],
    past: [['yesterday', -1]],
    weekdays: ['on Sunday', 'on Monday', 'on Tuesday', 'on Wednesday', 'on Thursday', 'on Friday', 'on Saturday'],
    months: EN_MONTHS,
    onDate: (day, month, number) => [
      `on ${day} ${month}`,
      `on ${month.slice(0, 3)} ${day}`,
      `on 2026-${String(number).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
      `on ${month} ${day}${ordinal(day)}`,
      `on the ${day}${ordinal(day)} of ${month}`,
    ],
    nextWeek: 'next week',
    inDays: count => `in ${count} days`,
    fromTo: (from, to) => `from ${from} to ${to}`,
  },
  de: {
    near: [
      ['heute', 0],
      ['morgen', 1],
      ['übermorgen', 2],
    ],
    past: [['gestern', -1]],
    weekdays: ['am Sonntag', 'am Montag', 'am Dienstag', 'am Mittwoch', 'am Donnerstag', 'am Freitag', 'am Samstag'],
    months: [
      'Januar',
      'Februar',
      'März',
      'April',
      'Mai',
      'Juni',
      'Juli',
      'August',
      'September',
      'Oktober',
      'November',
      'Dezember',
    ],
    onDate: (day, month, number) => [`am ${day}. ${month}`, `am ${day}.${number}.`, `am ${day}.${number}.2026`],
    nextWeek: 'nächste Woche',
    inDays: count => `in ${count} Tagen`,
    fromTo: (from, to) => `vom ${from.replace('am ', '')} bis ${to.replace('am ', '')}`,
  },
  fr: {
    near: [
      ["aujourd'hui", 0],
      ['demain', 1],
      ['après-demain', 2],
    ],
    past: [['hier', -1]],
    weekdays: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
    months: [
      'janvier',
      'février',
      'mars',
      'avril',
      'mai',
      'juin',
      'juillet',
      'août',
      'septembre',
      'octobre',
      'novembre',
      'décembre',
    ],
    onDate: (day, month, number) => [`le ${day} ${month}`, `le ${day}/${number}`],
    nextWeek: 'la semaine prochaine',
    inDays: count => `dans ${count} jours`,
    fromTo: (from, to) => `du ${from.replace('le ', '')} au ${to.replace('le ', '')}`,
  },
  es: {
    near: [
      ['hoy', 0],
      ['mañana', 1],
      ['pasado mañana', 2],
    ],
    past: [['ayer', -1]],
    weekdays: ['el domingo', 'el lunes', 'el martes', 'el miércoles', 'el jueves', 'el viernes', 'el sábado'],
    months: [
      'enero',
      'febrero',
      'marzo',
      'abril',
      'mayo',
      'junio',
      'julio',
      'agosto',
      'septiembre',
      'octubre',
      'noviembre',
      'diciembre',
    ],
    onDate: (day, month, number) => [`el ${day} de ${month}`, `el ${day}/${number}`],
    nextWeek: 'la próxima semana',
    inDays: count => `dentro de ${count} días`,
    fromTo: (from, to) => `del ${from.replace('el ', '')} al ${to.replace('el ', '')}`,
  },
  pt: {
    near: [
      ['hoje', 0],
      ['amanhã', 1],
      ['depois de amanhã', 2],
    ],
    past: [['ontem', -1]],
    weekdays: [
      'no domingo',
      'na segunda-feira',
      'na terça-feira',
      'na quarta-feira',
      'na quinta-feira',
      'na sexta-feira',
      'no sábado',
    ],
    months: [
      'janeiro',
      'fevereiro',
      'março',
      'abril',
      'maio',
      'junho',
      'julho',
      'agosto',
      'setembro',
      'outubro',
      'novembro',
      'dezembro',
    ],
    onDate: (day, month, number) => [`a ${day} de ${month}`, `no dia ${day} de ${month}`, `em ${day}/${number}`],
    nextWeek: 'na próxima semana',
    inDays: count => `daqui a ${count} dias`,
    fromTo: (from, to) => `de ${from.replace('a ', '')} a ${to.replace('a ', '')}`,
  },
};

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th';
}

/** One day or a few, in this language, named in one of the ways it has. `base` is today where most homes are. */
export function someDays(language: Language, tense: Tense, base: Day, dice: Dice): DayWords {
  const vocabulary = VOCABULARIES[language];
  // On the very weekday, "on Saturday" may mean today or in a week: nobody can say which is right. Zones differ by
  // a day.
  const weekday = (weekdayOf(base) + dice.between(2, 5)) % 7;
  const onWeekday = vocabulary.weekdays[weekday] ?? '';
  if (tense === 'past') {
    if (dice.chance(50)) return { words: onWeekday, mean: today => one(lastWeekday(today, weekday)) };
    return near(dice.pick(vocabulary.past));
  }
  const kind = dice.between(1, 100);
  if (kind <= 45) return near(dice.pick(vocabulary.near));
  if (kind <= 65) return { words: onWeekday, mean: today => one(nextWeekday(today, weekday)) };
  if (kind <= 85) {
    const day = plusDays(base, dice.between(3, 20));
    return { words: dice.pick(dated(day, vocabulary)), mean: () => one(day) };
  }
  if (kind <= 91) {
    const count = dice.between(3, 12);
    return { words: vocabulary.inDays(count), mean: inDays(count) };
  }
  if (kind <= 95) return { words: vocabulary.nextWeek, mean: weekAfter };
  const from = plusDays(base, dice.between(3, 12));
  const to = plusDays(from, dice.between(1, 3));
  return {
    words: vocabulary.fromTo(dated(from, vocabulary)[0] ?? '', dated(to, vocabulary)[0] ?? '').replaceAll('on ', ''),
    mean: () => ({ from, to }),
  };
}

const near = ([words, count]: readonly [string, number]): DayWords => ({ words, mean: inDays(count) });

/** Monday to Sunday. */
function weekAfter(today: Day): Days {
  const monday = nextWeekday(today, 1);
  return { from: monday, to: plusDays(monday, 6) };
}

function dated(day: Day, { onDate, months }: Vocabulary): readonly string[] {
  const month = Number(day.slice(5, 7));
  // Up to the twelfth, 5/11 is November in Lisbon and May in New York.
  return onDate(Number(day.slice(8)), months[month - 1] ?? '', month).filter(
    words => Number(day.slice(8)) > 12 || !words.includes('/'),
  );
}

/** Always one single day, as "on …" is needed where a night or a clock follows. */
export function oneDay(language: Language, base: Day, dice: Dice): DayWords {
  const vocabulary = VOCABULARIES[language];
  if (dice.chance(50)) return near(dice.pick(vocabulary.near));
  const day = plusDays(base, dice.between(3, 20));
  return { words: dice.pick(dated(day, vocabulary)), mean: () => one(day) };
}

export const TODAY: DayWords = { words: 'today', mean: one };

/** With how many days back. */
export const TODAY_OR_YESTERDAY: Readonly<Record<Language, readonly (readonly [string, number])[]>> = {
  en: [
    ['today', 0],
    ['yesterday', 1],
  ],
  de: [
    ['heute', 0],
    ['gestern', 1],
  ],
  fr: [
    ["aujourd'hui", 0],
    ['hier', 1],
  ],
  es: [
    ['hoy', 0],
    ['ayer', 1],
  ],
  pt: [
    ['hoje', 0],
    ['ontem', 1],
  ],
};
