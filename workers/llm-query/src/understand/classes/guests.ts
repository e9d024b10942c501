import type { Plan, When } from '@innkeeper/shared/domain/plan';
import { type Asked, onlyWhen } from '../asked.ts';
import type { Tag } from '../lexicon/lexicon.ts';
import { homesOf, type Part, type Reading } from '../reading.ts';
import { hasAny, isCovered } from './coverage.ts';
import { type NamedGuest, namedGuest } from './guest-name.ts';

/** Rules for one guest, by name as typed: which booking, when, how long, how many, where. Pure. */

type GuestPlan = Extract<Plan, { kind: 'guest' }>;
export type GuestAspect = GuestPlan['aspect'];

const aroundNames: readonly Tag[] = ['title', 'family', 'guest', 'booking', 'was'];

export function readGuest(asked: Asked): Plan | undefined {
  const { reading } = asked;
  const named = namedGuest(reading);
  const aspect = named && aspectOf(reading, named);
  if (!named || !aspect) return undefined;
  const past = hasAny(reading, 'arrived', 'departed', 'stayed', 'was');
  const when: When | undefined = onlyWhen(asked, { unit: 'days', lean: past ? 'past' : 'near' });
  if (!when) return undefined;
  const homes = homesOf(reading);
  return { kind: 'guest', name: named.name, aspect, homes, ...(reading.dates.length > 0 ? { when } : {}) };
}

function aspectOf(reading: Reading, named: NamedGuest): GuestAspect | undefined {
  const again: readonly Tag[] = isNamedAgain(reading, named) ? ['pronoun'] : [];
  const covers = (...tags: readonly Tag[]): boolean =>
    isCovered(reading, [...aroundNames, ...again, ...tags], { names: 1 });
  for (const [aspect, nouns, verbs] of [
    ['arrival', ['arrival', 'arrival_time'], ['arrive', 'arrived', 'expected']],
    ['departure', ['departure', 'departure_time'], ['depart', 'departed']],
  ] as const) {
    if (hasAny(reading, ...verbs) && !hasAny(reading, 'party', 'count', 'how_long', 'fact:capacity')) {
      if (isStillMeant(reading) && aspect === 'arrival')
        return covers('still', 'arrive', 'expected') ? 'status' : undefined;
      const denied: readonly Tag[] = hasAny(reading, 'arrived', 'departed') ? ['not', 'still'] : [];
      return covers('time', 'now', 'can', ...denied, ...verbs) &&
        (actsOf(reading, named, verbs) || belongs(reading, named, verbs))
        ? aspect
        : undefined;
    }
    if (hasAny(reading, ...nouns)) {
      const isUntil = reading.tags.has('departure_time') && actsOf(reading, named, ['stay']);
      return covers('time', 'which', ...(isUntil ? (['stay'] as const) : []), ...nouns) &&
        (isUntil || belongs(reading, named, nouns))
        ? aspect
        : undefined;
    }
  }
  if (hasAny(reading, 'how_long', 'nights_sum')) {
    const staying: readonly Tag[] = [
      'stay',
      'stayed',
      'occupied',
      'in_house',
      'arrive',
      'extend',
      'can',
      'made',
      'still',
    ];
    return covers('how_long', 'nights_sum', ...staying) ? 'nights' : undefined;
  }
  if (hasAny(reading, 'count', 'party', 'fact:capacity') || isHeadcount(reading))
    return partyAspect(reading, named, covers);
  if (hasAny(reading, 'where') || (hasAny(reading, 'homes') && hasAny(reading, 'which'))) {
    const somewhere =
      reading.tags.has('where') ||
      hasAny(reading, 'in', 'stay', 'stayed', 'occupied', 'extend') ||
      hasTag(reading.parts.at(-1), ['possessive']) ||
      isTheirs(reading, named) ||
      reading.parts.at(-1)?.kind === 'unknown';
    const around: readonly Tag[] = ['where', 'which', 'homes', 'stay', 'stayed', 'now', 'occupied', 'extend', 'can'];
    return somewhere && reading.homes.length === 0 && covers(...around) ? 'home' : undefined;
  }
  if (hasAny(reading, 'cancelled', 'cancellation')) {
    const theirs =
      belongs(reading, named, ['booking', 'cancellation']) || actsOf(reading, named, ['cancelled', 'cancellation']);
    return theirs && covers('status', 'cancelled', 'cancellation', 'which') ? 'status' : undefined;
  }
  if (reading.tags.has('status')) return covers('status', 'which', 'find') ? 'status' : undefined;
  if (hasAny(reading, 'stay', 'in_house')) {
    if (!covers('stay', 'in_house', 'now', 'still', 'time') || !actsOf(reading, named, ['stay', 'in_house']))
      return undefined;
    if (asksUntilWhen(reading)) return 'departure';
    return reading.tokens.some(token => yetWords.has(token.text)) ? 'arrival' : 'booking';
  }
  if (named.code && reading.parts.length === 1) return 'booking';
  if (
    !covers('find', 'time', 'which', 'status', ...(named.code ? (['overview'] as const) : [])) ||
    !hasAny(reading, 'booking', 'find', 'overview')
  )
    return undefined;
  return belongs(reading, named, ['booking']) || named.code || isFound(reading, named) ? 'booking' : undefined;
}

