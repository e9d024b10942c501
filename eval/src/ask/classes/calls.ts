import { type CallLine, callsOf } from '../../truth/calls.ts';
import { plusDays } from '../../world/calendar.ts';
import { NOW_DAY } from '../../world/make-world.ts';
import { TODAY_OR_YESTERDAY } from '../day-words.ts';
import type { QuestionClass } from '../scene.ts';

/** Calls, voicemails, and guests' messages that nobody has answered. */
const calls = (
  name: string,
  phrasings: QuestionClass['phrasings'],
  which: (line: CallLine) => boolean,
): QuestionClass => ({
  name,
  phrasings,
  times: 2,
  isOfNow: true,
  fillGaps({ world, dice, language }) {
    const [words, back] = dice.pick(TODAY_OR_YESTERDAY[language]);
    const day = plusDays(NOW_DAY, -back);
    const lines = callsOf(world).filter(line => line.day === day && which(line));
    return {
      gaps: { day: words },
      truth: {
        kind: 'lines',
        lines: lines.map(({ clock, who }) => [clock, ...(who === undefined ? [] : [who])]),
        days: [{ from: day, to: day }],
      },
    };
  },
});

const missedCalls = calls(
  'missed calls',
  {
    en: [
      'missed calls {day}',
      'did we miss any calls {day}?',
      'which calls did we miss {day}?',
      'any missed calls {day}',
      'calls we missed {day}',
      'whose calls did we miss {day}?',
    ],
    de: ['verpasste Anrufe {day}', 'welche Anrufe haben wir {day} verpasst?'],
    fr: ['appels manqués {day}'],
    es: ['llamadas perdidas {day}'],
    pt: ['chamadas perdidas {day}'],
  },
  ({ missed }) => missed,
);
const allCalls = calls(
  'calls',
  {
    en: [
      'calls {day}',
      'who called {day}?',
      'show me the calls {day}',
      'list all calls {day}',
      'which calls came in {day}?',
    ],
    de: ['Anrufe {day}', 'wer hat {day} angerufen?'],
    fr: ['appels {day}'],
    es: ['llamadas {day}'],
    pt: ['chamadas {day}'],
  },
  () => true,
);
const voicemails = calls(
  'voicemails',
  {
    en: [
      'voicemails {day}',
      'any voicemails {day}?',
      'who left a voicemail {day}?',
      'did anybody leave a voicemail {day}?',
    ],
    de: ['Voicemails {day}'],
  },
  ({ voicemail }) => voicemail,
);

const callsWith: QuestionClass = {
  name: 'calls with somebody',
  times: 2,
  isOfNow: true,
  phrasings: {
    en: [
      'did {guest} call {day}?',
      'calls with {guest} {day}',
      'calls from {guest} {day}',
      'has {guest} called {day}?',
    ],
    de: ['hat {guest} {day} angerufen?'],
  },
  fillGaps({ world, dice, language }) {
    const [words, back] = dice.pick(TODAY_OR_YESTERDAY[language]);
    const day = plusDays(NOW_DAY, -back);
    const named = callsOf(world).filter(({ who }) => who !== undefined);
    const guest = dice.pick(named).who ?? '';
    const lines = named.filter(line => line.day === day && line.who === guest);
    return { gaps: { day: words, guest }, truth: { kind: 'lines', lines: lines.map(({ clock }) => [clock, guest]) } };
  },
};

const unanswered: QuestionClass = {
  name: 'unanswered messages',
  times: 1,
  isOfNow: true,
  phrasings: {
    en: [
      'unanswered guest messages',
      'which guest messages are unanswered?',
      'which guests are waiting for a reply?',
      'any messages we have not answered?',
      'who is still waiting for an answer?',
      'guest messages without a reply',
    ],
    de: ['unbeantwortete Nachrichten', 'welche Gäste warten auf Antwort?'],
    fr: ['messages sans réponse'],
    es: ['mensajes sin responder'],
    pt: ['mensagens por responder'],
  },
  fillGaps({ world }) {
    const answered = new Set(
      world.messages.filter(({ author }) => author === 'host').map(({ id }) => id.replace('-reply', '')),
    );
    const waiting = world.messages.filter(({ id, author }) => author === 'guest' && !answered.has(id));
    return { gaps: {}, truth: { kind: 'lines', lines: waiting.map(({ booking }) => [booking.guest]) } };
  },
};

export const callClasses: readonly QuestionClass[] = [missedCalls, allCalls, voicemails, callsWith, unanswered];
