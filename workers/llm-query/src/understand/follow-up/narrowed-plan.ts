import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Asked } from '../asked.ts';
import { hasAny, isCovered } from '../classes/coverage.ts';
import { filterTags, type Moving, stayFilterOf } from '../classes/stay-filter.ts';
import type { Tag } from '../lexicon/lexicon.ts';
import type { Reading } from '../reading.ts';
import type { FollowUp } from './read-follow-up.ts';

type StaysPlan = Extract<Plan, { kind: Moving }>;

/** The same list, less of it: "only the ones with kids", "just those after 22:00", "only the open ones". Pure. */
export function narrowedPlan({ reading }: Asked, last: Plan): FollowUp | undefined {
  if (reading.dates.length > 0 || reading.homes.length > 0) return undefined;
  if (last.kind === 'arrivals' || last.kind === 'departures' || last.kind === 'in_house') {
    return narrowedStays(reading, last);
  }
  if (last.kind === 'tasks') return narrowedTasks(reading, last);
  const isMissed =
    last.kind === 'calls' && reading.tags.has('missed') && asksOnly(reading, ['missed', 'call', 'calls']);
  return isMissed ? { plan: { ...last, filter: 'missed' } } : undefined;
}

function narrowedTasks(reading: Reading, last: Extract<Plan, { kind: 'tasks' }>): FollowUp | undefined {
  const which = (['cleaning', 'maintenance'] as const).find(kind => reading.tags.has(kind));
  const isOpen = reading.tags.has('open');
  if ((!isOpen && !which) || !asksOnly(reading, ['open', 'cleaning', 'maintenance', 'tasks'])) return undefined;
  const form = reading.tags.has('count') ? ('count' as const) : last.form;
  return { plan: { ...last, form, ...(which ? { which } : {}), ...(isOpen ? { state: 'open' } : {}) } };
}

function narrowedStays(reading: Reading, last: StaysPlan): FollowUp | undefined {
  const own: readonly Tag[] = [...filterTags, 'guest', 'arrive', 'arrival', 'depart', 'departure'];
  const filter = stayFilterOf(reading, last.kind);
  if (!filter || Object.keys(filter).length === 0 || !asksOnly(reading, own)) return undefined;
  const form = reading.tags.has('count') ? ('count' as const) : ('list' as const);
  return { plan: { ...last, form, only: { ...last.only, ...filter } } };
}

/** Nothing but the narrowing: whole questions ("late arrivals") stand on their own unless they say "only". */
function asksOnly(reading: Reading, own: readonly Tag[]): boolean {
  const isWhole = hasAny(reading, 'arrive', 'arrival', 'depart', 'departure', 'tasks', 'call', 'calls');
  if (isWhole && !reading.tags.has('only')) return false;
  const around: readonly Tag[] = ['only', 'correction', 'who', 'which', 'count', 'pronoun', 'homes'];
  return isCovered(reading, [...around, ...own], { limits: reading.limits.length });
}