const partyTags: readonly Tag[] = [
  'count',
  'party',
  'with',
  'arrive',
  'arrived',
  'extend',
  'occupied',
  'expected',
  'in_house',
  'stay',
  'stayed',
  'which',
  'who',
  'fact:capacity',
];

function partyAspect(
  reading: Reading,
  named: NamedGuest,
  covers: (...tags: readonly Tag[]) => boolean,
): 'party' | undefined {
  const isThem = reading.tags.has('count') && reading.parts.every(isAboutThem);
  if (countsOther(reading) || !covers(...partyTags)) return undefined;
  const isSaid =
    hasAny(reading, ...partyTags.filter(tag => !asking.includes(tag)), 'booking') ||
    belongs(reading, named, ['guest']) ||
    isTheirs(reading, named);
  return isThem || isHeadcount(reading) || (isSaid && !asksInGeneral(reading, named)) ? 'party' : undefined;
}
const asking: readonly Tag[] = ['count', 'which', 'who'];

/** "how many bookings does Maria have" */
const countsOther = ({ parts, tokens }: Reading): boolean => {
  const at = parts.findIndex(part => hasTag(part, ['count']));
  const counted = parts.slice(at + 1).find(part => !hasTag(part, ['filler']));
  return at >= 0 && (hasTag(counted, ['booking']) || tokens[counted?.from ?? 0]?.text === 'stays');
};

/** Of what one guest has, all that can be counted is the party. */
const asksInGeneral = (reading: Reading, named: NamedGuest): boolean =>
  !hasAny(reading, 'count', 'party', 'with', 'fact:capacity') ||
  (hasAny(reading, 'who') && !belongs(reading, named, ['party', 'with']));

/** "headcount for Mia Larsen", "pax Mia Larsen" */
const isHeadcount = ({ tokens }: Reading): boolean => tokens.some(({ text }) => /^(?:headcount|pax)$/u.test(text));

/** "Mr Costa wants to stay two more nights, can he?" */
export const isNamedAgain = ({ parts }: Reading, { at }: NamedGuest): boolean =>
  parts.findIndex(part => part.kind === 'tag' && part.tag === 'pronoun') > at;

/** "find Maria Silva"; a single word may be a thing. */
const isFound = ({ parts, tokens }: Reading, { at, name }: NamedGuest): boolean =>
  /^(?:find|lookup|look)$/u.test(tokens[parts[at - 1]?.from ?? 0]?.text ?? '') && name.includes(' ');

/** "how many are the Okafors" */
const isAboutThem = (part: Part): boolean =>
  part.kind === 'unknown' ||
  hasTag(part, ['count', 'guest', 'aux', 'filler', 'family', 'prep', 'possessive', 'title', 'which']);

/** "is Maria still coming" asks whether the booking stands. */
const isStillMeant = (reading: Reading): boolean =>
  reading.tokens.some(token => token.text === 'still') &&
  hasAny(reading, 'arrive', 'expected') &&
  !hasAny(reading, 'time', 'not');

/** "which apartment does Maria have", "what is Maria's apartment" */
const isTheirs = ({ parts, tokens }: Reading, { at, after, owns }: NamedGuest): boolean =>
  (hasTag(parts[at - 1], ['aux']) && /^(?:hat|tiene|tem)$/u.test(tokens[parts[at - 1]?.from ?? 0]?.text ?? '')) ||
  (owns && hasTag(parts[after], ['homes'])) ||
  (hasTag(parts[after], ['aux']) && /^ha(?:ve|s|d)$/u.test(tokens.at(-1)?.text ?? ''));

