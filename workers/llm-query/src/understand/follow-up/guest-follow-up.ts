import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Asked } from '../asked.ts';
import { hasAny, isCovered } from '../classes/coverage.ts';
import { namedGuest } from '../classes/guest-name.ts';
import type { GuestAspect } from '../classes/guests.ts';
import type { Tag } from '../lexicon/lexicon.ts';
import type { Part, Reading } from '../reading.ts';
import { isContinuation } from './changed-plan.ts';
import type { FollowUp } from './read-follow-up.ts';

const aspects: ReadonlyArray<readonly [aspect: GuestAspect, needs: readonly Tag[], also: readonly Tag[]]> = [
  ['nights', ['how_long'], ['stay']],
  ['arrival', ['arrive', 'arrival', 'arrival_time'], ['time']],
  ['departure', ['depart', 'departure', 'departure_time'], ['time']],
  ['party', ['count'], ['guest', 'party', 'with']],
  ['home', ['where'], ['stay']],
  ['home', ['homes'], ['which', 'stay']],
  ['status', ['status'], []],
];

/** The one guest a thread speaks of. */
function guestOf(last: Plan): string | undefined {
  if (last.kind === 'guest' || last.kind === 'early_check_in' || last.kind === 'stay_longer') return last.name;
  if (last.kind === 'not_shown') return last.name;
  return last.kind === 'calls' ? last.with : undefined;
}

const owned: readonly Tag[] = [
  'homes',
  'booking',
  'party',
  'arrival',
  'arrival_time',
  'departure',
  'departure_time',
  'status',
  'stay',
  'calls',
];

/** "is her flat ready", "their booking" */
function ownersIn({ parts, tokens }: Reading, pronoun: Part): boolean {
  const next = parts.find(({ from }) => from === pronoun.to);
  const isOwned = next?.kind === 'tag' && (owned.includes(next.tag) || next.tag.startsWith('private:'));
  return isOwned && /^(?:his|her|their)$/u.test(tokens[pronoun.from]?.text ?? '');
}

/** More about the guest the thread speaks of: "when does she leave?", "how many nights?", "and Mr Costa?". Pure. */
export function aboutTheGuest({ reading }: Asked, last: Plan): FollowUp | undefined {
  const name = guestOf(last);
  if (name === undefined || reading.homes.length > 0) return undefined;
  const pronoun = reading.parts.find(part => part.kind === 'tag' && part.tag === 'pronoun');
  if (pronoun) {
    const start = reading.tokens[pronoun.from]?.start ?? 0;
    const end = reading.tokens[pronoun.to - 1]?.end ?? start;
    const first = reading.parts[0];
    const opening = first && isContinuation(reading) ? (reading.tokens[first.to]?.start ?? 0) : 0;
    const owner = ownersIn(reading, pronoun) ? `${name}'s` : name;
    return { question: `${reading.question.slice(opening, start)}${owner}${reading.question.slice(end)}` };
  }
  if (reading.dates.length > 0) return undefined;
  const other = namedGuest(reading);
  if (other && isContinuation(reading) && isCovered(reading, ['title', 'family', 'correction'], { names: 1 })) {
    return { plan: last.kind === 'calls' ? { ...last, with: other.name } : ({ ...last, name: other.name } as Plan) };
  }
  const detail = [...reading.tags].find(tag => tag.startsWith('private:'));
  if (detail !== undefined && isCovered(reading, [detail, 'which', 'can'])) {
    return { question: `${reading.question.replace(/[\s?.!]+$/u, '')} of ${name}` };
  }
  if (last.kind !== 'guest') return undefined;
  const found = aspects.find(([, needs, also]) => hasAny(reading, ...needs) && isCovered(reading, [...needs, ...also]));
  return found && { plan: { ...last, aspect: found[0] } };
}
