import { arrivalRow, arriving } from '../../truth/stays.ts';
import type { Days } from '../../world/calendar.ts';
import { namedDays, type QuestionClass } from '../scene.ts';

/** Days in every manner of speaking, asked on Saturday 24 October 2026, with the days they mean then. */
const one = (day: string): Days => ({ from: day, to: day });
const span = (from: string, to: string): Days => ({ from, to });

const EN: readonly (readonly [string, Days])[] = [
  ['today', one('2026-10-24')],
  ['tonight', one('2026-10-24')],
  ['2moro', one('2026-10-25')],
  ['tomorow', one('2026-10-25')],
  ['this Sunday', one('2026-10-25')],
  ['the day after tomorrow', one('2026-10-26')],
  ['on Monday', one('2026-10-26')],
  ['on Monday and Tuesday', span('2026-10-26', '2026-10-27')],
  ['from Monday to Thursday', span('2026-10-26', '2026-10-29')],
  ['from Tuesday until Friday', span('2026-10-27', '2026-10-30')],
  ['next week', span('2026-10-26', '2026-11-01')],
  ['next weekend', span('2026-10-31', '2026-11-01')],
  ['next month', span('2026-11-01', '2026-11-30')],
  ['in November', span('2026-11-01', '2026-11-30')],
  ['in the first week of November', span('2026-11-01', '2026-11-07')],
  ['on the 3rd', one('2026-11-03')],
  ['on the 28th', one('2026-10-28')],
  ['on the third of November', one('2026-11-03')],
  ['in 10 days', one('2026-11-03')],
  ['in ten days', one('2026-11-03')],
  ['in a week', one('2026-10-31')],
  ['in two weeks', one('2026-11-07')],
  ['a week from today', one('2026-10-31')],
  ['a week on Monday', one('2026-11-02')],
  ['on 3 November', one('2026-11-03')],
  ['on November 3rd', one('2026-11-03')],
  ['on Nov 3', one('2026-11-03')],
  ['on 3 Nov 2026', one('2026-11-03')],
  ['on Tuesday 3 November', one('2026-11-03')],
  ['on Tue, Nov 3', one('2026-11-03')],
  ['on 2026-11-03', one('2026-11-03')],
  ['on 03.11.2026', one('2026-11-03')],
  ['on 3/11/2026', one('2026-11-03')],
  ['on 28/10', one('2026-10-28')],
  ['on 3-5 November', span('2026-11-03', '2026-11-05')],
  ['from 3 to 5 November', span('2026-11-03', '2026-11-05')],
  ['between 3 and 5 November', span('2026-11-03', '2026-11-05')],
  ['from 2026-11-03 to 2026-11-05', span('2026-11-03', '2026-11-05')],
  ['from 30 October to 2 November', span('2026-10-30', '2026-11-02')],
  ['on Halloween', one('2026-10-31')],
  ['at Christmas', one('2026-12-25')],
  ['on Christmas Eve', one('2026-12-24')],
  ["on New Year's Eve", one('2026-12-31')],
  ['on Easter Sunday', one('2027-03-28')],
  ['on Easter Monday', one('2027-03-29')],
  ['on Good Friday', one('2027-03-26')],
  ['on Wednesday week', one('2026-11-04')],
];

