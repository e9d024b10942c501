import type { Plan } from '@innkeeper/shared/domain/plan';
import { type Asked, onlyWhen } from '../asked.ts';
import type { Tag } from '../lexicon/lexicon.ts';
import { homesOf, type Reading } from '../reading.ts';
import { hasAny, isCovered } from './coverage.ts';
import { type NamedGuest, namedGuest } from './guest-name.ts';
import { isNamedAgain } from './guests.ts';
import { clockOf } from './stay-filter.ts';

/** What guests ask for: to come in earlier, to stay longer. Of one guest by name, or of whoever is in one home. Pure. */

const around: readonly Tag[] = ['can', 'possible', 'guest', 'booking', 'title', 'family', 'which', 'homes', 'still'];

/** "can Maria check in at 12", "early check-in at 1 pm for the Blue Flat tomorrow". An hour has to be said. */
export function readEarlyCheckIn(asked: Asked): Plan | undefined {
  const { reading } = asked;
  const [limit, second] = reading.limits;
  if (limit?.kind !== 'hour' || limit.side !== 'at' || second || !comesIn(reading)) return undefined;
  if (!hasAny(reading, 'can', 'possible', 'early')) return undefined;
  const subject = subjectOf(reading, ['arrive', 'arrival', 'early']);
  const when = subject && onlyWhen(asked, { unit: 'days', lean: 'near' });
  // Nobody asks to come in at 2 in the night.
  return when && { kind: 'early_check_in', ...subject, when, at: clockOf(limit.said, limit.said.hour >= 7) };
}

/** "can Maria check in", "could we check Maria in" */
function comesIn(reading: Reading): boolean {
  if (hasAny(reading, 'arrive', 'arrival')) return true;
  const named = namedGuest(reading);
  const [before, behind] = named ? [reading.parts[named.at - 1], reading.parts[named.after]] : [];
  const isChecked = before?.kind === 'tag' && reading.tokens[before.to - 1]?.text === 'check';
  return isChecked && behind?.kind === 'tag' && behind.tag === 'in';
}

/** "can the Okafors stay another night", "extend Maria by two nights". */
export function readStayLonger(asked: Asked): Plan | undefined {
  const { reading } = asked;
  const [limit, second] = reading.limits;
  if (limit?.kind !== 'nights' || second) return undefined;
  const isAsked = hasAny(reading, 'can', 'possible', 'extend', 'free') || opensWithExtend(reading);
  const subject = isAsked ? subjectOf(reading, ['stay', 'extend', 'free']) : undefined;
  const when = subject && onlyWhen(asked, { unit: 'days', lean: 'near' });
  return when && { kind: 'stay_longer', ...subject, when, nights: limit.count };
}

const extendWords: ReadonlySet<string> = new Set('alargar|extender|prolongar|ampliar|prolonger|estender'.split('|'));
const opensWithExtend = ({ parts, tokens }: Reading): boolean =>
  parts.some(part => part.kind === 'limit' && extendWords.has(tokens[part.from]?.text ?? ''));

/** "can Maria check in at 12", "is 12 possible for Maria"; not "… at 12 in the rain". */
function isAsking({ parts, tokens }: Reading, { at }: NamedGuest): boolean {
  const before = parts.slice(0, at).findLast(part => !(part.kind === 'tag' && part.tag === 'filler'));
  const isFor = before?.kind === 'tag' && forWords.has(tokens[before.to - 1]?.text ?? '');
  return isFor || at < parts.findIndex(part => part.kind === 'limit');
}
const forWords: ReadonlySet<string> = new Set('for|of|fur|fuer|pour|de|para|a|da|do'.split('|'));

type Subject = { name?: string; homes: ReturnType<typeof homesOf> };

/** Who asks; nothing when nobody is named, or more is said than this. */
function subjectOf(reading: Reading, own: readonly Tag[]): Subject | undefined {
  const named = namedGuest(reading);
  const homes = homesOf(reading);
  if (named ? !isAsking(reading, named) : homes.length === 0) return undefined;
  const again: readonly Tag[] = named && isNamedAgain(reading, named) ? ['pronoun'] : [];
  if (!isCovered(reading, [...around, ...again, ...own], { names: named ? 1 : 0, limits: 1 })) return undefined;
  return { ...(named ? { name: named.name } : {}), homes };
}
