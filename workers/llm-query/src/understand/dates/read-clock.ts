import { LocalTime } from '@innkeeper/shared/domain/local-time';
import type { Token } from '../tokens.ts';

/** Times of day in a question, and where the next word stands. Pure. */
export type Clock = { readonly time: LocalTime; readonly daysAgo?: number; readonly to: number };

/** 18:00, 18.00, 6pm, 6:30 pm, 18h, 18h30, 18 Uhr. A bare 6 could be morning or evening and is not read. */
export function clockAt(tokens: readonly Token[], at: number): Clock | undefined {
  const text = tokens[at]?.text ?? '';
  const match = /^(\d{1,2})(?:[:.h](\d{2})?)?(am|pm)?$/u.exec(text);
  if (!match) return undefined;
  const next = tokens[at + 1]?.text ?? '';
  const suffix = match[3] ?? (['am', 'pm', 'h', 'uhr'].includes(next) ? next : undefined);
  const to = match[3] === undefined && suffix !== undefined ? at + 2 : at + 1;
  const [hour, minute] = [Number(match[1]), Number(match[2] ?? 0)];
  const isTwelveHour = suffix === 'am' || suffix === 'pm';
  if (minute > 59 || hour > (isTwelveHour ? 12 : 23) || (isTwelveHour && hour === 0)) return undefined;
  if (suffix === undefined && !/[:.h]/u.test(text) && hour < 13) return undefined;
  const hours = isTwelveHour ? (hour % 12) + (suffix === 'pm' ? 12 : 0) : hour;
  return { time: LocalTime.parse(`${String(hours).padStart(2, '0')}:${String(minute).padStart(2, '0')}`), to };
}

/** Where a part of the day begins. `daysAgo` where the words say which day. */
const partsOfDay: ReadonlyArray<readonly [words: string, time: string, daysAgo?: number]> = [
  ['this morning|heute frueh|heute fruh|ce matin|esta manana|esta manha', '06:00', 0],
  ['this afternoon|cet apres midi|esta tarde', '12:00', 0],
  ['this evening', '18:00', 0],
  ['last night', '20:00', 1],
  ['last evening|yesterday evening|gestern abend|hier soir', '18:00', 1],
  ['morning|early morning', '06:00'],
  ['noon|midday|afternoon|mittag|midi', '12:00'],
  ['evening', '18:00'],
  ['midnight|mitternacht|minuit', '00:00'],
];
const starts = new Map(
  partsOfDay.flatMap(([words, time, daysAgo]) =>
    words
      .split('|')
      .map(phrase => [phrase, { time: LocalTime.parse(time), ...(daysAgo === undefined ? {} : { daysAgo }) }] as const),
  ),
);
const phraseWordsMax = 3;

export function partOfDayAt(tokens: readonly Token[], at: number): Clock | undefined {
  for (let length = phraseWordsMax; length > 0; length -= 1) {
    const phrase = tokens.slice(at, at + length);
    const found = phrase.length === length ? starts.get(phrase.map(token => token.text).join(' ')) : undefined;
    if (found) return { ...found, to: at + length };
  }
  return undefined;
}