const OTHERS: Readonly<Record<'de' | 'fr' | 'es' | 'pt', readonly (readonly [string, Days])[]>> = {
  de: [
    ['heute Abend', one('2026-10-24')],
    ['übermorgen', one('2026-10-26')],
    ['am Montag', one('2026-10-26')],
    ['am 3. November', one('2026-11-03')],
    ['am 3.11.', one('2026-11-03')],
    ['am 03.11.2026', one('2026-11-03')],
    ['nächste Woche', span('2026-10-26', '2026-11-01')],
    ['in 10 Tagen', one('2026-11-03')],
    ['in einer Woche', one('2026-10-31')],
    ['vom 3. bis 5. November', span('2026-11-03', '2026-11-05')],
    ['von Montag bis Donnerstag', span('2026-10-26', '2026-10-29')],
    ['im November', span('2026-11-01', '2026-11-30')],
    ['an Weihnachten', one('2026-12-25')],
    ['an Heiligabend', one('2026-12-24')],
    ['nächstes Wochenende', span('2026-10-31', '2026-11-01')],
    ['am Dienstag, 3. November', one('2026-11-03')],
  ],
  fr: [
    ['ce soir', one('2026-10-24')],
    ['après-demain', one('2026-10-26')],
    ['lundi', one('2026-10-26')],
    ['le 3 novembre', one('2026-11-03')],
    ['le 3/11/2026', one('2026-11-03')],
    ['la semaine prochaine', span('2026-10-26', '2026-11-01')],
    ['dans 10 jours', one('2026-11-03')],
    ['dans une semaine', one('2026-10-31')],
    ['du 3 au 5 novembre', span('2026-11-03', '2026-11-05')],
    ['de lundi à jeudi', span('2026-10-26', '2026-10-29')],
    ['en novembre', span('2026-11-01', '2026-11-30')],
    ['à Noël', one('2026-12-25')],
    ['le 1er novembre', one('2026-11-01')],
    ['mardi 3 novembre', one('2026-11-03')],
  ],
  es: [
    ['esta noche', one('2026-10-24')],
    ['pasado mañana', one('2026-10-26')],
    ['el lunes', one('2026-10-26')],
    ['el 3 de noviembre', one('2026-11-03')],
    ['el 3/11/2026', one('2026-11-03')],
    ['la próxima semana', span('2026-10-26', '2026-11-01')],
    ['dentro de 10 días', one('2026-11-03')],
    ['en una semana', one('2026-10-31')],
    ['del 3 al 5 de noviembre', span('2026-11-03', '2026-11-05')],
    ['de lunes a jueves', span('2026-10-26', '2026-10-29')],
    ['en noviembre', span('2026-11-01', '2026-11-30')],
    ['en Navidad', one('2026-12-25')],
    ['el martes 3 de noviembre', one('2026-11-03')],
    ['el próximo fin de semana', span('2026-10-31', '2026-11-01')],
  ],
  pt: [
    ['esta noite', one('2026-10-24')],
    ['depois de amanhã', one('2026-10-26')],
    ['na segunda-feira', one('2026-10-26')],
    ['a 3 de novembro', one('2026-11-03')],
    ['em 3/11/2026', one('2026-11-03')],
    ['na próxima semana', span('2026-10-26', '2026-11-01')],
    ['daqui a 10 dias', one('2026-11-03')],
    ['daqui a uma semana', one('2026-10-31')],
    ['de 3 a 5 de novembro', span('2026-11-03', '2026-11-05')],
    ['de segunda a quinta-feira', span('2026-10-26', '2026-10-29')],
    ['em novembro', span('2026-11-01', '2026-11-30')],
    ['no Natal', one('2026-12-25')],
    ['na terça-feira, 3 de novembro', one('2026-11-03')],
    ['no próximo fim de semana', span('2026-10-31', '2026-11-01')],
  ],
};

const NOUNS = { en: 'arrivals', de: 'Anreisen', fr: 'arrivées', es: 'llegadas', pt: 'chegadas' } as const;

const dateClass = (language: keyof typeof NOUNS, [words, days]: readonly [string, Days]): QuestionClass => ({
  name: 'dates',
  times: 1,
  isOfNow: true,
  phrasings: { [language]: [`${NOUNS[language]} ${words}`] },
  fillGaps(scene) {
    const meant = namedDays(scene, { words, mean: () => days });
    return { gaps: {}, truth: { kind: 'stays', rows: arriving(scene.world, meant.at).map(arrivalRow), days: [days] } };
  },
});

export const dateClasses: readonly QuestionClass[] = [
  ...EN.map(entry => dateClass('en', entry)),
  ...(['de', 'fr', 'es', 'pt'] as const).flatMap(language => OTHERS[language].map(entry => dateClass(language, entry))),
];
