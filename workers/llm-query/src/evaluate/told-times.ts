/**
 * Clock times of coming and going that somebody wrote in plain words: "we arrive at 2 pm", "Ankunft gegen 14 Uhr",
 * "salida a las 11:00". Finds only what stands nearest to a word of coming or going; a flight, a taxi or a breakfast is
 * somebody else's time. Pure; for texts of any language it reads English, German, French, Spanish and Portuguese.
 */
export interface ToldTime {
  readonly movement: 'arrival' | 'departure';
  /** `HH:MM`; two where morning or afternoon is not said ("at 3:30"). */
  readonly times: readonly string[];
  /** The sentence, word for word. */
  readonly quote: string;
}

/** More of a text than a person reads is not searched either. */
const TEXT_MAX = 4_000;

export function readToldTimes(text: string): ToldTime[] {
  return sentencesOf(text.slice(0, TEXT_MAX)).flatMap(quote => {
    const subjects = subjectsIn(quote);
    return clockTimesIn(quote).flatMap((clock): ToldTime[] => {
      const about = nearest(subjects, clock);
      return about === undefined || about === 'other' ? [] : [{ movement: about, times: clock.times, quote }];
    });
  });
}

/** A full stop ends a sentence only before a space: "12.30 Uhr" and "p.m." are inside one. */
const sentencesOf = (text: string): string[] =>
  text
    .split(/[!?;\n]+|(?<![ap]\.m)\.(?=\s|$)/iu)
    .map(sentence => sentence.trim())
    .filter(sentence => /\d|noon|midday|mittag|mediod|meio|midi/iu.test(sentence));

type Subject = 'arrival' | 'departure' | 'other';
interface Placed {
  readonly from: number;
  readonly to: number;
}

const anyWordOf = (...words: string[]): RegExp =>
  new RegExp(String.raw`(?<!\p{L})(?:${words.join('|')})(?!\p{L})`, 'giu');

const SUBJECTS: readonly (readonly [Subject, RegExp])[] = [
  [
    'arrival',
    anyWordOf(
      String.raw`arriv\p{L}*|check(?:ing|s)?[\s-]?in|(?:get|be|come|coming) (?:there|here|in)|eta`,
      String.raw`ank(?:unft|omm\p{L}*|ämen)|angekommen|anreise\p{L}*|eincheck\p{L}*|eintreff\p{L}*`,
      String.raw`lleg(?:a|o|ar|amos|an|aré|aremos|ada|aremo)|entrada|cheg(?:a|o|ar|amos|am|arei|aremos|ada)`,
      String.raw`d'arrivée`,
    ),
  ],
  [
    'departure',
    anyWordOf(
      String.raw`leav(?:e|es|ing)|depart\p{L}*|check(?:ing|s)?[\s-]?out|abreise\p{L}*|abfahr\p{L}*`,
      String.raw`auscheck\p{L}*|verlassen|part(?:ir|ons|irons|ez|ida|ir[ée]|imos)|départ|quitt\p{L}*|salid\p{L}*`,
      String.raw`sal(?:ir|imos|go|dremos|dré)|sa[íi](?:da|r|mos|remos|rei)|vamos embora`,
    ),
  ],
  [
    'other',
    anyWordOf(
      String.raw`flights?|plane|lands?|landing|train|bus|taxi|transfer|pick(?:ed)?[\s-]?up|breakfast|lunch`,
      String.raw`dinner|clean\p{L}*|call(?:ed|s)?|called|quiet|pool|flug|zug|frühstück|putz\p{L}*|reinigung`,
      String.raw`anruf|vol|avion|petit[\s-]déjeuner|ménage|vuelo|tren|desayuno|limpieza|voo|comboio|trem`,
      String.raw`pequeno[\s-]almoço|limpeza`,
    ),
  ],
];

const subjectsIn = (sentence: string): (Placed & { readonly subject: Subject })[] =>
  SUBJECTS.flatMap(([subject, pattern]) =>
    [...sentence.matchAll(pattern)].map(({ index, 0: found }) => ({ subject, from: index, to: index + found.length })),
  );

/** What stands before a time is nearer than what follows it at the same distance: "arrive at 12, leave at 10". */
function nearest(subjects: ReturnType<typeof subjectsIn>, time: Placed): Subject | undefined {
  const distance = (subject: Placed): number =>
    subject.to <= time.from ? time.from - subject.to : (subject.from - time.to) * FOLLOWING_FACTOR + 1;
  return subjects.toSorted((left, right) => distance(left) - distance(right))[0]?.subject;
}
const FOLLOWING_FACTOR = 3;

/** No part of a price, a date or a longer number. */
const ALONE = String.raw`(?<![\d.,:/€$£+-])`;

const CLOCK = new RegExp(
  [
    // 14:30, 2:30 pm, 14h30, 12.30 Uhr
    String.raw`${ALONE}(?<hour>\d{1,2})(?:(?<colon>:|h)(?<minute>[0-5]\d)|\.(?<dotted>[0-5]\d)` +
      String.raw`(?=\s*(?:uhr|h\b|am\b|pm\b|a\.m|p\.m)))(?:\s*(?<half>[ap])\.?m(?:\.|\b))?(?![\d:/])`,
    // 2 pm, 2 p.m.
    String.raw`${ALONE}(?<bare>\d{1,2})\s*(?<bareHalf>[ap])\.?m(?:\.|\b)`,
    // 14 Uhr, 14 Uhr 30, 15h, 15 horas, 15 heures
    String.raw`${ALONE}(?<named>\d{1,2})\s*` +
      String.raw`(?:uhr(?:\s+(?<namedMinute>[0-5]\d)(?!\d))?|h(?:rs?|s)?|heures?|horas?)(?!\p{L}|\d)`,
    String.raw`(?<!\p{L})(?<noon>noon|midday|mittags?|mediod[ií]a|meio[\s-]dia|midi)(?!\p{L})`,
  ].join('|'),
  'giu',
);

function clockTimesIn(sentence: string): (Placed & { readonly times: readonly string[] })[] {
  return [...sentence.matchAll(CLOCK)].flatMap(match => {
    const { hour, colon, minute, dotted, half, bare, bareHalf, named, namedMinute, noon } = match.groups ?? {};
    const times =
      noon === undefined
        ? readClock({
            hour: Number(hour ?? bare ?? named),
            minute: minute ?? dotted ?? namedMinute ?? '00',
            half: (half ?? bareHalf)?.toLowerCase(),
            // "3:30" in a chat is more often the afternoon; "03:30" and "3h30" are said by a 24-hour clock.
            isTwelveHours: colon === ':' && hour?.length === 1,
          })
        : ['12:00'];
    return times.length === 0 ? [] : [{ from: match.index, to: match.index + match[0].length, times }];
  });
}

function readClock(said: { hour: number; minute: string; half: string | undefined; isTwelveHours: boolean }): string[] {
  const { hour, minute, half, isTwelveHours } = said;
  const at = (value: number): string => `${String(value).padStart(2, '0')}:${minute}`;
  if (half !== undefined) return hour >= 1 && hour <= 12 ? [at((hour % 12) + (half === 'p' ? 12 : 0))] : [];
  if (hour > 23) return [];
  return isTwelveHours ? [at(hour), at(hour + 12)] : [at(hour)];
}
