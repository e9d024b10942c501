import type { RecordKind } from '@innkeeper/shared/domain/ids';
import type { Plan } from '@innkeeper/shared/domain/plan';
import { type Asked, whenOf } from '../asked.ts';
import type { DateSpan } from '../dates/date-expression.ts';
import type { Tag } from '../lexicon/lexicon.ts';

/** Kinds of record a free question names itself; what it does not name is searched in everything. */
const kindsByTag: ReadonlyArray<readonly [tag: Tag, kinds: readonly RecordKind[]]> = [
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
  return {
    kind: 'search',
    words: reading.question.replace(/\s+/gu, ' ').trim(),
    homes: [...new Set(reading.named.flatMap(mention => mention.listingIds))],
    kinds: [...kinds],
    ...(when ? { when } : {}),
  };
}

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
