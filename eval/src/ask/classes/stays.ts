import {
  arrivalRow,
  arriving,
  departureRow,
  leaving,
  nightRow,
  sleeping,
  stayingOver,
  turnoverRows,
} from '../../truth/stays.ts';
import { dayOf, daysOf, type QuestionClass } from '../scene.ts';

/** Who comes, goes, stays, and where one leaves as another comes. */
export const arrivals: QuestionClass = {
  name: 'arrivals',
  times: 3,
  phrasings: {
    en: [
      'who is checking in {day}?',
      "who's arriving {day}",
      'arrivals {day}',
      'check-ins {day} pls',
      'which guests arrive {day}?',
      'show me all arrivals {day}',
      'who checks in {day} and at what time?',
      'any arrivals {day}?',
      'list the check-ins {day}',
      'who is coming {day}?',
      'can you tell me who arrives {day}?',
      'what arrivals do we have {day}?',
      'whos checkin in {day}',
      'give me the arrivals {day}',
      '!query arrivals {day}',
    ],
    de: [
      'wer reist {day} an?',
      'Anreisen {day}',
      'wer kommt {day} an?',
      'welche Gäste kommen {day}?',
      'wer checkt {day} ein?',
      'zeig mir die Anreisen {day}',
    ],
    fr: [
      'qui arrive {day} ?',
      'arrivées {day}',
      'quels clients arrivent {day} ?',
      'les arrivées {day}',
      'montre-moi les arrivées {day}',
      'qui vient {day} ?',
    ],
    es: [
      '¿quién llega {day}?',
      'llegadas {day}',
      '¿qué huéspedes llegan {day}?',
      'las llegadas {day}',
      '¿quiénes llegan {day}?',
      'entradas {day}',
    ],
    pt: [
      'quem chega {day}?',
      'chegadas {day}',
      'que hóspedes chegam {day}?',
      'as chegadas {day}',
      'quem vem {day}?',
      'entradas {day}',
    ],
  },
  fillGaps(scene) {
    const days = daysOf(scene);
    return {
      gaps: { day: days.words },
      truth: { kind: 'stays', rows: arriving(scene.world, days.at).map(arrivalRow), days: days.shown },
    };
  },
};

export const arrivalsAtHome: QuestionClass = {
  name: 'arrivals',
  times: 2,
  phrasings: {
    en: [
      'who is checking in at the {home} {day}?',
      'arrivals in the {home} {day}',
      'is anyone arriving at {home} {day}?',
      '{home} arrivals {day}',
      'anyone checking in to the {home} {day}?',
    ],
    de: ['wer reist {day} im {home} an?', 'Anreisen {home} {day}'],
    fr: ['qui arrive au {home} {day} ?'],
    es: ['¿quién llega a {home} {day}?'],
    pt: ['quem chega ao {home} {day}?'],
  },
  fillGaps(scene) {
    const home = scene.dice.pick(scene.world.homes);
    const days = daysOf(scene, 'future', [home]);
    return {
      gaps: { day: days.words, home: home.name },
      truth: { kind: 'stays', rows: arriving(scene.world, days.at, [home]).map(arrivalRow), days: days.shown },
    };
  },
};

export const pastArrivals: QuestionClass = {
  name: 'arrivals',
  times: 2,
  phrasings: {
    en: ['who arrived {day}?', 'who checked in {day}', 'which guests came {day}?'],
    de: ['wer ist {day} angereist?'],
    fr: ['qui est arrivé {day} ?'],
    es: ['¿quién llegó {day}?'],
    pt: ['quem chegou {day}?'],
  },
  fillGaps(scene) {
    const days = daysOf(scene, 'past');
    return {
      gaps: { day: days.words },
      truth: { kind: 'stays', rows: arriving(scene.world, days.at).map(arrivalRow), days: days.shown },
    };
  },
};

export const departures: QuestionClass = {
  name: 'departures',
  times: 3,
  phrasings: {
    en: [
      'who is leaving {day}?',
      'departures {day}',
      'check-outs {day}',
      "who's checking out {day}",
      'which guests depart {day}?',
      'who leaves {day} and when?',
      'list the departures {day}',
      'any check outs {day}?',
      'who goes home {day}?',
      'show departures {day}',
      'what departures do we have {day}?',
      'who has to be out {day}?',
    ],
    de: ['wer reist {day} ab?', 'Abreisen {day}', 'wer checkt {day} aus?', 'welche Gäste reisen {day} ab?'],
    fr: ['qui part {day} ?', 'départs {day}', 'les départs {day}', 'quels clients partent {day} ?'],
    es: ['¿quién sale {day}?', 'salidas {day}', '¿quién se va {day}?', 'las salidas {day}'],
    pt: ['quem sai {day}?', 'saídas {day}', 'quem parte {day}?', 'as saídas {day}'],
  },
  fillGaps(scene) {
    const days = daysOf(scene);
    return {
      gaps: { day: days.words },
      truth: { kind: 'stays', rows: leaving(scene.world, days.at).map(departureRow), days: days.shown },
    };
  },
};

export const inHouse: QuestionClass = {
  name: 'in house',
  times: 3,
  phrasings: {
    en: [
      'who is staying {day}?',
      "who's in house {day}",
      'who is staying with us {day}?',
      'in-house guests {day}',
      'who sleeps here {day}?',
      'which guests are in house {day}?',
      'guests staying {day}',
      'who do we have in house {day}?',
      'which homes are occupied {day}?',
    ],
    de: ['wer übernachtet {day}?', 'wer ist {day} im Haus?', 'welche Gäste sind {day} da?'],
    fr: ['qui dort ici {day} ?', 'qui est hébergé {day} ?'],
    es: ['¿quién se aloja {day}?', '¿quién está alojado {day}?'],
    pt: ['quem está hospedado {day}?', 'quem dorme cá {day}?'],
  },
  fillGaps(scene) {
    const days = dayOf(scene);
    return {
      gaps: { day: days.words },
      truth: { kind: 'stays', rows: sleeping(scene.world, days.at).map(nightRow), days: days.shown },
    };
  },
};

export const stayOvers: QuestionClass = {
  name: 'stay-overs',
  times: 3,
  phrasings: {
    en: [
      'stay-overs {day}',
      'stayovers {day}?',
      'who is staying over {day}?',
      'which guests stay over {day}?',
      'list stay overs {day}',
      'who neither arrives nor leaves {day}?',
      'how about the stayovers {day}',
    ],
    de: ['Bleiber {day}', 'wer reist {day} weder an noch ab?'],
  },
  fillGaps(scene) {
    const days = dayOf(scene);
    return {
      gaps: { day: days.words },
      truth: { kind: 'stays', rows: stayingOver(scene.world, days.at).map(nightRow), days: days.shown },
    };
  },
};

export const turnovers: QuestionClass = {
  name: 'turnovers',
  times: 3,
  phrasings: {
    en: [
      'turnovers {day}',
      'same-day turnovers {day}',
      'any back to backs {day}?',
      'which homes have a turnover {day}?',
      'same day changeovers {day}?',
      'do we have turnovers {day}?',
      'list the turnovers {day}',
      'which homes have a departure and an arrival {day}?',
    ],
    de: ['Wechsel {day}', 'Gästewechsel {day}'],
    fr: ['rotations {day}'],
    es: ['rotaciones {day}'],
    pt: ['trocas {day}'],
  },
  fillGaps(scene) {
    const days = daysOf(scene);
    return {
      gaps: { day: days.words },
      truth: { kind: 'stays', rows: turnoverRows(scene.world, days.at), days: days.shown },
    };
  },
};