const untilWords: ReadonlySet<string> = new Set('until|till|bis|jusqu|jusqua|hasta|ate'.split('|'));

/** "bis wann bleibt Maria" */
const asksUntilWhen = ({ parts, tokens }: Reading): boolean =>
  parts.some(part => hasTag(part, ['time']) && untilWords.has(tokens[part.from]?.text ?? ''));

const yetWords: ReadonlySet<string> = new Set('yet|schon|bereits|deja|ya|ja'.split('|'));

const hasTag = (part: Part | undefined, tags: readonly Tag[]): boolean =>
  part?.kind === 'tag' && tags.includes(part.tag);

/** "kommt Maria", "ha cancelado la señora Novak": the verb first, as a question; in English that is a command. */
export function asksVerbFirst({ parts, tokens }: Reading, named: NamedGuest, verbs: readonly Tag[]): boolean {
  const before = parts
    .slice(0, named.at)
    .filter(part => !hasTag(part, ['filler', 'prep', 'aux', 'still', 'time', 'title', 'family']));
  const [verb, second] = before.filter(part => part.kind !== 'date');
  const isNamed = /\p{Lu}/u.test(named.name.charAt(0)) || hasTag(parts[named.at], ['title']) || parts.some(isFamily);
  return isNamed && hasTag(verb, verbs) && !second && !englishVerbs.test(tokens[verb?.from ?? 0]?.text ?? '');
}
const isFamily = (part: Part): boolean => hasTag(part, ['family']);
const englishVerbs = /^(?:check|chek|cancel|call|phone|ring|extend|book|mov|arriv|leav|com|stay|depart)/u;

/** The guest does it: "is Maria arriving", "Maria arrives". "which cleaners arrive" is about several. */
function actsOf(reading: Reading, named: NamedGuest, verbs: readonly Tag[]): boolean {
  if (hasAny(reading, 'which', 'who', 'homes')) return false;
  // Romance languages put the verb first: "quand arrive Maria".
  const asksWhen = reading.tags.has('time') && !reading.tags.has('guest');
  const before = reading.parts.slice(0, named.at).findLast(part => !hasTag(part, ['filler', 'prep']));
  if ((asksWhen && hasTag(before, verbs)) || asksVerbFirst(reading, named, verbs)) return true;
  return reading.parts.slice(named.after).some(part => hasTag(part, verbs));
}

const ownership: ReadonlySet<string> = new Set(
  'of|for|under|name|by|with|on|von|fur|fuer|de|d|da|do|del|para|pour'.split('|'),
);

/** "Ankunft Jonas Weber?": nothing but the thing and a name written large. */
const isHeading = ({ parts, tokens, question }: Reading, nouns: readonly Tag[]): boolean =>
  parts.every(part =>
    part.kind === 'unknown'
      ? tokens.slice(part.from, part.to).every(({ start }) => /\p{Lu}/u.test(question[start] ?? ''))
      : part.kind === 'date' || hasTag(part, [...nouns, 'filler', 'title', 'family']),
  ) && parts.filter(part => hasTag(part, nouns)).every(part => tokens[part.to - 1]?.text.endsWith('s') !== true);

/** It is the guest's: "Maria's arrival", "the Okafor booking", "arrival time of Maria", "booking HMX4K2". */
export function belongs(reading: Reading, named: NamedGuest, nouns: readonly Tag[]): boolean {
  const thing = reading.parts[named.after];
  // "strange arrivals today" is about several, "Maria's arrivals" and "the Okafor booking" are not.
  if (thing && hasTag(thing, nouns)) return named.owns || reading.tokens[thing.to - 1]?.text.endsWith('s') !== true;
  const before = reading.parts.slice(0, named.at);
  const last = before.findLast(part => !hasTag(part, ['filler']));
  if (hasTag(last, nouns) && (named.code || isHeading(reading, nouns))) return true;
  const owned = hasTag(last, ['prep']) && ownership.has(reading.tokens[(last?.to ?? 1) - 1]?.text ?? '');
  return owned && before.some(part => hasTag(part, nouns));
}
