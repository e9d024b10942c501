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
  const covers = (...tags: readonly Tag[]): boolean => isCovered(reading, [...aroundNames, ...tags], 1);
  for (const [aspect, nouns, verbs] of [
    ['arrival', ['arrival', 'arrival_time'], ['arrive', 'arrived', 'expected']],
    ['departure', ['departure', 'departure_time'], ['depart', 'departed']],
  ] as const) {
    if (hasAny(reading, ...verbs) && !hasAny(reading, 'party', 'count', 'how_long')) {
      return covers('time', 'now', ...verbs) && (actsOf(reading, named, verbs) || belongs(reading, named, verbs))
        ? aspect
        : undefined;
    }
    if (hasAny(reading, ...nouns)) {
      return covers('time', 'which', ...nouns) && belongs(reading, named, nouns) ? aspect : undefined;
    }
  }
  if (reading.tags.has('how_long'))
    return covers('how_long', 'stay', 'stayed', 'occupied', 'in_house', 'arrive') ? 'nights' : undefined;
  if (reading.tags.has('count') || reading.tags.has('party')) return partyAspect(reading, covers);
  if (hasAny(reading, 'where') || (hasAny(reading, 'homes') && hasAny(reading, 'which'))) {
    const somewhere =
      reading.tags.has('where') ||
      hasAny(reading, 'in', 'stay', 'stayed') ||
      hasTag(reading.parts.at(-1), ['possessive']);
    return somewhere && reading.homes.length === 0 && covers('where', 'which', 'homes', 'stay', 'stayed', 'now')
      ? 'home'
      : undefined;
  }
  if (reading.tags.has('status')) return covers('status', 'which', 'find') ? 'status' : undefined;
  if (hasAny(reading, 'stay', 'in_house')) {
    return covers('stay', 'in_house', 'now') && actsOf(reading, named, ['stay', 'in_house']) ? 'booking' : undefined;
  }
  if (named.code && reading.parts.length === 1) return 'booking';
  if (!covers('find', 'time', 'which') || !hasAny(reading, 'booking', 'find')) return undefined;
  return belongs(reading, named, ['booking']) || named.code ? 'booking' : undefined;
}

function partyAspect(reading: Reading, covers: (...tags: readonly Tag[]) => boolean): 'party' | undefined {
  if (!hasAny(reading, 'guest', 'party')) return undefined;
  return covers('count', 'party', 'which', 'with', 'arrive', 'stay', 'who') &&
    hasAny(reading, 'party', 'with', 'booking', 'arrive')
    ? 'party'
    : undefined;
}

const hasTag = (part: Part | undefined, tags: readonly Tag[]): boolean =>
  part?.kind === 'tag' && tags.includes(part.tag);

/** The guest does it: "is Maria arriving", "Maria arrives". "which cleaners arrive" is about several. */
function actsOf(reading: Reading, named: NamedGuest, verbs: readonly Tag[]): boolean {
  if (hasAny(reading, 'which', 'who', 'homes')) return false;
  // Romance languages put the verb first: "quand arrive Maria".
  const asksWhen = reading.tags.has('time') && !reading.tags.has('guest');
  const before = reading.parts.slice(0, named.at).findLast(part => !hasTag(part, ['filler', 'prep']));
  if (asksWhen && hasTag(before, verbs)) return true;
  return reading.parts.slice(named.after).some(part => hasTag(part, verbs));
}

const ownership: ReadonlySet<string> = new Set('of|for|von|fur|fuer|de|d|da|do|del|para|pour'.split('|'));

/** It is the guest's: "Maria's arrival", "the Okafor booking", "arrival time of Maria", "booking HMX4K2". */
export function belongs(reading: Reading, named: NamedGuest, nouns: readonly Tag[]): boolean {
  const thing = reading.parts[named.after];
  // "strange arrivals today" is about several, "Maria's arrivals" and "the Okafor booking" are not.
  if (thing && hasTag(thing, nouns)) return named.owns || reading.tokens[thing.to - 1]?.text.endsWith('s') !== true;
  const before = reading.parts.slice(0, named.at);
  const last = before.at(-1);
  if (named.code && hasTag(last, nouns)) return true;
  const owned = hasTag(last, ['prep']) && ownership.has(reading.tokens[last?.from ?? 0]?.text ?? '');
  return owned && before.some(part => hasTag(part, nouns));
}
