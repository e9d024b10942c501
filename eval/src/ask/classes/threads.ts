import { arrivalRow, arriving, departureRow, freeHomes, leaving, nightRow, sleeping } from '../../truth/stays.ts';
import { plusDays } from '../../world/calendar.ts';
import type { DayWords } from '../day-words.ts';
import { namedDays, type QuestionClass } from '../scene.ts';

/** Follow-ups that lean on what was asked before, and what nobody can read. */
const inDays = (words: string, count: number): DayWords => ({
  words,
  mean: day => ({ from: plusDays(day, count), to: plusDays(day, count) }),
});
const today = inDays('today', 0);
const tomorrow = inDays('tomorrow', 1);

const andTomorrow: QuestionClass = {
  name: 'follow-ups',
  times: 2,
  phrasings: {
    en: ['and tomorrow?', 'what about tomorrow?', 'and tmrw', 'tomorrow?'],
    de: ['und morgen?'],
    fr: ['et demain ?'],
    es: ['¿y mañana?'],
    pt: ['e amanhã?'],
  },
  fillGaps(scene) {
    const first = {
      en: 'who is checking in today?',
      de: 'wer reist heute an?',
      fr: "qui arrive aujourd'hui ?",
      es: '¿quién llega hoy?',
      pt: 'quem chega hoje?',
    }[scene.language];
    const days = namedDays(scene, tomorrow);
    return {
      gaps: {},
      before: [first],
      truth: { kind: 'stays', rows: arriving(scene.world, days.at).map(arrivalRow), days: days.shown },
    };
  },
};

const otherHome: QuestionClass = {
  name: 'follow-ups',
  times: 2,
  phrasings: {
    en: ['what about the {home}?', 'and the {home}?', 'and {home}?', 'how about {home}', 'I meant the {home}'],
  },
  fillGaps(scene) {
    const [one, other] = scene.dice.shuffle(scene.world.homes);
    if (one === undefined || other === undefined) return undefined;
    const days = namedDays(scene, tomorrow, [other]);
    return {
      gaps: { home: other.name },
      before: [`is the ${one.name} free tomorrow?`],
      truth: { kind: 'yes_no', yes: freeHomes(scene.world, days.at).includes(other), days: days.shown },
    };
  },
};

const andDepartures: QuestionClass = {
  name: 'follow-ups',
  times: 2,
  phrasings: { en: ['and departures?', 'and who is leaving?', 'what about check-outs?'] },
  fillGaps(scene) {
    const days = namedDays(scene, tomorrow);
    return {
      gaps: {},
      before: ['arrivals tomorrow'],
      truth: { kind: 'stays', rows: leaving(scene.world, days.at).map(departureRow), days: days.shown },
    };
  },
};

const howMany: QuestionClass = {
  name: 'follow-ups',
  times: 2,
  phrasings: { en: ['how many?', 'how many is that?'] },
  fillGaps(scene) {
    const days = namedDays(scene, today);
    const count = arriving(scene.world, days.at).filter(({ isFirst }) => isFirst).length;
    return {
      gaps: {},
      before: ['who is checking in today?'],
      truth: { kind: 'count', count, unit: /^arrival/u, days: days.shown },
    };
  },
};

const stillThere: QuestionClass = {
  name: 'follow-ups',
  times: 2,
  phrasings: { en: ['and the day after?', 'and the night after?'] },
  fillGaps(scene) {
    const days = namedDays(scene, inDays('', 2));
    return {
      gaps: {},
      before: ['who is staying tomorrow?'],
      truth: { kind: 'stays', rows: sleeping(scene.world, days.at).map(nightRow), days: days.shown },
    };
  },
};

const chosenHome: QuestionClass = {
  name: 'follow-ups',
  times: 2,
  phrasings: { en: ['Harbour View 2', 'the second one', 'Harbour View 2 please'] },
  fillGaps(scene) {
    const home = scene.world.homes.find(({ name }) => name === 'Harbour View 2');
    if (home === undefined) return undefined;
    const days = namedDays(scene, tomorrow, [home]);
    return {
      gaps: {},
      before: ['is Harbour View free tomorrow?'],
      truth: { kind: 'yes_no', yes: freeHomes(scene.world, days.at).includes(home), days: days.shown },
    };
  },
};

const badInput: QuestionClass = {
  name: 'bad input',
  times: 1,
  phrasings: {
    en: [
      '',
      '   ',
      '👍',
      '🎉🎉🎉🎉',
      '?',
      '...',
      'asdf qwer zxcv',
      'arrivals on 9999-12-31',
      'arrivals from 28 October to 26 October',
      'who is checking in on 31 February?',
      'кто приезжает сегодня?',
      '今日は誰がチェックインしますか',
      'מי מגיע היום',
      '\u0000\u0007\u001b[31m',
      '\u202earrivals today',
      '{long}',
      '{"json": true}',
      "'; drop table bookings; --",
      'yesterday',
      '{many}',
    ],
  },
  fillGaps: () => ({
    gaps: { long: 'lorem ipsum '.repeat(420), many: 'arrivals today and '.repeat(250) },
    truth: { kind: 'short_reply', charactersMax: 1_500 },
  }),
};

const help: QuestionClass = {
  name: 'help',
  times: 1,
  phrasings: {
    en: ['help', 'what can you do?', 'Help!', '@innkeeper', 'how do you work?'],
    de: ['Hilfe'],
    fr: ['aide'],
    es: ['ayuda'],
    pt: ['ajuda'],
  },
  fillGaps: () => ({ gaps: {}, truth: { kind: 'says', words: [/•.*\?/u, /not shown in chat/u] } }),
};

export const threadClasses: readonly QuestionClass[] = [
  andTomorrow,
  otherHome,
  andDepartures,
  howMany,
  stillThere,
  chosenHome,
  badInput,
  help,
];
