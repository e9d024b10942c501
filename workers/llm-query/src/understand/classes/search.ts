import type { Plan, SearchKind } from '@innkeeper/shared/domain/plan';
import { type Asked, impliedToday, whenOf } from '../asked.ts';
import type { DateSpan } from '../dates/date-expression.ts';
import type { Tag } from '../lexicon/lexicon.ts';
import type { Reading } from '../reading.ts';

/** Kinds of thing a free question names itself; what it does not name is searched in everything. */
const kindsByTag: ReadonlyArray<readonly [tag: Tag, kinds: readonly SearchKind[]]> = [
  ['chat', ['chat-message']],
  ['messages', ['guest-message', 'text-message']],
  ['texts', ['text-message']],
  ['call', ['call']],
  ['calls', ['call']],
  ['voicemail', ['call']],
  ['tasks', ['task']],
];

/** Whatever no rule reads completely: found by meaning and words, narrowed only by what is certain. Pure. */
export function readSearch(asked: Asked): Plan {
  const { reading } = asked;
  const [span, second] = reading.dates;
  const whose = whoseWords(asked);
  const past = reading.tags.has('was') || reading.tags.has('arrived') || reading.tags.has('departed');
  const when =
    span && !second && isFixed(asked, span)
      ? whenOf(asked, span, { unit: whose === 'staying' ? 'nights' : 'days', lean: past ? 'past' : 'near' })
      : whose === undefined || span
        ? undefined
        : impliedToday(asked);
  const named = kindsByTag.filter(([tag]) => reading.tags.has(tag));
  // "wrote or called" names more kinds than the telephone's.
  const kinds = new Set(
    isWritten(reading) && named.every(([tag]) => tag === 'call') ? [] : named.flatMap(([, of]) => of),
  );
  const rooms = roomsNamedIn(reading.question);
  return {
    kind: 'search',
    words: reading.question.replace(/\s+/gu, ' ').trim(),
    homes: [...new Set(reading.named.flatMap(mention => mention.listingIds))],
    kinds: rooms.length > 0 ? ['chat-message'] : [...kinds],
    ...(when ? { when } : {}),
    ...(when && whose ? { whose } : {}),
    ...(rooms.length > 0 ? { rooms } : {}),
  };
}

const writing: ReadonlySet<string> = new Set(
  'write|wrote|written|messaged|texted|geschrieben|ecrit|escrito'.split('|'),
);
const isWritten = ({ tokens }: Reading): boolean => tokens.some(({ text }) => writing.has(text));

const stayTags: ReadonlyArray<readonly [whose: 'arriving' | 'leaving' | 'staying', tags: readonly Tag[]]> = [
  ['arriving', ['arrive', 'arrived', 'arrival']],
  ['leaving', ['depart', 'departed', 'departure']],
  ['staying', ['stay', 'stayed', 'stay_over', 'in_house']],
];
const abouts: ReadonlySet<string> = new Set('about|regarding|concerning|uber|sur|sobre'.split('|'));
const froms: ReadonlySet<string> = new Set('from|of|by|who|that|which|von|die|de|qui|que'.split('|'));

/**
 * "Saturday's arrivals who asked about parking" narrows the search to those guests; "what was said about the arrivals"
 * asks about them. A stay without a day is today's only where "in house" or "now" says so.
 */
function whoseWords({ reading }: Asked): 'arriving' | 'leaving' | 'staying' | undefined {
  const says = (tag: Tag): boolean =>
    reading.parts.some(part => part.kind === 'tag' && part.tag === tag && !isTopic(reading.tokens, part.from));
  const isDated = reading.dates.length > 0 || says('in_house') || says('now');
  return isDated ? stayTags.find(([, tags]) => tags.some(says))?.[0] : undefined;
}

/** Behind "about", unless "from" or "who" stands between. */
function isTopic(tokens: Reading['tokens'], at: number): boolean {
  const about = tokens.findLastIndex(({ text }, place) => place < at && abouts.has(text));
  return about !== -1 && !tokens.slice(about, at).some(({ text }) => froms.has(text));
}

const ROOM =
  /(?<![\p{L}\p{N}])(?:in|on|from|im|aus|dans|sur|en|em|no|na)\s+(?:the\s+)?#(?<name>\p{L}[\p{L}\p{N}._-]{0,79})/giu;

/** "in #front-desk", and not a booking's number. */
const roomsNamedIn = (question: string): string[] =>
  [
    ...new Set([...question.matchAll(ROOM)].flatMap(({ groups }) => groups?.['name']?.replace(/[._-]+$/u, '') ?? [])),
  ].slice(0, ROOMS_MAX);
const ROOMS_MAX = 5;

const movers: ReadonlySet<string> = new Set(
  'from|after|before|by|every|each|than|not|except|ab|nach|vor|jeden|apres|avant|chaque|despues|antes|cada|depois'.split(
    '|',
  ),
);

/** Not "after Sunday", "every Friday" or a mere "for 3 nights": those days would narrow the search wrongly. */
const isFixed = ({ reading }: Asked, { from, expression }: DateSpan): boolean =>
  !movers.has(reading.tokens[from - 1]?.text ?? '') &&
  !(expression.kind === 'nights' && !expression.from) &&
  !(expression.kind === 'until' && expression.before);

/** Whether there is anything to search for: a word that is not only politeness, grammar or a date. */
export function hasContent(asked: Asked): boolean {
  const idle: ReadonlySet<Tag> = new Set([
    'filler',
    'aux',
    'was',
    'can',
    'prep',
    'in',
    'and',
    'with',
    'fragment',
    'correction',
    'only',
    'not',
    'still',
    'possible',
    'which',
    'who',
    'possessive',
    'pronoun',
    'count',
    'time',
    'where',
    'now',
  ]);
  return asked.reading.parts.some(
    part =>
      part.kind === 'unknown' ||
      part.kind === 'home' ||
      part.kind === 'limit' ||
      (part.kind === 'tag' && !idle.has(part.tag)),
  );
}
