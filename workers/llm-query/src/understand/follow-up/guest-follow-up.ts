import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Asked } from '../asked.ts';
import { hasAny, isCovered } from '../classes/coverage.ts';
import { namedGuest } from '../classes/guest-name.ts';
import type { GuestAspect } from '../classes/guests.ts';
import type { Tag } from '../lexicon/lexicon.ts';
import { isContinuation } from './changed-plan.ts';
import type { FollowUp } from './read-follow-up.ts';

type GuestPlan = Extract<Plan, { kind: 'guest' }>;

const aspects: ReadonlyArray<readonly [aspect: GuestAspect, needs: readonly Tag[], also: readonly Tag[]]> = [
  ['nights', ['how_long'], ['stay']],
  ['arrival', ['arrive', 'arrival', 'arrival_time'], ['time']],
  ['departure', ['depart', 'departure', 'departure_time'], ['time']],
  ['party', ['count'], ['guest', 'party', 'with']],
  ['home', ['where'], ['stay']],
  ['status', ['status'], []],
];

/** More about the guest the thread speaks of: "when does she leave?", "how many nights?", "and Mr Costa?". Pure. */
export function aboutTheGuest({ reading }: Asked, last: GuestPlan): FollowUp | undefined {
  if (reading.dates.length > 0 || reading.homes.length > 0) return undefined;
  const pronoun = reading.parts.find(part => part.kind === 'tag' && part.tag === 'pronoun');
  if (pronoun) {
    const start = reading.tokens[pronoun.from]?.start ?? 0;
    const end = reading.tokens[pronoun.to - 1]?.end ?? start;
    const first = reading.parts[0];
    const opening = first && isContinuation(reading) ? (reading.tokens[first.to]?.start ?? 0) : 0;
    return { question: `${reading.question.slice(opening, start)}${last.name}${reading.question.slice(end)}` };
  }
  const other = namedGuest(reading);
  if (other && isContinuation(reading) && isCovered(reading, ['title', 'family'], 1)) {
    return { plan: { ...last, name: other.name } };
  }
  const found = aspects.find(([, needs, also]) => hasAny(reading, ...needs) && isCovered(reading, [...needs, ...also]));
  return found && { plan: { ...last, aspect: found[0] } };
}
