import type { Plan, SearchKind } from '@innkeeper/shared/domain/plan';
import { type Asked, whenOf } from '../asked.ts';
import type { DateSpan } from '../dates/date-expression.ts';
import type { Tag } from '../lexicon/lexicon.ts';

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
  const past = reading.tags.has('was') || reading.tags.has('arrived') || reading.tags.has('departed');
  const when =
    span && !second && isFixed(asked, span)
      ? whenOf(asked, span, { unit: 'days', lean: past ? 'past' : 'near' })
      : undefined;
  const kinds = new Set(kindsByTag.flatMap(([tag, kinds]) => (reading.tags.has(tag) ? kinds : [])));
  const rooms = roomsNamedIn(reading.question);
  return {
    kind: 'search',
    words: reading.question.replace(/\s+/gu, ' ').trim(),
    homes: [...new Set(reading.named.flatMap(mention => mention.listingIds))],
    kinds: rooms.length > 0 ? ['chat-message'] : [...kinds],
    ...(when ? { when } : {}),
    ...(rooms.length > 0 ? { rooms } : {}),
  };
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
  !movers.has(reading.tokens[from - 1]?.text ?? '') && !(expression.kind === 'nights' && !expression.from);

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
    part => part.kind === 'unknown' || part.kind === 'home' || (part.kind === 'tag' && !idle.has(part.tag)),
  );
}
